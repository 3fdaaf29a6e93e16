"""A public update as the rules read it, all findings at once."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.wording.eta import promises_eta
from gameday.core.wording.impact import called, states_impact
from gameday.core.wording.names import Words
from gameday.core.wording.next_update import names_next_update, next_update_in
from gameday.core.wording.recovery import says_recovered
from gameday.core.wording.tone import blame_words, severity_words


@dataclass(frozen=True, slots=True)
class UpdateReading:
    """What an update says. `next_update_in` in microseconds; `hurts` and `works` are names of the system."""

    states_impact: bool
    names_next_update: bool
    next_update_in: int | None
    promises_eta: bool
    says_recovered: bool
    hurts: tuple[str, ...]
    works: tuple[str, ...]
    severity: tuple[str, ...]
    blame: tuple[str, ...]


def read_update(text: str, words: Words) -> UpdateReading:
    """Reads an update; `words` are the system's entries and services with other ways to call them."""
    hurts, works = called(text, words)
    return UpdateReading(
        states_impact=states_impact(text, words),
        names_next_update=names_next_update(text),
        next_update_in=next_update_in(text),
        promises_eta=promises_eta(text),
        says_recovered=says_recovered(text),
        hurts=hurts,
        works=works,
        severity=severity_words(text),
        blame=blame_words(text),
    )
