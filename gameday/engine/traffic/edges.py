"""Edges at run time: what the caller's side knows about its calls to one service, and the mechanisms it has for them.

Owns their state and what effects may change of it. Does not own what happens to attempts (`calling`, `guarding`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gameday.core.draws import key_of, mix, uniform
from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.attempts import Attempt
from gameday.engine.traffic.codes import BROKEN, GUARD, JITTER, OK, OUTCOMES
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.mechanisms.breakers import CircuitBreaker
from gameday.engine.traffic.mechanisms.budgets import Budget
from gameday.engine.traffic.mechanisms.callers import CallerRow, words_of
from gameday.engine.traffic.mechanisms.guards import Guard, RateLimit
from gameday.engine.traffic.mechanisms.hedges import Hedging
from gameday.engine.traffic.mechanisms.limits import TokenBucket, limited, shared
from gameday.engine.traffic.mechanisms.pools import ConnectionPool
from gameday.engine.traffic.mechanisms.throttles import AdaptiveThrottle
from gameday.engine.traffic.specs import EdgeSpec
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.engine.traffic.caching import EdgeCache
    from gameday.engine.traffic.mechanisms.brokers import Consumer
    from gameday.engine.traffic.mechanisms.succession import Replaced


AUTOMATIC: Final = 0
FORCED_OPEN: Final = 1
FORCED_CLOSED: Final = 2
"""What may be done with a breaker by hand; see `Edge.breaker_mode`."""


class Edge:
    """One dependency. `timeout`, `retries`, `calls`, `loss` and `latency` may be set at any time, for what comes after.

    Counters never go back: `sent` attempts (of these `retried` are not first ones, and `unsent` never became a
    request of the callee: held back, without an address, or broken off over its certificate), their `outcomes` as the
    caller knows them (what was given up on is a timeout), and `failed_calls`, lost for good after the last attempt.
    An edge is `plain` while nothing on it can turn away, delay or
    lose an attempt; then attempts take a shorter way. It is `simple` where no answer fills a budget
    or a cache: then success takes one too. `waited_for` are open attempts by the visit that waits for them,
    kept where the edge `tracks` them because it must give up on them when that visit fails.
    """

    __slots__ = (
        "_agenda",
        "_breaker_mode",
        "_guards",
        "_latency",
        "_limit",
        "_loss",
        "_queues",
        "_rows",
        "_shared_limits",
        "_unauthorized",
        "backoff",
        "breaker",
        "budget",
        "cache",
        "callee",
        "caller",
        "consumer",
        "deadlines",
        "failed_calls",
        "fraction",
        "hedging",
        "hits",
        "indices",
        "indices_and_one",
        "key",
        "latencies",
        "lookups",
        "outcomes",
        "plain",
        "pool",
        "required",
        "retried",
        "retries",
        "sent",
        "simple",
        "spec",
        "split",
        "sync",
        "throttle",
        "tracks",
        "unsent",
        "waited_for",
    )

    def __init__(self, spec: EdgeSpec, caller: Station, callee: Station, agenda: Agenda) -> None:
        self._agenda = agenda
        self.spec = spec
        self.key = key_of(spec.name)
        self.caller = caller
        self.callee = callee
        self.sync = spec.mode == "sync"
        self.required = spec.required
        self.retries = spec.retries
        self.backoff = spec.backoff
        self._loss = self._unauthorized = 0.0
        self._latency = 0
        self._breaker_mode = AUTOMATIC
        self.breaker = None if spec.breaker is None else CircuitBreaker(spec.breaker)
        self.throttle = None if spec.throttle is None else AdaptiveThrottle(spec.throttle)
        self._limit: RateLimit | None = None
        self.pool = None if spec.pool is None else ConnectionPool(caller, spec.pool.size, spec.pool.wait)
        self.hedging = None if spec.hedge is None or not self.sync else Hedging(spec.hedge)
        if self.sync and spec.deadline:
            callee.minds_time = True
        self.waited_for: dict[Visit, list[Attempt]] = {}
        # Of its calls `lookups` have asked its cache and `hits` were warm: those are neither sent nor attempts.
        self.cache: EdgeCache | None = None
        self.lookups = self.hits = 0
        self.consumer: Consumer | None = None  # of a pull edge
        self.split: Replaced | None = None  # while two think that they are primary: the older one
        self.budget = None if spec.budget is None else Budget(spec.budget)
        self._rows: list[CallerRow] | None = None
        self._shared_limits: dict[float, TokenBucket] = {}
        self.set_limit(0.0 if spec.limit is None else spec.limit.rate)
        self._queues: dict[int, DeadlineQueue[Visit]] = {}
        self.timeout = spec.timeout
        self.calls = spec.calls
        self.sent = 0
        self.retried = 0
        self.unsent = 0
        self.failed_calls = 0
        self.outcomes = [0] * len(OUTCOMES)
        self.latencies: list[int] = []  # of the successes of this second, in µs, as the caller waited

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

    @property
    def loss(self) -> float:
        """Share of the attempts that vanish without an answer."""
        return self._loss

    @loss.setter
    def loss(self, value: float) -> None:
        self._loss = value
        self._refresh()

    @property
    def latency(self) -> int:
        """Time on the way to the callee, in µs."""
        return self._latency

    @latency.setter
    def latency(self, value: int) -> None:
        self._latency = value
        self._refresh()

    @property
    def unauthorized(self) -> float:
        """Share of the attempts whose credentials the callee turns away as they arrive."""
        return self._unauthorized

    @unauthorized.setter
    def unauthorized(self, value: float) -> None:
        self._unauthorized = value
        self._refresh()

    @property
    def breaker_mode(self) -> int:
        """AUTOMATIC, FORCED_OPEN (also where there is no breaker) or FORCED_CLOSED.

        A breaker that is left to itself again is closed, with nothing counted.
        """
        return self._breaker_mode

    @breaker_mode.setter
    def breaker_mode(self, value: int) -> None:
        if value == AUTOMATIC and self._breaker_mode != AUTOMATIC and self.breaker is not None:
            self.breaker.reset()
        self._breaker_mode = value
        self._refresh()

    @property
    def bucket(self) -> TokenBucket | None:
        """What its rate limit has tokens in; None where it has no limit."""
        return None if self._limit is None else self._limit.bucket

    @property
    def limit_rate(self) -> float:
        """Attempts a second that may be sent; 0: as many as there are."""
        bucket = None if self._limit is None else self._limit.bucket
        return 0.0 if bucket is None else bucket.rate

    def row(
        self, timeout: int, rate: float, retries: int, backoff: int, loss: float, latency: int, unauthorized: float
    ) -> CallerRow:
        """How one replica of the caller makes its calls, for `set_rows`: times in µs, a `rate` of 0 is no limit."""
        own, burst = self._limit, None if self.spec.limit is None else self.spec.limit.burst
        bucket = shared(own.bucket if own is not None else None, self._shared_limits, rate, burst, self._agenda.now)
        queue = self._queues.setdefault(timeout, DeadlineQueue(timeout))
        return CallerRow(queue, bucket, retries, backoff, loss, latency, unauthorized)

    def set_rows(self, rows: list[CallerRow] | None) -> None:
        """From now on the calls of those who work at replica n of the caller are as `rows[n]` says; None: all alike."""
        if rows is None and self._rows is None:
            return
        self._rows = rows
        if rows is None:
            self._shared_limits.clear()
        self._refresh()

    def row_of(self, parent: Visit) -> CallerRow | None:
        """What differs for the calls of this visit, by the replica at which it works; None where nothing does."""
        rows = self._rows
        if rows is None:
            return None
        number = parent.station.number_of(parent)
        return rows[number] if number < len(rows) else None

    def set_cache(self, cache: EdgeCache) -> None:
        """From now on calls ask it first."""
        self.cache = cache
        self._refresh()

    def set_split(self, split: Replaced | None) -> None:
        """From now on a part of the callers asks this old primary instead of the callee; None: all ask the callee."""
        self.split = split
        self._refresh()

    def set_limit(self, rate: float) -> None:
        """From now on at most `rate` attempts a second are sent; 0: as many as there are."""
        spec = self.spec.limit
        before = None if self._limit is None else self._limit.bucket
        bucket = limited(before, rate, None if spec is None else spec.burst, self._agenda.now)
        self._limit = None if bucket is None else RateLimit(bucket)
        self._refresh()

    def set_pool(self, size: int, leaked: int, each: list[int] | None = None) -> None:
        """From now on `size` connections for each replica of the caller; of all together `leaked` are held by nobody.

        Where its replicas differ, replica n brings `each[n]` of them. A size of 0 is no limit.
        """
        if self.pool is None:
            if not size:
                return
            self.pool = ConnectionPool(self.caller, size, None)
        self.pool.size_each = size
        self.pool.sizes = each
        self.pool.leaked = leaked
        if self.pool.waiting:
            self._agenda.schedule(self._agenda.now, GUARD, self.pool)
        self._refresh()

    def admit(self, attempt: Attempt, now: int) -> int:
        """OK where nothing turns the attempt away, or the outcome with which it ends at once."""
        if self._breaker_mode == FORCED_OPEN:
            return BROKEN
        for number, guard in enumerate(self._guards):
            outcome = guard.admit(attempt, now)
            if outcome != OK:
                for earlier in self._guards[:number]:
                    earlier.withdraw(attempt, now)
                return outcome
        attempt.admitted = True
        return OK

    def learn(self, attempt: Attempt, outcome: int, now: int) -> None:
        """How an admitted attempt has ended."""
        for guard in self._guards:
            guard.learn(attempt, outcome, now)

    def words(self) -> list[int]:
        """The state of its mechanisms, for a digest; nothing where it has none."""
        words = [] if self._breaker_mode == AUTOMATIC else [self._breaker_mode]
        if self.breaker is not None:
            words += self.breaker.words()
        if self.throttle is not None:
            words += self.throttle.words()
        if self._limit is not None:
            words += self._limit.words()
        if self._rows is not None:
            words += words_of(self._rows)
        if self.pool is not None:
            words += self.pool.words()
        if self.hedging is not None:
            words += self.hedging.words()
        if self.cache is not None:
            words += (self.lookups, self.hits, self.cache.store.kept)
        return words

    def delay_after(self, visit: Visit) -> int:
        """How long to wait before the attempt that follows `visit`, in µs."""
        spec, row = self.spec, None if visit.parent is None else self.row_of(visit.parent)
        backoff = self.backoff if row is None else row.backoff
        if not backoff:
            return spec.least_delay
        delay = min(backoff << visit.attempt, spec.backoff_max)
        if spec.jitter:
            varied = delay * spec.jitter
            delay = round(delay - varied + uniform(mix(visit.key, JITTER)) * varied)
        return max(delay, spec.least_delay)

    def _refresh(self) -> None:
        """Which guards there are, and whether attempts can take the short way."""
        guards: list[Guard] = []
        if self.breaker is not None and self._breaker_mode == AUTOMATIC:
            guards.append(self.breaker)
        if self.throttle is not None:
            guards.append(self.throttle)
        if self._limit is not None or self._rows is not None:
            guards.append(self._limit or RateLimit(None))
        self._guards = tuple(guards)
        self.tracks = self.sync and (self.pool is not None or self.spec.cancels)
        # Where replicas of the caller differ there is the guard of their limits, so it is not plain.
        has_rules = bool(guards) or self._breaker_mode == FORCED_OPEN or self.hedging is not None
        has_bonds = self.pool is not None or self.spec.cancels or self.spec.deadline
        has_way = bool(self._loss or self._latency or self._unauthorized) or self.split is not None
        self.plain = not (has_rules or has_bonds or has_way)
        self.simple = self.plain and self.budget is None and self.cache is None
