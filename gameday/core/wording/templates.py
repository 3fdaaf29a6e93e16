"""Messages to start from: built-in public updates, and how placeholders are filled."""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.units import MICRO, format_duration

BUILT_IN: Mapping[str, str] = {
    "first": "We are investigating: some customers have trouble with {entries}. Next update in {next}.",
    "update": "Some customers still have trouble with {entries}. We are working on it. Next update in {next}.",
    "cause-known": "We have found what is behind the trouble with {entries} and are acting on it; some requests still "
    "fail. Next update in {next}.",
    "recovering": "We see {entries} getting better; some requests still fail while it settles. Next update in {next}.",
    "resolved": "Back to normal for all customers: {entries}. We keep watching; this is the last update.",
}
"""Name -> text, in the order of an incident; a playbook's own template of the same name comes first."""

PLACEHOLDERS: Mapping[str, str] = {
    "entries": "what does not meet its objective, as customers call it",
    "severity": "the severity that was declared",
    "next": "how long until the next update falls due",
}
NOTHING = "parts of our service"
"""Stands for the entries where none can be seen to miss its objective."""


def fill(template: str, *, entries: tuple[str, ...], severity: str | None, every: int) -> str:
    """A template with its placeholders filled; other braces stay. `every` in microseconds."""
    said = {
        "entries": _listed(entries) or NOTHING,
        "severity": severity or "an incident",
        "next": spoken(every),
    }
    for name, value in said.items():
        template = template.replace("{" + name + "}", value)
    return template[:1].upper() + template[1:]


def spoken(micros: int) -> str:
    """A duration as one would say it: 8 minutes."""
    minutes, rest = divmod(micros, 60 * MICRO)
    if rest or not minutes:
        return format_duration(micros)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _listed(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
