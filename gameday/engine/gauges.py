"""What is read off the kernel at the end of each second, besides what its windows count.

Owns which attribute of the kernel a metric is. What a service does not have, it has no such metric of; a metric that no
service has is not read.
"""

from __future__ import annotations

from gameday.core.units import MICRO
from gameday.engine.signals import SignalStore
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.stations import Station


def wire(signals: SignalStore, kernel: Traffic) -> None:
    """Let the store read them."""
    stations = kernel.services
    signals.add_gauge("replicas", lambda service: float(stations[service].replicas))
    if any(station.spec.per_replica for station in stations.values()):
        signals.add_gauge("healthy", lambda service: _healthy(stations[service]))
    if any(station.spec.replication for station in stations.values()):
        signals.add_gauge("lag", lambda service: _lag(stations[service]))
    if any(station.broker for station in stations.values()):
        signals.add_gauge("backlog", lambda service: _backlog(stations[service]))
    pooled: dict[str, list[Edge]] = {}
    cached: dict[str, list[Edge]] = {}
    for edge in kernel.edges.values():
        if edge.spec.pool is not None:
            pooled.setdefault(edge.caller.name, []).append(edge)
        if edge.spec.cache is not None:
            for service in dict.fromkeys((edge.caller.name, edge.spec.cache.at or edge.caller.name)):
                cached.setdefault(service, []).append(edge)
    if pooled:
        signals.add_gauge("pool", lambda service: _fullest(pooled.get(service, [])))
    if cached:
        look_ups = {service: LookUps(edges) for service, edges in cached.items()}
        signals.add_gauge("look_ups", lambda service: look_ups[service].close() if service in look_ups else None)
        signals.add_gauge("hits", lambda service: look_ups[service].hits if service in look_ups else None)


class LookUps:
    """Look-ups in the caches that a service has or uses, second by second."""

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


def _healthy(station: Station) -> float | None:
    return float(station.healthy) if station.spec.per_replica else None


def _lag(station: Station) -> float | None:
    return station.replica_of.lag / MICRO if station.replica_of is not None else None


def _backlog(station: Station) -> float | None:
    return float(station.broker.backlog) if station.broker is not None else None


def _fullest(edges: list[Edge]) -> float | None:
    pools = [edge.pool for edge in edges if edge.pool is not None]
    return max((min(1.0, pool.in_use / max(pool.size, 1)) for pool in pools), default=None)
