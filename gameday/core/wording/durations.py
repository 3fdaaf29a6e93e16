"""Durations as people write them: 5m, ten minutes, half an hour, 10-15 min, every hour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gameday.core.units import MAX_DURATION, MICRO

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90, "a couple of": 2, "couple of": 2, "a few": 5, "few": 5, "several": 5,
}  # fmt: skip
_UNITS = {"s": MICRO, "m": 60 * MICRO, "h": 3600 * MICRO, "d": 86_400 * MICRO}
_WORDS = "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(_NUMBERS, key=lambda word: (-len(word), word)))
_NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,3}})?|(?:{_WORDS})\b)"
_UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?)(?![a-z])"
DURATION = (
    rf"(?:\b(?:half an hour|half hour|quarter of an hour|(?<!top of )the hour|hourly|minutely)\b|"
    rf"\b{_NUMBER}(?: ?(?:-|–|to|or) ?{_NUMBER})? ?-?(?:more |further )?{_UNIT}(?: ?\d{{1,3}} ?{_UNIT})?|"
    r"(?<=every )(?:minute|hour)\b)"
)
"""The source of a pattern that matches one duration."""

_DURATION = re.compile(DURATION, re.IGNORECASE)
_FIXED = {
    "half an hour": 30 * _UNITS["m"],
    "half hour": 30 * _UNITS["m"],
    "quarter of an hour": 15 * _UNITS["m"],
    "the hour": _UNITS["h"],
    "hour": _UNITS["h"],
    "hourly": _UNITS["h"],
    "minute": _UNITS["m"],
    "minutely": _UNITS["m"],
}
_PART = re.compile(
    rf"(?P<n>{_NUMBER})(?: ?(?:-|–|to|or) ?(?P<to>{_NUMBER}))? ?-?(?:more |further )?(?P<u>{_UNIT})", re.I
)


@dataclass(frozen=True, slots=True)
class Span:
    """A duration in a text: where it stands, and how long it is in microseconds (of a range, the longer end)."""

    start: int
    end: int
    length: int


def durations(text: str) -> Iterator[Span]:
    """The durations in a text, in their order."""
    for match in _DURATION.finditer(text):
        yield Span(match.start(), match.end(), min(_length(match[0].lower()), MAX_DURATION))


def _length(text: str) -> int:
    if text in _FIXED:
        return _FIXED[text]
    length = 0
    for part in _PART.finditer(text):
        length += round(_number(part["to"] or part["n"]) * _UNITS[part["u"][0].lower()])
    return length


def _number(word: str) -> float:
    return float(_NUMBERS[word]) if word in _NUMBERS else float(word)
