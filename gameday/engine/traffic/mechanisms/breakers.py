"""Circuit breakers: closed, open for a while when too much has failed, half-open for a few trials.

Source: Nygard, Release It! (2007), chapter 5. Owns when a breaker lets an attempt through; that one may be forced open
or closed is the edge's (`edges`).
"""

from __future__ import annotations

from typing import Final

from gameday.core.kinds.mechanisms import Breaker
from gameday.engine.traffic.attempts import Attempt
from gameday.engine.traffic.codes import BROKEN, CANCELLED, OK
from gameday.engine.traffic.mechanisms.guards import Guard
from gameday.engine.traffic.mechanisms.rolling import Rolling

CLOSED: Final = 0
OPEN: Final = 1
HALF_OPEN: Final = 2


class CircuitBreaker(Guard):
    """One edge's breaker. `opened` counts how often it has opened.

    Everything but a success counts as a failure, except what the caller took back itself. Each change of state begins
    an epoch, and what was sent in an earlier one says nothing any more: a late timeout cannot spoil a trial.
    """

    __slots__ = ("_epoch", "_passed", "_succeeded", "_until", "counts", "opened", "spec", "state")

    def __init__(self, spec: Breaker) -> None:
        self.spec = spec
        self.state = CLOSED
        self.opened = 0
        self.counts = Rolling(spec.window)
        self._epoch = 1
        self._until = 0
        self._passed = 0
        self._succeeded = 0

    def admit(self, attempt: Attempt, now: int) -> int:
        """BROKEN while it is open, and half-open beyond its trials."""
        if self.state == OPEN and now >= self._until:
            self._change(HALF_OPEN)
        if self.state == OPEN:
            return BROKEN
        if self.state == HALF_OPEN:
            if self._passed == self.spec.trials:
                return BROKEN
            self._passed += 1
        attempt.epoch = self._epoch
        return OK

    def withdraw(self, attempt: Attempt, now: int) -> None:  # noqa: ARG002 (the interface's)
        """A trial that was never sent may be made by another."""
        if attempt.epoch == self._epoch and self.state == HALF_OPEN:
            self._passed -= 1

    def learn(self, attempt: Attempt, outcome: int, now: int) -> None:
        """One more success or failure."""
        if attempt.epoch != self._epoch:
            return
        if outcome == CANCELLED:
            self.withdraw(attempt, now)
        elif self.state == HALF_OPEN:
            self._tried(outcome, now)
        else:
            counts, spec = self.counts, self.spec
            counts.count(now, 1, 0 if outcome == OK else 1)
            if outcome != OK and counts.total >= spec.calls and counts.marked >= spec.failures * counts.total:
                self._open(now)

    def reset(self) -> None:
        """Closed, with nothing counted: what an operator who had forced it leaves behind."""
        self._change(CLOSED)

    def words(self) -> list[int]:
        """State, epoch, and what is counted."""
        return [self.state, self._epoch, self._passed, self._until, self.counts.total, self.counts.marked]

    def _tried(self, outcome: int, now: int) -> None:
        if outcome != OK:
            self._open(now)
            return
        self._succeeded += 1
        if self._succeeded == self.spec.trials:
            self._change(CLOSED)

    def _open(self, now: int) -> None:
        self._change(OPEN)
        self._until = now + self.spec.open_for
        self.opened += 1

    def _change(self, state: int) -> None:
        self.state = state
        self._epoch += 1
        self._passed = self._succeeded = 0
        self.counts.clear()
