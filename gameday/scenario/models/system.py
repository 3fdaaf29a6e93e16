"""The system: services, dependencies, flags, and the traffic that comes to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.kinds.effects import Effect
from gameday.core.kinds.mechanisms import (
    Autoscaling,
    Breaker,
    Cache,
    Clients,
    CoDel,
    Consumption,
    Contention,
    CrashLoop,
    Discipline,
    Hedge,
    Memory,
    Pool,
    Replicas,
    Replication,
    Series,
    Throttle,
    WarmUp,
)
from gameday.core.kinds.mechanisms import (
    Limit as RateLimit,
)
from gameday.core.kinds.services import PRESETS, Overflow, ServiceKind, Waits
from gameday.core.quantities import Duration, Name, Rate, Ratio, Text

Count = Annotated[StrictInt, Field(ge=1, le=100_000)]
Limit = Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class Service(Model):
    """A service: how many replicas, how many workers each, how long work takes, what waits and what overflows."""

    kind: ServiceKind = "http"
    team: Annotated[Name | None, Field(description="the team that owns it")] = None
    summary: Text = ""
    replicas: Count = 1
    workers: Annotated[Count, Field(description="requests that one replica works on at a time")] = 8
    service_time: Annotated[Duration, Field(description="mean time of its own work")]
    variability: Annotated[
        float, Field(ge=0, le=100, description="squared coefficient of variation of the service time")
    ] = 0.5
    waits: Annotated[
        Waits | None, Field(description="thread: holds its worker while calls downstream last; loop: does not")
    ] = None
    queue_limit: Annotated[Limit, Field(description="how many may wait for a worker")] = 500
    in_flight: Annotated[Count | None, Field(description="how many may be inside at all")] = None
    overflow: Annotated[
        Overflow | None, Field(description="refuse: the caller knows at once; drop: it waits for its timeout")
    ] = None
    skip_expired: Annotated[StrictBool, Field(description="work whose caller has given up is skipped")] = False
    start_up: Annotated[Duration, Field(description="time a replica needs to start")] = 20_000_000
    version: Text = "v1"
    per_replica: Annotated[Replicas | None, Field(description="a queue for each replica, behind a balancer")] = None
    discipline: Annotated[Discipline | None, Field(description="whose turn it is; fifo, if unsaid")] = None
    codel: CoDel | None = None
    contention: Contention | None = None
    warm_up: WarmUp | None = None
    limit: Annotated[RateLimit | None, Field(description="more than this is turned away (429)")] = None
    zones: Annotated[tuple[Name, ...] | None, Field(description="its replicas are spread over them in turn")] = None
    autoscaling: Autoscaling | None = None
    memory: Memory | None = None
    crash_loop: CrashLoop | None = None
    replication: Annotated[Replication | None, Field(description="it is a replica of another database")] = None

    @property
    def waiting(self) -> Waits:
        return self.waits or PRESETS[self.kind].waits

    @property
    def overflowing(self) -> Overflow:
        return self.overflow or PRESETS[self.kind].overflow


class RetryBudget(Model):
    """A token bucket: each success earns, each retry spends one token, without tokens there is no retry."""

    initial: Annotated[StrictFloat, Field(ge=0, le=1e6)] = 10.0
    capacity: Annotated[StrictFloat, Field(gt=0, le=1e6)] = 100.0
    per_success: Annotated[StrictFloat, Field(ge=0, le=1)] = 0.1


class Dependency(Model):
    """An edge from one service to another. Its name is `caller>callee`, with `#label` where there are several."""

    caller: Annotated[Name, Field(alias="from")]
    callee: Annotated[Name, Field(alias="to")]
    label: Annotated[Name | None, Field(description="tells several edges between the same services apart")] = None
    entries: Annotated[tuple[Name, ...] | None, Field(alias="for", description="for these entries only")] = None
    stage: Annotated[StrictInt, Field(ge=0, le=100, description="stages run in turn, calls in one at once")] = 0
    calls: Annotated[StrictFloat, Field(gt=0, le=100, description="calls per request; 0.3 is three in ten")] = 1.0
    mode: Annotated[
        Literal["sync", "async", "pull"],
        Field(description="sync: the caller waits; async: it does not; pull: from a queue to its consumer"),
    ] = "sync"
    required: Annotated[StrictBool, Field(description="false: where it fails there is a fallback")] = True
    timeout: Duration | None = None
    retries: Annotated[StrictInt, Field(ge=0, le=20)] = 0
    backoff: Annotated[Duration, Field(description="doubled with each retry")] = 0
    backoff_max: Duration = 30_000_000
    least_delay: Annotated[Duration, Field(description="no retry comes sooner")] = 0
    jitter: Annotated[Ratio, Field(description="share of the delay that is drawn")] = 0.0
    budget: RetryBudget | None = None
    breaker: Breaker | None = None
    pool: Pool | None = None
    throttle: Throttle | None = None
    hedge: Hedge | None = None
    limit: RateLimit | None = None
    cache: Cache | None = None
    consumption: Annotated[Consumption | None, Field(description="of a pull edge")] = None
    deadline: Annotated[StrictBool | None, Field(description="the callee knows how long anybody will wait")] = None
    cancels: Annotated[StrictBool | None, Field(description="what was given up on stops at once")] = None
    writes: Annotated[StrictBool | None, Field(description="these calls change data")] = None

    @model_validator(mode="after")
    def _waiting_has_a_limit(self) -> Dependency:
        if self.mode == "async" and (self.timeout is not None or self.retries):
            raise ValueError("nobody waits for an async call: it has neither timeout nor retries")
        if self.mode == "sync" and self.timeout is None:
            raise ValueError("a call that somebody waits for needs a timeout")
        if self.mode == "pull" and (self.timeout is None or self.retries or self.consumption is None):
            raise ValueError("a pull edge has consumption and a timeout (its visibility timeout), and no retries")
        if self.mode != "pull" and self.consumption is not None:
            raise ValueError("consumption belongs to an edge with mode: pull, from a queue to its consumer")
        if self.timeout == 0:
            raise ValueError("a timeout of zero lets nothing through")
        return self

    @property
    def name(self) -> str:
        return f"{self.caller}>{self.callee}" + (f"#{self.label}" if self.label else "")


class Flag(Model):
    """A feature flag: whether it is on when the session begins, and what it does to the system while it is on."""

    summary: Text = ""
    state: Literal["on", "off"] = "off"
    effects: tuple[Effect, ...] = ()


class ShapePoint(Model):
    """From `at` on the rate is `factor` times the entry's; straight lines between points, and 1 before the first."""

    at: Duration
    factor: Annotated[StrictFloat, Field(ge=0, le=1000)]


class Entry(Model):
    """A kind of request that comes from outside."""

    to: Annotated[Name, Field(description="the service that it comes to")]
    summary: Text = ""
    rate: Rate
    timeout: Annotated[Duration, Field(description="how long the client waits", gt=0)]
    weight: Annotated[StrictFloat, Field(gt=0, le=1000, description="how much one such request matters")] = 1.0
    counts: Annotated[StrictBool, Field(description="false: traffic that is not demand, a crawler say")] = True
    segments: Annotated[
        dict[Name, Ratio], Field(description="shares of its requests that differ in a hidden way; the rest is unnamed")
    ] = Field(default_factory=dict)
    shape: tuple[ShapePoint, ...] = ()
    series: Annotated[Series | None, Field(description="recorded traffic, instead of a shape")] = None
    clients: Annotated[Clients | None, Field(description="what clients do when they fail")] = None
    priority: Annotated[
        StrictInt | None, Field(ge=0, le=9, description="0 is served first; beyond the queue's limit the last go first")
    ] = None
    limit: Annotated[RateLimit | None, Field(description="more than this is turned away at the door")] = None
    alternate: Annotated[Name | None, Field(description="the service that shifted traffic comes to")] = None

    @model_validator(mode="after")
    def _shares_fit(self) -> Entry:
        total = sum(self.segments.values())
        if total > 1.0 + 1e-9:
            raise ValueError(f"the segments' shares add up to {total:.4g}, more than 1")
        return self

    def course(self, common: tuple[ShapePoint, ...]) -> tuple[tuple[int, float], ...]:
        """Factors on the rate at times in microseconds, straight lines between: its own, or what all have in common."""
        if self.series is not None:
            return tuple((number * self.series.every, factor) for number, factor in enumerate(self.series.factors))
        points = tuple((point.at, point.factor) for point in self.shape or common)
        first = points[0][0] if points else 1
        if first == 0:
            return points
        # Before the first point the rate is what it is: a step there, in the last microsecond.
        return ((0, 1.0), (first - 1, 1.0), *points) if first > 1 else ((0, 1.0), *points)


class Certificate(Model):
    """A certificate of a service: nobody can connect to it after it expired, until it is renewed."""

    service: Name
    expires: Annotated[Duration, Field(description="after the start of the session")]


class Credential(Model):
    """A password or token with which `caller` uses `service`; expired, it is turned away."""

    service: Name
    caller: Name
    expires: Annotated[Duration | None, Field(description="after the start of the session; never, if unsaid")] = None


class Traffic(Model):
    """All that comes from outside. `scale` says how many real requests one simulated request stands for.

    Whatever a scenario or a command sets is in simulated requests: rates, limits, workers, pools, queues. Shown are
    real ones: the metrics rate, goodput, retries and backlog, in conditions too; queue and in_flight are not.
    """

    scale: Annotated[StrictFloat, Field(gt=0, le=1e6)] = 1.0
    shape: Annotated[tuple[ShapePoint, ...], Field(description="for entries without a shape of their own")] = ()
    entries: Annotated[dict[Name, Entry], Field(min_length=1)]


class System(Model):
    """What is rehearsed on."""

    services: Annotated[dict[Name, Service], Field(min_length=1)]
    dependencies: tuple[Dependency, ...] = ()
    flags: dict[Name, Flag] = Field(default_factory=dict)
    zones: Annotated[tuple[Name, ...] | None, Field(description="availability zones")] = None
    certificates: dict[Name, Certificate] | None = None
    credentials: dict[Name, Credential] | None = None
    quota: Annotated[Count | None, Field(description="replicas that can be had in all, the ones that run included")] = (
        None
    )
    traffic: Traffic
