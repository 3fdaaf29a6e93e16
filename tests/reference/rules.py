"""What mechanisms of edges decide by in the reference model: breakers, throttles, limits and hedges, as they are told.

Everything is kept and counted anew at each question: slow, and easy to compare with the text that describes it. A
window is ten tenths, as in the kernel: what lies in the tenth in which it is now and in the nine before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import simpy

from gameday.core.draws import mix, uniform
from gameday.core.kinds.mechanisms import Breaker, Hedge, Limit, Throttle
from gameday.engine.traffic import codes
from gameday.engine.traffic.specs import EdgeSpec

ACCEPTED = ("ok", "error", "dependency", "unauthorized")


def within(window: int, now: int, times: list[int]) -> int:
    tenth = window // 10
    return sum(now // tenth - 10 < time // tenth for time in times)


@dataclass
class BreakerRule:
    """Closed until too much fails, then open for a while, then a few trials."""

    spec: Breaker
    state: str = "closed"
    epoch: int = 0
    opened_at: int = 0
    trials: int = 0
    successes: list[int] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)

    def lets_through(self, now: int) -> bool:
        if self.state == "open" and now >= self.opened_at + self.spec.open_for:
            self.become("half-open")
        if self.state == "open" or (self.state == "half-open" and self.trials == self.spec.trials):
            return False
        self.trials += 1
        return True

    def learn(self, epoch: int, outcome: str, now: int) -> None:
        if epoch != self.epoch:
            return
        if outcome == "cancelled":
            self.trials -= 1
            return
        (self.successes if outcome == "ok" else self.failures).append(now)
        if self.state == "half-open":
            if outcome != "ok":
                self.open(now)
            elif len(self.successes) == self.spec.trials:
                self.become("closed")
        elif outcome != "ok":
            failed = within(self.spec.window, now, self.failures)
            ended = failed + within(self.spec.window, now, self.successes)
            if ended >= self.spec.calls and failed >= self.spec.failures * ended:
                self.open(now)

    def open(self, now: int) -> None:
        self.become("open")
        self.opened_at = now

    def become(self, state: str) -> None:
        self.state = state
        self.epoch += 1
        self.trials = 0
        self.successes, self.failures = [], []


@dataclass
class ThrottleRule:
    """Holds back with p = max(0, (requests - k accepts) / (requests + 1))."""

    spec: Throttle
    requests: list[int] = field(default_factory=list)
    accepts: list[int] = field(default_factory=list)

    def holds_back(self, key: int, now: int) -> bool:
        requests = within(self.spec.window, now, self.requests)
        accepts = within(self.spec.window, now, self.accepts)
        share = max(0.0, (requests - self.spec.k * accepts) / (requests + 1))
        refused = uniform(mix(key, codes.THROTTLE)) < share
        if refused:
            self.requests.append(now)
        return refused


@dataclass
class LimitRule:
    """A bucket of tokens, counted in fractions."""

    spec: Limit
    second: int
    filled: int = 0

    def __post_init__(self) -> None:
        self.full = Fraction(self.spec.burst or max(1, round(self.spec.rate)))
        self.tokens = self.full

    def allows(self, now: int) -> bool:
        rate = Fraction(round(self.spec.rate * self.second), self.second)
        self.tokens = min(self.full, self.tokens + rate * Fraction(now - self.filled, self.second))
        self.filled = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class HedgeRule:
    """At most a share of the last hundred calls."""

    spec: Hedge
    calls: int = 0
    at: list[int] = field(default_factory=list)

    def allows(self) -> bool:
        if sum(call > self.calls - 100 for call in self.at) >= max(1, round(self.spec.most * 100)):
            return False
        self.at.append(self.calls)
        return True


@dataclass
class Rules:
    """All that one edge has of these. `second` is how many of the kernel's units of time its rates count as one."""

    spec: EdgeSpec
    connections: simpy.Resource | None
    second: int
    outcomes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spec = self.spec
        self.breaker = BreakerRule(spec.breaker) if spec.breaker else None
        self.throttle = ThrottleRule(spec.throttle) if spec.throttle else None
        self.limit = LimitRule(spec.limit, self.second) if spec.limit else None
        self.hedge = HedgeRule(spec.hedge) if spec.hedge else None
        self.gives_up_when_its_visit_fails = spec.pool is not None or spec.cancels

    @property
    def epoch(self) -> int:
        return self.breaker.epoch if self.breaker else 0

    @property
    def longest_wait(self) -> int | None:
        """For a connection."""
        return self.spec.pool.wait if self.spec.pool else None

    def refuse(self, key: int, now: int) -> str | None:
        """Why an attempt is not sent, if it is not."""
        if self.breaker and not self.breaker.lets_through(now):
            return "broken"
        refusal = None
        if self.throttle and self.throttle.holds_back(key, now):
            refusal = "throttled"
        elif self.limit and not self.limit.allows(now):
            refusal = "limited"
        if refusal and self.breaker:
            self.breaker.learn(self.epoch, "cancelled", now)
        return refusal

    def learn(self, epoch: int, outcome: str, now: int) -> None:
        if self.breaker:
            self.breaker.learn(epoch, outcome, now)
        if self.throttle and outcome != "cancelled":
            self.throttle.requests.append(now)
            if outcome in ACCEPTED:
                self.throttle.accepts.append(now)

    def count(self, outcome: str) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
