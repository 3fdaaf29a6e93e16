"""Quantities as people write them, and the integer microseconds in which everything is simulated.

Owns durations, rates, ratios and their text forms. Does not own positions in files (`gameday.scenario.source`).
"""

from __future__ import annotations

import re
from decimal import Decimal

from gameday.core.text import clean_line

MICRO = 1_000_000
"""Microseconds in a second; the unit of all simulated time."""
MAX_DURATION = 366 * 86_400 * MICRO
"""The longest duration that is read: a leap year, in microseconds."""
MAX_RATE = 1e9
"""The highest rate that is read, requests a second."""

_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(us|ms|s|m|h|d)")
_UNITS = {"us": 1, "ms": 1_000, "s": MICRO, "m": 60 * MICRO, "h": 3600 * MICRO, "d": 86_400 * MICRO}
_COUNTED = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-zµ]+)")
_ELSEWISE = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), (1, "s")),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), (1, "m")),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), (1, "h")),
    **dict.fromkeys(("day", "days"), (1, "d")),
    **dict.fromkeys(("w", "wk", "week", "weeks"), (168, "h")),
    **dict.fromkeys(("msec", "msecs", "millisecond", "milliseconds"), (1, "ms")),
    **dict.fromkeys(("usec", "usecs", "microsecond", "microseconds", "µs"), (1, "us")),
    **{unit: (1, unit) for unit in ("us", "ms", "s", "m", "h", "d")},
}
"""Units as people write them elsewhere -> so many of ours."""
_RATE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:(rps)|/\s*(s|min|m|h))")
_RATE_SECONDS = {"s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0}
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_LONGEST_TEXT = 60


def _quoted(raw: str) -> str:
    return f'"{clean_line(raw, _LONGEST_TEXT)}"'


def is_bare_number(text: str) -> bool:
    """Whether `text` is a number and nothing else, so that only its unit is missing."""
    return _DECIMAL.fullmatch(text.strip()) is not None


def parse_duration(text: str) -> int:
    """Microseconds of `250ms`, `30s`, `5m`, `1h30m`. Raises ValueError; a bare number is an error that says so."""
    raw = text.strip()
    if raw == "0":
        return 0
    if _DECIMAL.fullmatch(raw):
        shown = clean_line(raw, 20)
        raise ValueError(f"{_quoted(raw)} has no unit; write {shown}s or {shown}ms")
    total, end = Decimal(0), 0
    for part in _DURATION_PART.finditer(raw[: _LONGEST_TEXT + 1]):
        if part.start() != end:
            break
        total += Decimal(part[1]) * _UNITS[part[2]]
        end = part.end()
    if end != len(raw) or end == 0:
        raise ValueError(f"{_quoted(raw)} is not a duration; write for example 250ms, 30s, 5m or 1h30m")
    if total > MAX_DURATION:
        raise ValueError(f"{_quoted(raw)} is longer than a year")
    return round(total)


def duration_of(text: str) -> int:
    """`parse_duration`, which also says how a duration in another spelling is written here. Raises ValueError."""
    raw = text.strip()
    refuse_negative(raw)
    try:
        return parse_duration(raw)
    except ValueError:
        better = respelled(raw)
        if not better:
            raise
        parse_duration(better)
        raise ValueError(f'"{clean_line(raw, 60)}" is not a duration; write {better}') from None


def respelled(text: str) -> str:
    """How a duration in another spelling is written here: `3m` for `3 min`; empty for what is in none."""
    raw = text.strip()[:60].lower()
    match = _COUNTED.fullmatch(raw)
    times, unit = _ELSEWISE.get(match[2], (0, "")) if match is not None else (0, "")
    better = f"{format((Decimal(match[1]) * times).normalize(), 'f')}{unit}" if match and times else ""
    return "" if better == text.strip() else better


def refuse_negative(raw: str) -> None:
    """Raises ValueError for a number below zero."""
    if raw.startswith("-") and is_bare_number(raw[1:2]):
        raise ValueError(f'"{clean_line(raw, 60)}" must not be negative')


def parse_rate(text: str) -> float:
    """Requests a second of `800/s`, `100rps`, `6000/min`. Raises ValueError."""
    raw = text.strip()
    match = _RATE.fullmatch(raw)
    if match is None:
        if _DECIMAL.fullmatch(raw):
            raise ValueError(f"{_quoted(raw)} has no unit; write {clean_line(raw, 20)}/s")
        raise ValueError(f"{_quoted(raw)} is not a rate; write for example 800/s, 100rps or 6000/min")
    rate = float(match[1]) / (1.0 if match[2] else _RATE_SECONDS[match[3]])
    if rate > MAX_RATE:
        raise ValueError(f"{_quoted(raw)} is more than {MAX_RATE:,.0f} requests a second")
    return rate


def parse_ratio(text: str) -> float:
    """A share between 0 and 1 of `99.9%` or `0.25`. Raises ValueError."""
    raw = text.strip()
    if match := _PERCENT.fullmatch(raw):
        value = float(match[1]) / 100.0
    elif _DECIMAL.fullmatch(raw):
        value = float(raw)
        if value > 1.0:
            raise ValueError(f"{_quoted(raw)} is above 1; write {clean_line(raw, 20)}% for a percentage")
    else:
        raise ValueError(f"{_quoted(raw)} is not a ratio; write for example 99.9% or 0.25")
    if value > 1.0:
        raise ValueError(f"{_quoted(raw)} is above 100%")
    return value


def format_rate(per_second: float) -> str:
    """The text that `parse_rate` reads back as the same number: 800.0 -> `800/s`, never with an exponent."""
    digits = format(Decimal(repr(float(per_second))), "f")
    return f"{digits.removesuffix('.0')}/s"


def format_duration(micros: int) -> str:
    """The shortest text that `parse_duration` reads back as the same number: 90s -> `1m30s`, 250000 -> `250ms`."""
    if micros == 0:
        return "0s"
    if micros < 0:
        return "-" + format_duration(-micros)
    parts, rest = [], micros
    for unit in ("h", "m", "s", "ms", "us"):
        count, rest = divmod(rest, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts)


def format_clock(micros: int | None) -> str:
    """Minutes and seconds for screens: `07:42`, `1:02:03`, `-00:10`; `∞` for what never happened."""
    if micros is None:
        return "∞"
    seconds = abs(micros) // MICRO
    sign = "-" if micros < 0 and seconds else ""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}" if hours else f"{sign}{minutes:02}:{seconds:02}"


def round4(value: float) -> float:
    """Four significant digits: what observations are rounded to, live and recorded alike."""
    return float(f"{value:.4g}") if value else 0.0
