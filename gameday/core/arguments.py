"""What a command's argument must be as a value, whichever scenario it is given in: shares, durations, counts, texts.

Whether a name in it exists is checked where names are known (`gameday.scenario.checks`, `gameday.session.rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from gameday.core.kinds.effects import PARAMETERS, Effect, TargetKind
from gameday.core.text import did_you_mean
from gameday.core.units import duration_of, parse_duration, parse_rate, parse_ratio
from gameday.core.verbs import Parameter

OFF = "off"
"""Instead of a rate: no limit. Instead of the duration of a silence: it ends."""

REVERT = "revert"
"""Instead of a setting: the newest change of configuration goes."""

SETTINGS: Mapping[str, str] = {
    name: kind.summary for name, kind in PARAMETERS.items() if kind.combine == "latest" and name != "replicas"
}
"""What `config` can change: the parameters that somebody has set to a value. The number of replicas has `scale`."""

_LIMITS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("scale", "replicas"): (1, 10_000),
    ("retries", "count"): (0, 100),
    ("pool", "size"): (1, 1_000_000),
}
"""The least and the most of a count, by verb and parameter."""

_TARGET_KEYS: Mapping[TargetKind, str] = {"service": "service", "edge": "edge", "entry": "on"}


def value_problem(verb: str, parameter: Parameter, value: str) -> str | None:
    """Why `value` cannot be the argument, in plain words; None where it can."""
    match parameter.kind:
        case "share":
            reason = _complaint(parse_ratio, value)
            if reason is None and parameter.name == "canary" and parse_ratio(value) == 0.0:
                return "a canary of 0% is no canary"
            return reason
        case "duration-or-off" if value.lower() == OFF:
            return None
        case "duration" | "duration-or-off":
            reason = _complaint(duration_of, value)
            return reason or (f"{parameter.name} must be longer than 0s" if parse_duration(value) <= 0 else None)
        case "rate":
            if value.lower() == OFF:
                return None
            reason = _complaint(parse_rate, value)
            return reason or (f"{parameter.name} must be more than 0/s; off ends it" if not parse_rate(value) else None)
        case "count":
            return _count_problem(value, *_LIMITS.get((verb, parameter.name), (1, 10_000)))
        case "setting":
            return _setting_problem(value)
        case "text" | "version" | "value":
            return None if value.strip() else f"{verb} needs a {parameter.name} that says something"
        case _:
            return None


def setting_effect(kind: TargetKind, target: str, setting: str, value: str) -> Effect:
    """The effect of setting a parameter of a target to a value as people write it. Raises ValueError in plain words."""
    number: str | int = int(value) if value.isascii() and value.isdigit() and len(value) < 12 else value
    try:
        return Effect.model_validate({_TARGET_KEYS[kind]: target, setting: number})
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


def setting_problem(setting: str, value: str) -> str | None:
    """Why the setting cannot have this value; None where it can."""
    try:
        # The name of the target is checked elsewhere; any will do for the value.
        setting_effect(PARAMETERS[setting].target, "x", setting, value)
    except ValueError as error:
        return f"{setting}: {error}"
    return None


def _setting_problem(value: str) -> str | None:
    if value == REVERT or value in SETTINGS:
        return None
    if value in PARAMETERS:
        return f"{value} is not a setting: nobody can decide it"
    hint = did_you_mean(value, [*SETTINGS, REVERT]) or f"; settings are {', '.join(SETTINGS)}; {REVERT} takes one back"
    return f'"{value}" is no setting{hint}'


def _count_problem(value: str, least: int, most: int) -> str | None:
    if value.isascii() and value.isdigit() and len(value) < 9 and least <= int(value) <= most:
        return None
    return f'"{value}" is not a whole number from {least} to {most}'


def _complaint(parse: Callable[[str], float], value: str) -> str | None:
    try:
        parse(value)
    except ValueError as error:
        return str(error)
    return None
