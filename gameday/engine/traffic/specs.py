"""What a traffic kernel is built from: services, edges between them, entries with their demand.

Owns the plain descriptions and their checks. Does not own scenario models: the world converts those to these.
All times are integer microseconds, all rates are per second.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from gameday.core.kinds.mechanisms import (
    Breaker,
    Cache,
    Clients,
    CoDel,
    Consumption,
    Contention,
    Discipline,
    Hedge,
    Limit,
    Pool,
    Replicas,
    Replication,
    Throttle,
    WarmUp,
)


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """One service. `workers` is per replica; `variability` is the squared coefficient of variation of the service time.

    A `thread` worker is held while the visit's calls downstream last, a `loop` worker only during the visit's own work.
    `queue_limit` counts all waiting visits, `in_flight` all visits admitted and not ended; beyond either, `overflow`
    decides: a refused caller knows at once, a dropped one waits for its timeout. Replica number n is in zone n modulo
    the number of `zones`. The mechanisms are described in `gameday.core.kinds.mechanisms`; None means without it.
    """

    name: str
    kind: Literal["thread", "loop"] = "thread"
    replicas: int = 1
    workers: int = 1
    service_time: int = 10_000
    variability: float = 1.0
    distribution: Literal["lognormal", "exponential", "constant"] = "lognormal"
    queue_limit: int = 1000
    overflow: Literal["refuse", "drop"] = "refuse"
    in_flight: int | None = None
    skip_expired: bool = False
    per_replica: Replicas | None = None
    discipline: Discipline = "fifo"
    codel: CoDel | None = None
    contention: Contention | None = None
    warm_up: WarmUp | None = None
    limit: Limit | None = None
    zones: tuple[str, ...] = ()
    replication: Replication | None = None


@dataclass(frozen=True, slots=True)
class BudgetSpec:
    """A retry budget as a token bucket (Brooker, 2022-02-28): a success earns `per_success`, a retry spends `cost`."""

    initial: float = 10.0
    capacity: float = 100.0
    per_success: float = 0.1
    cost: float = 1.0


@dataclass(frozen=True, slots=True)
class EdgeSpec:
    """A dependency. `entries` are those whose requests take it (None: all); stages run in ascending order.

    `calls` may be fractional. `async` calls are fired and forgotten: no timeout, no retries. An optional call that
    fails falls back. The delay before retry n is `backoff * 2**n` up to `backoff_max`, of which the share `jitter`
    is drawn uniformly; never below `least_delay`. `pull` edges lead from a queue to its consumer. With `deadline` the
    callee knows how long anybody will wait and starts nothing that comes too late; with `cancels` work that the caller
    gave up on ends at once.
    """

    name: str
    caller: str
    callee: str
    entries: tuple[str, ...] | None = None
    stage: int = 0
    calls: float = 1.0
    mode: Literal["sync", "async", "pull"] = "sync"
    required: bool = True
    timeout: int = 1_000_000
    retries: int = 0
    backoff: int = 0
    backoff_max: int = 10_000_000
    least_delay: int = 0
    jitter: float = 0.0
    budget: BudgetSpec | None = None
    breaker: Breaker | None = None
    pool: Pool | None = None
    throttle: Throttle | None = None
    hedge: Hedge | None = None
    limit: Limit | None = None
    cache: Cache | None = None
    consumption: Consumption | None = None
    deadline: bool = False
    cancels: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class SegmentSpec:
    """A hidden attribute of an entry's requests (a country, a client version) and its share of them."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class EntrySpec:
    """Demand from outside. `shape` is the rate per second at times, linear between them, constant before and after.

    The client waits at most `timeout`; a request is good when it succeeds within `threshold`. A request of lower
    `priority` is served first where a service has several waiting. `alternate` is another way in, for shifted traffic.
    """

    name: str
    to: str
    shape: tuple[tuple[int, float], ...]
    timeout: int = 10_000_000
    threshold: int = 1_000_000
    segments: tuple[SegmentSpec, ...] = ()
    clients: Clients | None = None
    priority: int = 0
    alternate: str | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class TrafficSpec:
    """The whole system as the kernel sees it. Raises ValueError when names do not fit together."""

    services: tuple[ServiceSpec, ...]
    edges: tuple[EdgeSpec, ...]
    entries: tuple[EntrySpec, ...]

    def __post_init__(self) -> None:
        services = [service.name for service in self.services]
        entries = [entry.name for entry in self.entries]
        for kind, named in (("service", self.services), ("edge", self.edges), ("entry", self.entries)):
            _check_unique(kind, [one.name for one in named])
        for edge in self.edges:
            _check_defined(f'edge "{edge.name}"', "service", (edge.caller, edge.callee), services)
            _check_defined(f'edge "{edge.name}"', "entry", edge.entries or (), entries)
            if edge.mode == "sync" and edge.timeout <= 0:
                raise ValueError(f'edge "{edge.name}": timeout(={edge.timeout}) must be > 0')
        for entry in self.entries:
            _check_defined(f'entry "{entry.name}"', "service", (entry.to,), services)
            _check_defined(f'entry "{entry.name}"', "service", (entry.alternate or entry.to,), services)
            if not entry.shape:
                raise ValueError(f'entry "{entry.name}": its shape has no point')
            if any(later < earlier for (earlier, _), (later, _) in pairwise(entry.shape)):
                raise ValueError(f'entry "{entry.name}": the times of its shape must not fall')
            _check_unique("segment", [segment.name for segment in entry.segments])


def _check_unique(kind: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f'{kind} "{name}" is defined twice')
        seen.add(name)


def _check_defined(where: str, kind: str, names: tuple[str, ...], defined: list[str]) -> None:
    for name in names:
        if name not in defined:
            raise ValueError(f'{where}: {kind} "{name}" is not defined')
