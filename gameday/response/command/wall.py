"""The wall dashboard as whoever leads reads it: which entries miss their objective, for how long all has been well.

Only what can be seen (`Signals`), never the truth. Windows are of 10 s and end now; the rules of a stretch are those of
the score: one missed window alone does not break it, two in a row do.
"""

from __future__ import annotations

import math

import simpy

from gameday.core.signals import Signals
from gameday.core.units import MICRO
from gameday.scenario.models import Scenario

WINDOW = 10
"""Seconds."""


class Wall:
    """What everybody can see without looking."""

    def __init__(self, env: simpy.Environment, scenario: Scenario, signals: Signals) -> None:
        self._env = env
        self._scenario = scenario
        self._signals = signals

    @property
    def _second(self) -> int:
        return int(self._env.now) // MICRO

    def missing(self) -> tuple[str, ...]:
        """The entries that miss their objective over the last window."""
        return tuple(entry for entry in self._scenario.slos if self._misses(entry, self._second))

    def missed_since(self, second: int) -> tuple[str, ...]:
        """The entries that have missed their objective in some window since a second."""
        windows = range(self._second, max(second, 0), -WINDOW)
        return tuple(entry for entry in self._scenario.slos if any(self._misses(entry, end) for end in windows))

    def unseen(self) -> tuple[str, ...]:
        """The entries of which nothing at all can be seen for half a minute; one without requests has a rate of 0."""
        second = self._second
        if second < 3 * WINDOW:
            return ()
        rates = {entry: self._signals.value(entry, "rate", second, 3 * WINDOW) for entry in self._scenario.slos}
        return tuple(entry for entry, rate in rates.items() if rate is None)

    def bad(self, entry: str, length: int = WINDOW) -> float:
        """The share of an entry's requests that fail or take too long, over the last seconds; 0 where none is seen."""
        return self._signals.value(entry, "bad", self._second, length) or 0.0

    def met_for(self, entry: str, length: int) -> bool:
        """Whether an entry has met its objective all through the last `length` seconds."""
        missed_before = True  # the newest window has to be good by itself
        for back in range(0, length, WINDOW):
            missed = self._misses(entry, self._second - back)
            if missed and missed_before:
                return False
            missed_before = missed
        return True

    @property
    def hold(self) -> int:
        """The hold window in microseconds."""
        return self._scenario.scoring.hold

    def not_held(self) -> tuple[str, ...]:
        """The entries that have not met their objective all through the hold window, as far as it has passed."""
        seconds = -(-self.hold // MICRO)
        return tuple(entry for entry in self._scenario.slos if not self.met_for(entry, seconds))

    def held(self) -> bool:
        """Whether every entry can be seen, and has met its objective all through the hold window."""
        return not self.unseen() and not self.not_held()

    def steady(self) -> bool:
        """Whether all has been well for the hold window: objectives met, backlogs gone, nothing under way."""
        if self._second * MICRO < self.hold or self._signals.value("actions", "running", self._second):
            return False
        return self.held() and self._drained()

    def _drained(self) -> bool:
        """No more waits anywhere than twice what is usual, or a second of work."""
        return all(self._waiting(name, self._second) <= self._most(name) for name in self._scenario.system.services)

    def _waiting(self, service: str, second: int) -> float:
        """Mean number waiting over the window that ends at a second, as the system has it (unscaled)."""
        waiting = self._signals.value(service, "queue", second, WINDOW) or 0.0
        return waiting / self._scenario.system.traffic.scale

    def _most(self, name: str) -> float:
        """How many may wait: twice the first seconds' number, or what all workers finish in a second."""
        service = self._scenario.system.services[name]
        work = service.replicas * service.workers * MICRO / service.service_time if service.service_time else math.inf
        return max(2.0 * self._waiting(name, 3 * WINDOW), work)

    def _misses(self, entry: str, second: int) -> bool:
        if second < WINDOW:
            return False
        bad = self._signals.value(entry, "bad", second, WINDOW)
        return bad is not None and bad > 1.0 - self._scenario.slos[entry].good
