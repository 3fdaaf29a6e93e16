"""What people are called in a review: by what they were, never by name. Everybody alike, played or simulated.

Owns the labels and where they stand. A label is the role that somebody held at the time, else their title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from gameday.core.events import IncidentDeclared, PersonLeft, RoleAssigned
from gameday.scenario.models import Scenario
from gameday.scoring.command.told import COMMANDER
from gameday.session.record import SessionRecord

_Change = IncidentDeclared | RoleAssigned | PersonLeft


def standing(scenario: Scenario) -> dict[str, str]:
    """Name -> title, else what team they are of; those who share one are numbered."""
    labels: dict[str, str] = {}
    shared: dict[str, int] = {}
    for name, person in scenario.people.items():
        label = person.title or f"{person.team} responder"
        shared[label] = shared.get(label, 0) + 1
        labels[name] = label if shared[label] == 1 else f"{label} {shared[label]}"
    return labels


def renamed(text: str, labels: Mapping[str, str]) -> str:
    """The text with labels in place of names; whoever is called by name at its beginning is just told."""
    if not labels:
        return text
    names = "|".join(re.escape(name) for name in sorted(labels, key=len, reverse=True))
    text = re.sub(rf"(^|: )(?:{names}), (\w)", lambda found: found[1] + found[2].upper(), text)
    return re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", lambda found: labels[found[0]], text)


@dataclass(frozen=True)
class Names:
    """The labels of a session."""

    record: SessionRecord

    def ever(self, text: str) -> str:
        """By title, for what is told of the whole session."""
        return renamed(text, self._standing)

    def at(self, text: str, at: int) -> str:
        """By the roles that were held just before an instant (microseconds), else by title."""
        changes = takewhile(lambda event: event.at < at, self._changes)
        held = _roles_after(changes, self._from_the_start())
        return renamed(text, {**self._standing, **{person: _spoken(role) for role, person in held.items()}})

    @cached_property
    def _standing(self) -> dict[str, str]:
        scenario = self.record.exercise.scenario
        return {**dict.fromkeys(self.record.players, "responder"), **standing(scenario)}

    @cached_property
    def _changes(self) -> tuple[_Change, ...]:
        return tuple(event for event in self.record.events if isinstance(event, _Change))

    def _from_the_start(self) -> dict[str, str]:
        seats = self.record.exercise.scenario.seats
        return {seat.role: seat.person for seat in seats if seat.role == COMMANDER}


def _roles_after(changes: Iterable[_Change], held: dict[str, str]) -> dict[str, str]:
    """Role -> person after some changes; command comes last, so that it is what somebody with two roles is called."""
    for event in changes:
        if isinstance(event, IncidentDeclared):
            held[COMMANDER] = event.by
        elif isinstance(event, RoleAssigned):
            held[event.role] = event.person
        else:
            held = {role: person for role, person in held.items() if person != event.person}
    return dict(sorted(held.items(), key=lambda one: one[0] == COMMANDER))


def _spoken(role: str) -> str:
    return role.replace("-", " ")
