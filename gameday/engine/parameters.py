"""From the effects in force to the attributes of the traffic kernel: a setter for each parameter.

Owns which attribute a parameter is and how missing capacity falls on replicas. Does not own how effects combine
(`gameday.engine.effects`).
"""

from __future__ import annotations

from math import fsum

from gameday.core.kinds.effects import PARAMETERS
from gameday.engine.effects import ALL, EffectBook, Replica, Setter
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.stations import ReplicaRow, Station


def _by_class(parameter: str, attribute: str, *, whole: bool = False, entries: bool = False) -> Setter:
    neutral = 1.0 if PARAMETERS[parameter].combine == "multiply" else 0.0

    def apply(book: EffectBook, traffic: Traffic, target: str) -> None:
        owner = traffic.entries[target] if entries else traffic.services[target]
        values = getattr(owner, attribute)
        for c, (entry, segment) in enumerate(traffic.classes):
            value = book.combined(target, parameter, neutral, entry, segment)
            values[c] = round(value) if whole else value
        if not entries:
            _rows(book, traffic, target)

    return apply


def _rows(book: EffectBook, traffic: Traffic, target: str) -> None:
    """Where replicas differ, each has its own scale, delay and error, by class."""
    station = traffic.services[target]
    if not book.differs_by_replica(target):
        station.set_rows(None)
        return
    of = max(1, round(book.combined(target, "replicas", station.spec.replicas)))
    rows = []
    for number in range(of):
        replica = _replica(station, number, of)
        values = [
            [book.combined(target, parameter, neutral, entry, segment, replica) for entry, segment in traffic.classes]
            for parameter, neutral in (("service_time", 1.0), ("latency", 0.0), ("errors", 0.0))
        ]
        rows.append(ReplicaRow(values[0], [round(value) for value in values[1]], values[2]))
    station.set_rows(rows)


def _replica(station: Station, number: int, of: int) -> Replica:
    zones = station.spec.zones
    return Replica(number, of, zones[number % len(zones)] if zones else "")


def _edge(parameter: str, attribute: str, *, whole: bool = False) -> Setter:
    def apply(book: EffectBook, traffic: Traffic, target: str) -> None:
        edge = traffic.edges[target]
        spec_value = (
            0.0 if parameter in ("loss", "delay", "unauthorized", "breaker") else float(getattr(edge.spec, parameter))
        )
        value = book.combined(target, parameter, spec_value)
        setattr(edge, attribute, round(value) if whole else value)

    return apply


def _capacity(book: EffectBook, traffic: Traffic, target: str) -> None:
    """Lost capacity: the replicas that an effect names; else whole ones where that comes out even; else workers.

    Drained replicas do not serve either, but their balancer knows.
    """
    station = traffic.services[target]
    replicas = round(book.combined(target, "replicas", station.spec.replicas))
    workers = round(book.combined(target, "workers", station.spec.workers))
    common = book.combined(target, "lost", 0.0)
    if book.differs_by_replica(target):
        lost = [book.combined(target, "lost", 0.0, replica=_replica(station, n, replicas)) for n in range(replicas)]
        down = tuple(number for number, share in enumerate(lost) if share >= 1.0 - 1e-9)
        partly = [share for share in lost if share < 1.0 - 1e-9]
        left = 1.0 - fsum(partly) / len(partly) if partly else 1.0
        drained = tuple(n for n in range(replicas) if _is_drained(book, target, _replica(station, n, replicas)))
        station.set_capacity(replicas, workers if left >= 1.0 else max(1, round(workers * left)), down, drained)
    elif _is_drained(book, target, ALL):
        station.set_capacity(replicas, workers, (), tuple(range(replicas)))
    else:
        left = replicas * (1.0 - common)
        if abs(left - round(left)) < 1e-9:
            station.set_capacity(replicas, workers, tuple(range(replicas - round(left))))
        else:
            station.set_capacity(replicas, max(1, round(workers * (1.0 - common))))
    _rows(book, traffic, target)


def _is_drained(book: EffectBook, target: str, replica: Replica) -> bool:
    return book.combined(target, "drained", 0.0, replica=replica) >= 1.0 - 1e-9


def _queue_limit(book: EffectBook, traffic: Traffic, target: str) -> None:
    station = traffic.services[target]
    station.queue_limit = round(book.combined(target, "queue_limit", station.spec.queue_limit))


def _service(parameter: str, attribute: str, *, whole: bool = False) -> Setter:
    def apply(book: EffectBook, traffic: Traffic, target: str) -> None:
        value = book.combined(target, parameter, 0.0)
        setattr(traffic.services[target], attribute, round(value) if whole else value)

    return apply


def _in_flight(book: EffectBook, traffic: Traffic, target: str) -> None:
    station = traffic.services[target]
    value = book.combined(target, "in_flight", station.spec.in_flight or 0)
    station.in_flight_limit = round(value) or None


def _limit(parameter: str, owners: str) -> Setter:
    """A rate limit: that of the scenario where no effect sets another; 0 stands for none."""

    def apply(book: EffectBook, traffic: Traffic, target: str) -> None:
        owner = getattr(traffic, owners)[target]
        own = owner.spec.limit
        owner.set_limit(book.combined(target, parameter, own.rate if own is not None else 0.0))

    return apply


def _pool(book: EffectBook, traffic: Traffic, target: str) -> None:
    edge = traffic.edges[target]
    size = edge.spec.pool.size if edge.spec.pool is not None else 0
    edge.set_pool(round(book.combined(target, "pool_size", size)), round(book.combined(target, "pool_leaked", 0.0)))


def _paused(book: EffectBook, traffic: Traffic, target: str) -> None:
    traffic.set_paused(traffic.edges[target], book.combined(target, "paused", 0.0) > 0.0)


def _shifted(book: EffectBook, traffic: Traffic, target: str) -> None:
    traffic.entries[target].shift = book.combined(target, "shifted", 0.0)


def _spikes(book: EffectBook, traffic: Traffic, target: str) -> None:
    entry, wanted = traffic.entries[target], book.spikes(target)
    for source, stream in list(entry.spikes.items()):
        if abs(wanted.get(source, 0.0) - 1.0 - stream.factor) > 1e-9:
            entry.remove_spike(source)
    for source, factor in wanted.items():
        if source not in entry.spikes and factor > 1.0:
            entry.add_spike(source, factor)


SETTERS: dict[str, Setter] = {
    "service_time": _by_class("service_time", "scale"),
    "latency": _by_class("latency", "delay", whole=True),
    "errors": _by_class("errors", "error"),
    "shed": _by_class("shed", "shed"),
    "lost": _capacity,
    "drained": _capacity,
    "replicas": _capacity,
    "workers": _capacity,
    "queue_limit": _queue_limit,
    "in_flight": _in_flight,
    "limit": _limit("limit", "services"),
    "certificate": _service("certificate", "certificate"),
    "dns": _service("dns", "dns"),
    "write_errors": _service("write_errors", "write_errors"),
    "hot_key": _service("hot_key", "hot_key"),
    "poison": _service("poison", "poison"),
    "lag": _service("lag", "lag_added", whole=True),
    "timeout": _edge("timeout", "timeout", whole=True),
    "retries": _edge("retries", "retries", whole=True),
    "loss": _edge("loss", "loss"),
    "delay": _edge("delay", "latency", whole=True),
    "calls": _edge("calls", "calls"),
    "backoff": _edge("backoff", "backoff", whole=True),
    "unauthorized": _edge("unauthorized", "unauthorized"),
    "pool_size": _pool,
    "pool_leaked": _pool,
    "paused": _paused,
    "breaker": _edge("breaker", "breaker_mode", whole=True),
    "call_limit": _limit("call_limit", "edges"),
    "traffic": _spikes,
    "blocked": _by_class("blocked", "block", entries=True),
    "demand_limit": _limit("demand_limit", "entries"),
    "shifted": _shifted,
}
