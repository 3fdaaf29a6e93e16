"""What a command's argument must be as a value, whichever scenario it is given in: shares, durations, counts, texts.

Whether a name in it exists is checked where names are known (`gameday.scenario.checks`, `gameday.session.rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameday.core.units import parse_duration, parse_ratio
from gameday.core.verbs import Parameter

_LIMITS: Mapping[str, tuple[int, int]] = {"scale": (1, 10_000), "retries": (0, 100)}
"""The least and the most of a count, by verb."""


def value_problem(verb: str, parameter: Parameter, value: str) -> str | None:
    """Why `value` cannot be the argument, in plain words; None where it can."""
    match parameter.kind:
        case "share":
            return _complaint(parse_ratio, value)
        case "duration":
            reason = _complaint(parse_duration, value)
            return reason or (f"{parameter.name} must be longer than 0s" if parse_duration(value) <= 0 else None)
        case "count":
            least, most = _LIMITS.get(verb, (1, 10_000))
            if value.isascii() and value.isdigit() and len(value) < 9 and least <= int(value) <= most:
                return None
            return f'"{value}" is not a whole number from {least} to {most}'
        case "text":
            return None if value.strip() else f"{verb} needs a {parameter.name} that says something"
        case _:
            return None


def _complaint(parse: Callable[[str], float], value: str) -> str | None:
    try:
        parse(value)
    except ValueError as error:
        return str(error)
    return None
