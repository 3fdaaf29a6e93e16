"""What is read off the kernel at the end of each second, besides what its windows count.

Owns which attribute of the kernel a metric is. What a service or an edge does not have, it has no such metric of; a
metric that none has is not read.
"""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.signals import BREAKER_STATES
from gameday.core.units import MICRO
from gameday.engine.signals import SignalStore
from gameday.engine.traffic.edges import FORCED_CLOSED, FORCED_OPEN, Edge
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.mechanisms.breakers import CLOSED, HALF_OPEN, OPEN
from gameday.engine.traffic.stations import Station

_FORCED = {FORCED_OPEN: OPEN, FORCED_CLOSED: CLOSED}
_SHOWN = {
    state: float(BREAKER_STATES.index(word))
    for state, word in ((CLOSED, "closed"), (OPEN, "open"), (HALF_OPEN, "half-open"))
}


def wire(signals: SignalStore, kernel: Traffic) -> None:
    """Let the store read them."""
    _wire_services(signals, kernel)
    _wire_edges(signals, kernel.edges)


def _wire_services(signals: SignalStore, kernel: Traffic) -> None:
    stations = kernel.services
    pooled: dict[str, list[Edge]] = {}
    cached: dict[str, list[Edge]] = {}
    for edge in kernel.edges.values():
        if edge.spec.pool is not None:
            pooled.setdefault(edge.caller.name, []).append(edge)
        if edge.spec.cache is not None:
            for service in dict.fromkeys((edge.caller.name, edge.spec.cache.at or edge.caller.name)):
                cached.setdefault(service, []).append(edge)
    look_ups = {service: LookUps(edges) for service, edges in cached.items()}
    checked = [name for name, station in stations.items() if station.spec.per_replica]
    following = [name for name, station in stations.items() if station.spec.replication or _may_follow(station)]
    queues = [name for name, station in stations.items() if station.broker]
    signals.add_gauge("replicas", lambda service: float(stations[service].replicas), stations)
    signals.add_gauge("healthy", lambda service: float(stations[service].healthy), checked)
    signals.add_gauge("lag", lambda service: _lag(stations[service]), following)
    signals.add_gauge("backlog", lambda service: _backlog(stations[service]), queues)
    signals.add_gauge("pool", lambda service: _fullest(pooled[service]), pooled)
    signals.add_gauge("look_ups", lambda service: look_ups[service].close(), look_ups)
    signals.add_gauge("hits", lambda service: look_ups[service].hits, look_ups)


def _wire_edges(signals: SignalStore, edges: Mapping[str, Edge]) -> None:
    pooled = [name for name, edge in edges.items() if edge.spec.pool is not None]
    guarded = [name for name, edge in edges.items() if edge.spec.breaker is not None]
    look_ups = {name: LookUps([edge]) for name, edge in edges.items() if edge.spec.cache is not None}
    signals.add_gauge("pool", lambda edge: _fullest([edges[edge]]), pooled)
    signals.add_gauge("breaker", lambda edge: _breaker(edges[edge]), guarded)
    signals.add_gauge("look_ups", lambda edge: look_ups[edge].close(), look_ups)
    signals.add_gauge("hits", lambda edge: look_ups[edge].hits, look_ups)


class LookUps:
    """Look-ups in the caches that a service has or uses, or of one edge, second by second."""

    def __init__(self, edges: list[Edge]) -> None:
        self._edges = edges
        self._before = (0, 0)
        self.hits = 0.0  # of the second that was closed last

    def close(self) -> float:
        """How many there were in the second that ends now."""
        edges, before = self._edges, self._before
        self._before = (sum(edge.lookups for edge in edges), sum(edge.hits for edge in edges))
        self.hits = float(self._before[1] - before[1])
        return float(self._before[0] - before[0])


def _may_follow(station: Station) -> bool:
    """Whether a primary becomes a replica after a failover."""
    return any(one.spec.rejoin is not None for one in station.followers)


def _lag(station: Station) -> float | None:
    return station.replica_of.lag / MICRO if station.replica_of is not None else None


def _backlog(station: Station) -> float | None:
    return float(station.broker.backlog) if station.broker is not None else None


def _fullest(edges: list[Edge]) -> float | None:
    pools = [edge.pool for edge in edges if edge.pool is not None]
    return max((min(1.0, pool.in_use / max(pool.size, 1)) for pool in pools), default=None)


def _breaker(edge: Edge) -> float | None:
    """Its state as it is shown; what somebody forces it to be goes first."""
    if edge.breaker is None:
        return None
    return _SHOWN[_FORCED.get(edge.breaker_mode, edge.breaker.state)]
