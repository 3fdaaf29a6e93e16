"""Quantities as types for the models of files: text in, numbers inside, canonical text out.

Owns the pydantic side of `gameday.core.units`: validation in plain words and the JSON Schema an editor completes from.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from gameday.core.text import clean
from gameday.core.units import format_duration, parse_duration, parse_rate, parse_ratio


def _duration(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("a duration is text such as 250ms, 30s or 5m")
    return parse_duration(str(value))


def _rate(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("a rate is text such as 800/s or 6000/min")
    return parse_rate(str(value))


def _ratio(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("a ratio is text such as 99.9% or a decimal up to 1")
    return parse_ratio(str(value))


def _rate_text(value: float) -> str:
    return f"{value:.15g}/s" if "e" not in f"{value:.15g}" else f"{value:.9f}/s"


Duration = Annotated[
    int,
    BeforeValidator(_duration),
    PlainSerializer(format_duration, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["250ms", "30s", "5m", "1h30m"], "description": "a duration"}),
]
"""Microseconds inside; `30s` in files."""

Rate = Annotated[
    float,
    BeforeValidator(_rate),
    PlainSerializer(_rate_text, return_type=str, when_used="json"),
    WithJsonSchema(
        {"type": "string", "examples": ["800/s", "100rps", "6000/min"], "description": "requests over time"}
    ),
]
"""Requests a second inside; `800/s` in files."""

Ratio = Annotated[
    float,
    BeforeValidator(_ratio),
    WithJsonSchema({"type": ["string", "number"], "examples": ["99.9%", 0.25], "description": "a share, 0 to 1"}),
]
"""A share between 0 and 1 inside; `99.9%` or a decimal in files."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
"""A lower-case name such as `sessions-db`."""

Text = Annotated[str, AfterValidator(lambda value: clean(value, 20_000))]
"""Any text, with unsafe characters made visible."""
