"""From the effects in force to the attributes of the traffic kernel: a setter for each parameter.

Owns which attribute a parameter is and how missing capacity falls on replicas. Does not own how effects combine
(`gameday.engine.effects`).
"""

from __future__ import annotations

from math import floor

from gameday.core.kinds.effects import PARAMETERS
from gameday.engine.effects import EffectBook, Replica, Setter
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.stations import ReplicaRow, Station

_ALL = 1.0 - 1e-9
"""A share beyond which nothing is left."""

_NEUTRAL = {"service_time": 1.0, "latency": 0.0, "errors": 0.0}
"""What can differ by class and by replica at once, and what it is without any effect."""


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
    if not book.differs_by_replica(target, *_NEUTRAL):
        station.set_rows(None)
        return
    rows = []
    for replica in _replicas(book, station):
        values = [
            [book.combined(target, parameter, neutral, entry, segment, replica) for entry, segment in traffic.classes]
            for parameter, neutral in _NEUTRAL.items()
        ]
        rows.append(ReplicaRow(values[0], [round(value) for value in values[1]], values[2]))
    station.set_rows(rows)


def _replicas(book: EffectBook, station: Station) -> list[Replica]:
    """All that the service is meant to have now, at least one."""
    of = max(1, round(book.combined(station.name, "replicas", station.spec.replicas)))
    return [_replica(station, number, of) for number in range(of)]


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
        _caller_rows(book, traffic, target)

    return apply


def _caller_rows(book: EffectBook, traffic: Traffic, target: str) -> None:
    """Where the caller's replicas differ in how they call, each has its own values."""
    edge = traffic.edges[target]
    if not book.differs_by_replica(target):
        edge.set_rows(None)
        return
    spec, rows = edge.spec, []
    for replica in _replicas(book, edge.caller):

        def value(parameter: str, base: float = 0.0, replica: Replica = replica) -> float:
            return book.combined(target, parameter, base, replica=replica)

        rows.append(
            edge.row(
                timeout=round(value("timeout", spec.timeout)),
                rate=value("call_limit", spec.limit.rate if spec.limit is not None else 0.0),
                retries=round(value("retries", spec.retries)),
                backoff=round(value("backoff", spec.backoff)),
                loss=value("loss"),
                latency=round(value("delay")),
                unauthorized=value("unauthorized"),
            )
        )
    edge.set_rows(rows)


def _capacity(book: EffectBook, traffic: Traffic, target: str) -> None:
    """Each replica has the workers that are left to it; one without any does not run.

    Drained replicas do not serve either, but their balancer knows.
    """
    station = traffic.services[target]
    count = round(book.combined(target, "replicas", station.spec.replicas))
    replicas = [_replica(station, number, count) for number in range(count)]
    workers = book.by_replica(target, "workers", station.spec.workers, replicas)
    lost = book.by_replica(target, "lost", 0.0, replicas)
    drained = book.by_replica(target, "drained", 0.0, replicas)
    each = _left([round(own) for own in workers], lost)
    there = [own for own in each if own]
    station.set_capacity(
        count,
        round(sum(there) / len(there)) if there else station.spec.workers,
        tuple([number for number, own in enumerate(each) if not own]),
        tuple([number for number, share in enumerate(drained) if share >= _ALL]),
        each,
    )
    _rows(book, traffic, target)
    _limit_rows(book, traffic, target)
    for edge in traffic.edges.values():
        if edge.caller is station:
            _caller_rows(book, traffic, edge.name)


def _left(workers: list[int], lost: list[float]) -> list[int]:
    """What is left of each replica's workers: to the nearest whole one in all together, one at least if any is left.

    Those that lose the same share lose as many each, or one more.
    """
    each, exact = [], 0.0
    for own, share in zip(workers, lost, strict=True):
        before = floor(exact + 0.5 + 1e-9)
        exact += 0.0 if share >= _ALL else own * (1.0 - share)
        each.append(floor(exact + 0.5 + 1e-9) - before)
    if not any(each):
        first = next((number for number, share in enumerate(lost) if share < _ALL), None)
        if first is not None:
            each[first] = 1
    return each


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
        if owners == "services":
            _limit_rows(book, traffic, target)
        elif owners == "edges":
            _caller_rows(book, traffic, target)

    return apply


def _limit_rows(book: EffectBook, traffic: Traffic, target: str) -> None:
    """Where an effect limits some of the replicas, each has its own limit."""
    station = traffic.services[target]
    if not book.differs_by_replica(target) or not book.has(target, "limit"):
        station.set_limits(None)
        return
    own = 0.0 if station.spec.limit is None else station.spec.limit.rate
    station.set_limits([book.combined(target, "limit", own, replica=replica) for replica in _replicas(book, station)])


def _pool(book: EffectBook, traffic: Traffic, target: str) -> None:
    edge = traffic.edges[target]
    size = edge.spec.pool.size if edge.spec.pool is not None else 0
    sizes = None
    if book.differs_by_replica(target):
        replicas = _replicas(book, edge.caller)
        sizes = [round(book.combined(target, "pool_size", size, replica=replica)) for replica in replicas]
    common, leaked = book.combined(target, "pool_size", size), book.combined(target, "pool_leaked", 0.0)
    edge.set_pool(round(common), round(leaked), sizes)


def _paused(book: EffectBook, traffic: Traffic, target: str) -> None:
    traffic.set_paused(traffic.edges[target], book.combined(target, "paused", 0.0) > 0.0)


def _shifted(book: EffectBook, traffic: Traffic, target: str) -> None:
    traffic.entries[target].set_shift(book.combined(target, "shifted", 0.0))


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
