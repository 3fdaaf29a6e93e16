"""Adaptive throttling: a caller that is turned away too often holds back by itself.

Source: Beyer et al., Site Reliability Engineering (2016), chapter 21, Handling Overload.
"""

from __future__ import annotations

from gameday.core.draws import mix, uniform
from gameday.core.kinds.mechanisms import Throttle
from gameday.engine.traffic.attempts import Attempt
from gameday.engine.traffic.codes import CANCELLED, DEPENDENCY, ERROR, OK, THROTTLE, THROTTLED, UNAUTHORIZED
from gameday.engine.traffic.mechanisms.guards import Guard
from gameday.engine.traffic.mechanisms.rolling import Rolling


class AdaptiveThrottle(Guard):
    """Refuses with p = max(0, (requests - k accepts) / (requests + 1)), both counted over a rolling window.

    Requests include those that it refuses itself. Accepted is what the callee took on, even where that failed in the
    end; silence is no acceptance. A request counts when its outcome is known: counted as it is sent, the first of all
    would be refused half the time, and slowness alone would look like refusal.
    """

    __slots__ = ("counts", "spec")

    def __init__(self, spec: Throttle) -> None:
        self.spec = spec
        self.counts = Rolling(spec.window)

    @property
    def refusing(self) -> float:
        """The share that it refuses now, as of the last attempt."""
        counts = self.counts
        return max(0.0, (counts.total - self.spec.k * counts.marked) / (counts.total + 1))

    def admit(self, attempt: Attempt, now: int) -> int:
        """THROTTLED with the probability that the last answers call for."""
        self.counts.advance(now)
        share = self.refusing
        if share <= 0.0 or uniform(mix(attempt.key, THROTTLE)) >= share:
            return OK
        self.counts.count(now, 1, 0)
        return THROTTLED

    def withdraw(self, attempt: Attempt, now: int) -> None:
        """It was no request to the callee, and has not been counted."""

    def learn(self, attempt: Attempt, outcome: int, now: int) -> None:  # noqa: ARG002 (the interface's)
        """Whether the callee took it on; what the caller took back itself says nothing about that."""
        if outcome != CANCELLED:
            self.counts.count(now, 1, 1 if outcome in (OK, ERROR, DEPENDENCY, UNAUTHORIZED) else 0)

    def words(self) -> list[int]:
        """What is counted."""
        return [self.counts.total, self.counts.marked]
