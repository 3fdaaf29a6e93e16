"""Dates, times of day and time zones as types for the models of files: text in, the same text in one form out.

Owns how they are written. Does not own what follows from them (`gameday.scenario.schedules`).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from gameday.core.text import clean_line

_INSTANT = re.compile(r"(?:19[7-9]|20\d|21\d)\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?", re.ASCII)


def _shown(value: object) -> str:
    return f'"{clean_line(str(value), 60)}"'


def _instant(value: object) -> str:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    words = f"{_shown(value)} is not a date with a time; write for example 2026-03-14T02:10"
    raise PydanticCustomError("bad-value", "{words}", {"words": words})


def _time_of_day(value: object) -> str:
    if isinstance(value, str) and TIME_OF_DAY.fullmatch(value):
        return value
    words = f"{_shown(value)} is not a time of day; write for example 09:00"
    raise PydanticCustomError("bad-value", "{words}", {"words": words})


def _time_zone(value: object) -> str:
    if value == "UTC":
        return "UTC"
    if isinstance(value, str) and len(value) <= 60:
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError):
            pass
        else:
            return value
    words = f"{_shown(value)} is not a time zone that this computer knows; write for example Europe/Berlin or UTC"
    raise PydanticCustomError("bad-value", "{words}", {"words": words})


Instant = Annotated[
    str,
    PlainValidator(_instant),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$",
            "examples": ["2026-03-14T02:10", "2026-03-14T02:10:00+01:00"],
            "description": "a date with a time",
        }
    ),
]
"""A date with a time, as `2026-03-14T02:10`. Without an offset it is local: UTC, or the time zone of its schedule."""

TimeOfDay = Annotated[
    str,
    PlainValidator(_time_of_day),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$",
            "examples": ["09:00"],
            "description": "a time of day",
        }
    ),
]
"""A local time of day, as `09:00` or `09:00:00`."""

TimeZone = Annotated[
    str,
    PlainValidator(_time_zone),
    WithJsonSchema(
        {"type": "string", "examples": ["Europe/Berlin", "UTC"], "description": "a time zone by its IANA name"}
    ),
]
"""A time zone by its name in the IANA database, as this computer has it."""
