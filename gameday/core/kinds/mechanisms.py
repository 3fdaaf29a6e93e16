"""Parameter models of the mechanisms of services, edges and entries; `gameday.engine.traffic` runs them.

Each is switched on by being there: without a block a service has one queue, an edge no breaker, a client no retry.
Durations are integer microseconds inside.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.quantities import Amount, Duration, Name, Rate, Ratio

Number = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
Positive = Annotated[Duration, Field(gt=0)]

# What a service may have.

Balancing = Literal["round-robin", "random", "least-requests", "two-choices", "key"]
Discipline = Literal["fifo", "lifo", "codel"]


class Ejection(Model):
    """Outlier ejection: a replica that fails `failures` times in a row gets no more requests for a while.

    The time doubles with each ejection in a row up to ten times. At most the share `most` is ejected at once (always
    one at least).
    """

    failures: Number = 5
    lasts: Positive = 30_000_000
    most: Annotated[Ratio, Field(gt=0)] = 0.5


class Health(Model):
    """Active health checks: every replica is asked each `every`; `fails` in a row take it out, `passes` bring it back.

    A check fails when the replica is down, or has `deep` and its queue is too long to answer within `timeout`.
    """

    every: Positive = 5_000_000
    timeout: Positive = 1_000_000
    fails: Number = 3
    passes: Number = 2
    deep: Annotated[StrictBool, Field(description="the check waits in the queue like any request")] = False


class Replicas(Model):
    """A queue for each replica, behind a balancer. Limits of the queue then hold for each replica.

    `key` sends a key to its own replica (a shard); the others choose by load or turn. Below the share `panic` of
    replicas that the balancer thinks well of, it stops caring and uses all of them.
    """

    balancing: Balancing = "round-robin"
    ejection: Ejection | None = None
    health: Health | None = None
    panic: Annotated[Ratio, Field(description="0%: never")] = 0.5


class CoDel(Model):
    """Controlled delay (Nichols and Jacobson 2012): drops from the head while waits stay above `target`."""

    target: Positive = 5_000_000 // 1000
    interval: Positive = 100_000


class Contention(Model):
    """Service time grows with what runs at once (Gunther's universal scalability law).

    With n requests at work, a service time is multiplied by 1 + sigma (n - 1) + kappa n (n - 1).
    """

    sigma: Annotated[StrictFloat, Field(ge=0, le=1, description="share that is done one after another")] = 0.0
    kappa: Annotated[StrictFloat, Field(ge=0, le=1, description="cost of keeping each pair coherent")] = 0.0


class WarmUp(Model):
    """After its start a replica works `factor` times slower, less and less until `lasts` is over."""

    lasts: Positive
    factor: Annotated[StrictFloat, Field(ge=1, le=1000)] = 5.0


class Limit(Model):
    """A rate limit as a token bucket: `rate` a second, and up to `burst` at once. Beyond it a caller is told so.

    Nobody waits for a token: beyond it a call fails at once, and so does the message of a consumer that calls.
    """

    rate: Annotated[Rate, Field(gt=0)]
    burst: Annotated[StrictInt | None, Field(ge=1, le=1_000_000, description="a second's worth, if unsaid")] = None


class Memory(Model):
    """Memory that can fill (by the fault memory-leak); `used` is what is taken at rest.

    As it fills the collector takes time: the service time grows with (1 - used at rest²) / (1 - used²). Full, the
    replicas are killed at the next second and start again with what is used at rest.

    Without `spread` all replicas are alike: they fill together and die together. With it each has a memory of its own:
    it fills by what it serves itself, is slow, dies and starts again alone, and the others take its load. Its first
    replicas are of different ages: when a leak begins, each is filled already by a drawn part, up to this share, of
    what is left to the limit. With 0% they begin alike. A replica that was started since begins at rest.
    """

    used: Annotated[Ratio, Field(description="at the start")] = 0.3
    spread: Annotated[
        Ratio | None, Field(description="how differently replicas are filled when a leak begins; unsaid: all are alike")
    ] = None


class Autoscaling(Model):
    """Adds and takes away replicas so that a metric stays near its target (as the Kubernetes autoscaler).

    Wanted replicas = ceil(replicas x value / target), looked at each `every`, over `window`; no change within the
    tolerance of 10 %. New replicas serve after the service's start-up time.
    """

    metric: Literal["load", "saturation", "queue", "rate", "in_flight"] = "load"
    target: Annotated[
        Amount,
        Field(
            gt=0,
            le=1_000_000,
            description="a share for load and saturation, else per replica; near what it is at rest",
        ),
    ]
    least: Number = 1
    most: Number
    every: Positive = 15_000_000
    window: Positive = 30_000_000
    up_cooldown: Duration = 0
    down_cooldown: Duration = 300_000_000
    step: Annotated[Number | None, Field(description="at most so many more replicas at a time")] = None

    @model_validator(mode="after")
    def _room(self) -> Autoscaling:
        if self.least > self.most:
            raise ValueError(f"least(={self.least}) must be <= most(={self.most})")
        return self


class Replication(Model):
    """This database is a replica: it takes in what `primary` writes, `lag` later, and can be promoted by failover.

    The primary ships a write `lag` after it was done; a primary that is down or cut off by a partition ships nothing
    until that is over, and the lag grows. What the replica has not taken in at a failover is lost, for other replicas
    too. With `rejoin` the old primary then copies everything anew, which costs nobody anything, and follows the new one
    with the same lag, so that one can go back.
    """

    primary: Annotated[Name, Field(alias="of")]
    lag: Annotated[Duration, Field(description="at rest; apply work waits in the replica's own queue")] = 200_000
    apply: Annotated[StrictFloat, Field(ge=0, le=100, description="work on a write, relative to its service time")] = (
        0.2
    )
    rejoin: Annotated[
        Duration | None,
        Field(description="so long after a failover, once it is up, the old primary is a replica; never, if unsaid"),
    ] = None


class CrashLoop(Model):
    """After a crash the restart waits: `first`, doubled with each crash in a row up to `most` (as Kubernetes does)."""

    first: Positive = 10_000_000
    most: Positive = 300_000_000
    steady: Annotated[Positive, Field(description="running so long, the count begins anew")] = 600_000_000


# What an edge may have.


class Breaker(Model):
    """A circuit breaker: opens when the share `failures` of at least `calls` within `window` failed.

    Open, it refuses everything for `open_for`; then half-open: `trials` calls go through, and all must succeed.
    """

    failures: Annotated[Ratio, Field(gt=0)] = 0.5
    calls: Number = 20
    window: Positive = 10_000_000
    open_for: Positive = 10_000_000
    trials: Number = 3


class Pool(Model):
    """A connection pool: `size` attempts on their way at once for each replica of the caller; others wait their turn.

    An attempt waits at most `wait` (its own timeout, if unsaid), then fails without having been sent. Threads that call
    one at a time never need more connections than there are workers.
    """

    size: Number
    wait: Positive | None = None


class Throttle(Model):
    """Adaptive client throttling: refuses locally with p = max(0, (requests - k accepts) / (requests + 1)).

    Both are counted over `window`. Source: Site Reliability Engineering (2016), chapter 21, Handling Overload.
    """

    k: Annotated[StrictFloat, Field(gt=0, le=100)] = 2.0
    window: Positive = 120_000_000


class Hedge(Model):
    """Sends a call again when no answer came within `after`, and takes the first answer (Dean and Barroso 2013).

    At most the share `most` of the calls of the last 100 is hedged.
    """

    after: Positive
    most: Annotated[Ratio, Field(gt=0)] = 0.1


class Cache(Model):
    """What this edge asks for is kept: a call whose key is warm is answered at once, and never reaches the callee.

    Keys are drawn from `keys` with popularity 1 / rank^skew. An answer in time fills the cache, for `ttl` (for good, if
    unsaid). `at` names the service that holds it: when that one is killed or flushed, it is empty; while it is down or
    did not answer this request, every call is a miss: give the caller an edge to it, in an earlier stage, `required:
    false`. At most `capacity` keys are kept, the least recently used go. None of this can be changed in a session.
    """

    at: Name | None = None
    keys: Number = 10_000
    skew: Annotated[StrictFloat, Field(ge=0, le=3)] = 0.0
    ttl: Positive | None = None
    capacity: Number | None = None
    warm: Annotated[StrictBool, Field(description="full when the session begins")] = True
    coalesce: Annotated[StrictBool, Field(description="misses on one key wait for the first one's answer")] = False
    takes: Annotated[Duration, Field(description="time of a hit")] = 0


class Consumption(Model):
    """The callee takes messages that wait at the caller, a queue: `prefetch` at a time for each of its replicas.

    A message that is not done within the edge's timeout (visibility timeout), or fails, comes back; after `receives`
    times it goes to the dead letters. Producers wait only until the message is stored: customers feel a backlog when
    the queue is full (`queue_limit`), or where its consumers take what others need.
    """

    prefetch: Number = 1
    receives: Number = 5


# What clients do.


class Clients(Model):
    """What clients do when they fail: come back `retries` times, after `delay`, doubled up to `delay_most`.

    A retry is the same request to the objective. `jitter` is the share of the delay that is drawn; without it all who
    failed together come back together. `patience` is the mean time for which a client waits in line before it leaves
    (exponential; only while it waits for a worker of the first service).
    """

    retries: Annotated[StrictInt, Field(ge=0, le=100)] = 0
    delay: Duration = 1_000_000
    delay_most: Positive = 60_000_000
    growth: Annotated[StrictFloat, Field(ge=1, le=10)] = 2.0
    jitter: Ratio = 0.0
    patience: Positive | None = None


class Series(Model):
    """Recorded traffic: a factor on the rate for each step of `every`, straight lines between them."""

    every: Positive
    factors: Annotated[tuple[Annotated[StrictFloat, Field(ge=0, le=1000)], ...], Field(min_length=2, max_length=20_000)]
