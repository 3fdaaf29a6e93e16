"""The clock of communication: which update for customers falls due when, what reminds of it, and whether it came.

The first falls due `communication.first` after the declaration, one that says what is hurt five minutes later, and each
next one when the last one promised it, else `communication.every` after it. Reads updates by the rules of
`gameday.core.wording`. Knows only what responders know: that impact began is judged by `gameday.scoring.communication`.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import simpy

from gameday.core.events import Publish, UpdateDue, UpdateMet, UpdateMissed, UpdateRead
from gameday.core.units import MICRO
from gameday.core.wording.cadence import ends, interval
from gameday.core.wording.names import Words
from gameday.core.wording.rules import met_and_lacking
from gameday.core.wording.updates import UpdateReading, read_update
from gameday.scenario.models.scenario import Communication

REMIND = 60 * MICRO
"""A reminder comes this long before an update falls due."""

SCOPE_AFTER = 300 * MICRO
"""An update that says what is hurt falls due this long after the first (PagerDuty: within five minutes of it)."""

FIRST = "the first public update"
SCOPE = "an update that says what is hurt"
NEXT = "the next public update"


@dataclass(slots=True, eq=False)
class _Owed:
    """Something that customers are owed by `due_at` (microseconds)."""

    what: str
    due_at: int
    open: bool = True


class Updates:
    """What customers are owed, from the declaration to the end."""

    def __init__(self, env: simpy.Environment, communication: Communication, words: Words, publish: Publish) -> None:
        self._env = env
        self._first = communication.first
        self._every = communication.every
        self._words = words
        self._publish = publish
        self._owed: list[_Owed] = []
        self._due_at: int | None = None

    @property
    def due_at(self) -> int | None:
        """When the next update falls due, or fell due where it has not come; microseconds. None: none is owed."""
        return self._due_at

    def begin(self) -> None:
        """An incident is declared."""
        now = int(self._env.now)
        self._due_at = now + self._first
        self._owe(FIRST, self._due_at)
        self._owe(SCOPE, self._due_at + SCOPE_AFTER)

    def begin_again(self) -> None:
        """An incident that was resolved goes on: the next update is owed as soon as the first one was."""
        self._due_at = int(self._env.now) + self._first
        self._owe(NEXT, self._due_at)

    def posted(self, by: str, message: str, *, closed: bool) -> None:
        """An update went out; after the incident is `closed` none follows it."""
        reading = read_update(message, self._words)
        self._publish(UpdateRead(int(self._env.now), by, *met_and_lacking(reading)))
        self._settle(reading)
        if closed or ends(reading):
            self.end()
        elif self._every:
            self._due_at = int(self._env.now) + interval(reading, self._every)
            self._owe(NEXT, self._due_at)
        else:
            self._due_at = None

    def end(self) -> None:
        """Nothing is owed any more."""
        for owed in self._owed:
            owed.open = False
        self._owed.clear()
        self._due_at = None

    def _settle(self, reading: UpdateReading) -> None:
        """What was owed and has come; a scope that is not told stays owed."""
        for owed in tuple(self._owed):
            if owed.what == SCOPE and not reading.states_impact:
                continue
            owed.open = False
            self._owed.remove(owed)
            self._publish(UpdateMet(int(self._env.now), owed.what, owed.due_at))

    def _owe(self, what: str, due_at: int) -> None:
        owed = _Owed(what, due_at)
        self._owed.append(owed)
        self._env.process(self._watch(owed))

    def _watch(self, owed: _Owed) -> Generator[simpy.Event, object, None]:
        ahead = owed.due_at - REMIND - int(self._env.now)
        if ahead > 0:
            yield self._env.timeout(ahead)
            if not owed.open:
                return
            self._publish(UpdateDue(int(self._env.now), owed.what, owed.due_at))
        yield self._env.timeout(owed.due_at - int(self._env.now))
        if not owed.open:
            return
        owed.open = False
        self._owed.remove(owed)
        self._publish(UpdateMissed(int(self._env.now), owed.what, owed.due_at))
        if owed.what != SCOPE and self._every:
            self._owe(NEXT, owed.due_at + self._every)
