"""Messages to start from: the built-in templates and those of the playbooks, filled from what can be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameday.core.signals import IncidentView, Signals
from gameday.core.units import MICRO
from gameday.core.wording.templates import BUILT_IN, fill
from gameday.scenario.exercise import Exercise

RECENT = 60
"""Seconds over which an entry is seen to miss its objective."""

BEFORE = 300
"""Seconds before the declaration in which what was hurt still counts, once nothing is hurt now."""


class Drafts:
    """The templates of an exercise. `now` gives microseconds."""

    def __init__(
        self, exercise: Exercise, signals: Signals, incident: Callable[[], IncidentView], now: Callable[[], int]
    ) -> None:
        self._scenario = exercise.scenario
        books = (exercise.playbooks[name] for name in exercise.scenario.playbooks if name in exercise.playbooks)
        own = {name: text for book in books for name, text in book.templates.items()}
        self._templates: Mapping[str, str] = {**BUILT_IN, **own}
        self._signals = signals
        self._incident = incident
        self._now = now

    @property
    def names(self) -> tuple[str, ...]:
        """The built-in ones in the order of an incident, then the playbooks' own; a playbook's word comes first."""
        return tuple(self._templates)

    def filled(self, name: str) -> str:
        """The text of a template as things stand. Raises KeyError for a name that is none."""
        return fill(
            self._templates[name],
            entries=self._hurt(),
            severity=self._incident().severity,
            every=self._scenario.communication.every,
        )

    def _hurt(self) -> tuple[str, ...]:
        """The entries that miss their objective now, else those that did since shortly before the declaration."""
        second = self._now() // MICRO
        declared_at = self._incident().declared_at
        since = second if declared_at is None else min(second, second - declared_at + BEFORE)
        return self._missing(second, RECENT) or self._missing(second, max(since, 1))

    def _missing(self, second: int, length: int) -> tuple[str, ...]:
        entries = self._scenario.system.traffic.entries
        found = []
        for name, objective in self._scenario.slos.items():
            bad = self._signals.value(name, "bad", second, length)
            if bad is not None and bad > 1.0 - objective.good:
                found.append(entries[name].summary or name)
        return tuple(found)
