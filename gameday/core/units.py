"""Quantities as people write them, and the integer microseconds in which everything is simulated.

Owns durations, rates, ratios and their text forms. Does not own positions in files (`gameday.scenario.source`).
"""

from __future__ import annotations

import re

MICRO = 1_000_000
"""Microseconds in a second; the unit of all simulated time."""

_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)(us|ms|s|m|h|d)")
_UNITS = {"us": 1, "ms": 1_000, "s": MICRO, "m": 60 * MICRO, "h": 3600 * MICRO, "d": 86_400 * MICRO}
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:(rps)|/\s*(s|min|m|h))")
_RATE_SECONDS = {"s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0}
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def parse_duration(text: str) -> int:
    """Microseconds of `250ms`, `30s`, `5m`, `1h30m`. Raises ValueError; a bare number is an error that says so."""
    raw = text.strip()
    if _DECIMAL.fullmatch(raw) and raw != "0":
        raise ValueError(f'"{raw}" has no unit; write {raw}s or {raw}ms')
    if raw == "0":
        return 0
    total, end = 0.0, 0
    for part in _DURATION_PART.finditer(raw):
        if part.start() != end:
            break
        total += float(part[1]) * _UNITS[part[2]]
        end = part.end()
    if end != len(raw) or end == 0:
        raise ValueError(f'"{raw}" is not a duration; write for example 250ms, 30s, 5m or 1h30m')
    return round(total)


def parse_rate(text: str) -> float:
    """Requests a second of `800/s`, `100rps`, `6000/min`. Raises ValueError."""
    raw = text.strip()
    match = _RATE.fullmatch(raw)
    if match is None:
        if _DECIMAL.fullmatch(raw):
            raise ValueError(f'"{raw}" has no unit; write {raw}/s')
        raise ValueError(f'"{raw}" is not a rate; write for example 800/s, 100rps or 6000/min')
    return float(match[1]) / (1.0 if match[2] else _RATE_SECONDS[match[3]])


def parse_ratio(text: str) -> float:
    """A share between 0 and 1 of `99.9%` or `0.25`. Raises ValueError."""
    raw = text.strip()
    if match := _PERCENT.fullmatch(raw):
        value = float(match[1]) / 100.0
    elif _DECIMAL.fullmatch(raw):
        value = float(raw)
        if value > 1.0:
            raise ValueError(f'"{raw}" is above 1; write {raw}% for a percentage')
    else:
        raise ValueError(f'"{raw}" is not a ratio; write for example 99.9% or 0.25')
    if value > 1.0:
        raise ValueError(f'"{raw}" is above 100%')
    return value


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


def to_micros(seconds: float) -> int:
    """Seconds to the nearest microsecond."""
    return round(seconds * MICRO)


def round4(value: float) -> float:
    """Four significant digits: what observations are rounded to, live and recorded alike."""
    return float(f"{value:.4g}")
