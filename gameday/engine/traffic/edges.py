"""Edges at run time: what the caller's side knows about its calls to one service, and the retry budget."""

from __future__ import annotations

from gameday.core.draws import key_of, mix, uniform
from gameday.engine.traffic.codes import JITTER, OUTCOMES
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit


class Budget:
    """A token bucket that retries are paid from and successes pay into. `enforced` may be switched at any time."""

    __slots__ = ("enforced", "spec", "tokens")

    def __init__(self, spec: BudgetSpec) -> None:
        self.spec = spec
        self.tokens = spec.initial
        self.enforced = True

    def earn(self) -> None:
        """One success."""
        self.tokens = min(self.spec.capacity, self.tokens + self.spec.per_success)

    def grants(self) -> bool:
        """Whether one more retry may be sent; it is paid for then."""
        if not self.enforced:
            return True
        if self.tokens < self.spec.cost:
            return False
        self.tokens -= self.spec.cost
        return True


class Edge:
    """One dependency. `timeout`, `retries`, `calls`, `loss` and `latency` may be set at any time, for what comes after.

    Counters never go back: `sent` attempts (of these `retried` are not first ones), their `outcomes` as the caller
    knows them (what was given up on is a timeout), and `failed_calls`, lost for good after the last attempt.
    """

    __slots__ = (
        "_queues",
        "budget",
        "callee",
        "caller",
        "deadlines",
        "failed_calls",
        "fraction",
        "indices",
        "indices_and_one",
        "key",
        "latency",
        "loss",
        "outcomes",
        "required",
        "retried",
        "retries",
        "sent",
        "spec",
        "sync",
    )

    def __init__(self, spec: EdgeSpec, caller: Station, callee: Station) -> None:
        self.spec = spec
        self.key = key_of(spec.name)
        self.caller = caller
        self.callee = callee
        self.sync = spec.mode == "sync"
        self.required = spec.required
        self.retries = spec.retries
        self.loss = 0.0
        self.latency = 0
        self.budget = None if spec.budget is None else Budget(spec.budget)
        self._queues: dict[int, DeadlineQueue[Visit]] = {}
        self.timeout = spec.timeout
        self.calls = spec.calls
        self.sent = 0
        self.retried = 0
        self.failed_calls = 0
        self.outcomes = [0] * len(OUTCOMES)

    @property
    def name(self) -> str:
        """The edge's unique name."""
        return self.spec.name

    @property
    def timeout(self) -> int:
        """How long the caller waits for one attempt, in µs."""
        return self.deadlines.timeout

    @timeout.setter
    def timeout(self, value: int) -> None:
        # One queue per value: within one, deadlines must be in the order in which they were set.
        self.deadlines = self._queues.setdefault(value, DeadlineQueue(value))

    @property
    def calls(self) -> float:
        """Calls per visit of the caller; the fraction is drawn for each visit."""
        return len(self.indices) + self.fraction

    @calls.setter
    def calls(self, value: float) -> None:
        whole = int(value)
        self.indices = range(whole)
        self.indices_and_one = range(whole + 1)
        self.fraction = value - whole

    @property
    def open_attempts(self) -> int:
        """Attempts whose outcome the caller does not know yet."""
        return self.sent - sum(self.outcomes)

    def delay_after(self, visit: Visit) -> int:
        """How long to wait before the attempt that follows `visit`, in µs."""
        spec = self.spec
        if not spec.backoff:
            return spec.least_delay
        delay = min(spec.backoff << visit.attempt, spec.backoff_max)
        if spec.jitter:
            varied = delay * spec.jitter
            delay = round(delay - varied + uniform(mix(visit.key, JITTER)) * varied)
        return max(delay, spec.least_delay)
