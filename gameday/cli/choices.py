"""What a player in lines can sensibly do next, as numbered choices; and the state of things in a few lines.

Owns no rules: a choice is a command that the session judges like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from gameday.core.signals import EntryReading, Observation
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import VERBS
from gameday.session.rules import HOT_WASH


def choices(observation: Observation) -> list[str]:
    """Commands that fit the moment, the most pressing first; then ways to look, to get help and to let time pass."""
    found = [f"ack {page.ref}" for page in observation.pages if page.state == "triggered"]
    if observation.pages and observation.incident.declared_at is None:
        found.append("declare SEV-2")
    current = next((step for step in observation.steps if step.state == "current"), None)
    if current is not None and observation.pages:
        found += current.command.split("\n") if current.command else []
        found.append("step done")
    if any(action.state == "pending" for action in observation.actions):
        found.append("approve")
    found += ["changes", "deps", "hint", "now", "wait 30s"]
    return _without_doubles(found)


def last_words() -> list[str]:
    """What may still be said when time is over, as it is written."""
    return [VERBS[verb].usage for verb in HOT_WASH]


def _without_doubles(found: list[str]) -> list[str]:
    """Each choice once; a plain `ack` or `approve` only where none is offered that says what."""
    lines = dict.fromkeys(found)
    said = {line.split(" ", 1)[0] for line in lines if " " in line}
    return [line for line in lines if line not in ("ack", "approve") or line not in said]


def overview(observation: Observation) -> Iterator[str]:
    """The time, every entry, what is open and the current step."""
    yield format_clock(observation.second * MICRO)
    for name, entry in observation.entries.items():
        yield f"{name}: {_reading(entry)}"
    for page in observation.pages:
        if page.state != "resolved":
            yield clean_line(f"page {page.ref} {page.state}: {page.summary}")
    for action in observation.actions:
        ends = "" if action.ends_at is None else f", done at {format_clock(action.ends_at * MICRO)}"
        yield clean_line(f"{action.ref} {action.text}: {action.state}{ends}")
    for step in observation.steps:
        if step.state == "current":
            yield clean_line(f"step {step.ref}: {step.text}")


def _reading(entry: EntryReading) -> str:
    bad = "no answers yet" if entry.bad is None else f"{entry.bad:.1%} bad"
    slow = "" if entry.p95 is None else f", 95 % within {entry.p95:.3g} s"
    return f"{entry.rate:.0f}/s, {bad}{slow}"
