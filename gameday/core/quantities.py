"""Quantities as types for the models of files: text in, numbers inside, canonical text out.

Owns the pydantic side of `gameday.core.units`: messages in plain words and the JSON Schema that an editor completes
from. What is read is what files hold, never the number inside: `Duration` reads `30s`, not 30000000.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, LiteralString, TypeVar

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from gameday.core.text import clean, clean_line
from gameday.core.units import (
    duration_of,
    format_duration,
    format_rate,
    is_bare_number,
    parse_rate,
    parse_ratio,
    refuse_negative,
)

NAME_LENGTH = 40
LINE_LENGTH = 200
TEXT_LENGTH = 20_000

_Q = TypeVar("_Q")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def _refused(code: LiteralString, message: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{words}", {"words": message})


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys and values"
    return "a list" if isinstance(value, list | tuple) else clean_line(str(value).lower(), 60)


def _quantity(value: object, parse: Callable[[str], _Q], what: str) -> _Q:
    """`parse` of a scalar as written. A number without its unit has a code of its own."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _refused("wrong-type", f"expected {what}, found {_found(value)}")
    text = value if isinstance(value, str) else format(value, "")
    try:
        refuse_negative(text.strip())
        return parse(text)
    except ValueError as error:
        has_no_unit = is_bare_number(text) and "unit" in str(error)
        raise _refused("missing-unit" if has_no_unit else "bad-value", str(error)) from None


def _duration(value: object) -> int:
    return _quantity(value, duration_of, "a duration such as 250ms, 30s or 5m")


def _rate(value: object) -> float:
    return _quantity(value, parse_rate, "a rate such as 800/s, 100rps or 6000/min")


def _ratio(value: object) -> float:
    if isinstance(value, float) and 0.0 <= value <= 1.0:
        return value  # exactly, also where repr has an exponent
    return _quantity(value, parse_ratio, "a ratio such as 99.9% or 0.25")


def _text(value: object, limit: int, what: str) -> str:
    if isinstance(value, str):
        if len(value) > limit:
            raise _refused("bad-value", f"{what} has {limit:,} characters at most, found {len(value):,}")
        return clean(value, 12 * limit)
    quotes = "; put it in quotes" if isinstance(value, bool | int | float) else ""
    raise _refused("wrong-type", f"expected text, found {_found(value)}{quotes}")


def _name(value: object) -> str:
    name = _text(value, NAME_LENGTH, "a name")
    if _NAME.fullmatch(name) is None:
        rule = "a name is made of a-z, 0-9 and -, and begins with a letter"
        raise _refused("bad-name", f'"{clean_line(name, 60)}": {rule}')
    return name


def _line(value: object) -> str:
    line = _text(value, LINE_LENGTH, "a line of text")
    if "\n" in line:
        raise _refused("bad-value", "one line of text is expected, found several")
    return line


Duration = Annotated[
    int,
    PlainValidator(_duration),
    PlainSerializer(format_duration, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^([0-9]+(\.[0-9]+)?(us|ms|s|m|h|d))+$",
            "minimum": 0,
            "maximum": 0,
            "examples": ["250ms", "30s", "5m", "1h30m"],
            "description": "a duration; only 0 needs no unit",
        }
    ),
]
"""Microseconds inside; `30s` in files."""

Rate = Annotated[
    float,
    PlainValidator(_rate),
    PlainSerializer(format_rate, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[0-9]+(\.[0-9]+)?\s*(rps|/\s*(s|min|m|h))$",
            "examples": ["800/s", "100rps", "6000/min"],
            "description": "requests over time",
        }
    ),
]
"""Requests a second inside; `800/s` in files."""

Ratio = Annotated[
    float,
    PlainValidator(_ratio),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^[0-9]+(\.[0-9]+)?\s*%$",
            "minimum": 0,
            "maximum": 1,
            "examples": ["99.9%", 0.25],
            "description": "a share: a percentage, or a decimal up to 1",
        }
    ),
]
"""A share between 0 and 1 inside, and when dumped; `99.9%` or a decimal in files."""

Amount = Annotated[
    float,
    BeforeValidator(lambda value: _ratio(value) if isinstance(value, str) and value.strip().endswith("%") else value),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^[0-9]+(\.[0-9]+)?\s*%$",
            "exclusiveMinimum": 0,
            "maximum": 1_000_000,
            "examples": ["50%", 20],
            "description": "a share, or a number",
        }
    ),
]
"""A share or a number inside, and when dumped; a share may be written `50%` in files."""

Name = Annotated[
    str,
    PlainValidator(_name),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[a-z][a-z0-9-]*$",
            "maxLength": NAME_LENGTH,
            "examples": ["sessions-db"],
            "description": "a lower-case name",
        }
    ),
]
"""A lower-case name such as `sessions-db`."""

Line = Annotated[
    str,
    PlainValidator(_line),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[^\n]*$", "maxLength": LINE_LENGTH, "description": "a line of text"}
    ),
]
"""One line of text, with unsafe characters made visible."""

Text = Annotated[
    str,
    PlainValidator(lambda value: _text(value, TEXT_LENGTH, "a text")),
    WithJsonSchema({"type": "string", "maxLength": TEXT_LENGTH, "description": "text"}),
]
"""Text of any number of lines, with unsafe characters made visible."""
