"""The mechanisms of services and dependencies in words, as they are set now and as they stand now.

Owns what `describe` and `deps` say about them. Does not say why anything is as it is: effects have no names here.
"""

from __future__ import annotations

from collections.abc import Iterator

from gameday.core.kinds.mechanisms import Autoscaling, Cache, Memory
from gameday.core.units import MAX_RATE, MICRO, format_duration, format_rate
from gameday.engine.looks.base import LookWorld
from gameday.engine.traffic.edges import FORCED_CLOSED, FORCED_OPEN, Edge
from gameday.engine.traffic.mechanisms.breakers import CLOSED, OPEN
from gameday.engine.traffic.stations import Station
from gameday.scenario.models.system import Service

_DISCIPLINES = {
    "lifo": "the newest is served first",
    "codel": "what waits too long is dropped from the head (codel)",
}


def of_service(world: LookWorld, name: str) -> tuple[str, ...]:
    """A line for each group of mechanisms that the service has."""
    service, station = world.scenario.system.services[name], world.traffic.services[name]
    found = (_queueing(service, station), *_balancing(service), _places(station), _scaling(world, name, service))
    return tuple(line for line in (*found, *_more(world, name, service, station)) if line)


def of_edge(world: LookWorld, name: str) -> tuple[str, ...]:
    """A word or two for each mechanism that the dependency has."""
    return tuple(_of_edge(world.traffic.edges[name]))


def _queueing(service: Service, station: Station) -> str:
    parts = [_DISCIPLINES.get(service.discipline or "", "")]
    parts.append("work whose caller has left is skipped" if service.skip_expired else "")
    bucket = station.door.bucket
    parts.append(f"lets in {format_rate(bucket.rate)}" if bucket is not None and bucket.rate < MAX_RATE else "")
    parts.append("slower the more runs at once" if service.contention is not None else "")
    return "; ".join(part for part in parts if part)


def _balancing(service: Service) -> Iterator[str]:
    behind = service.per_replica
    if behind is None:
        return
    health = behind.health
    checks = f"; {'deep' if health.deep else 'health'} checks each {format_duration(health.every)}" if health else ""
    yield f"a queue for each replica, balanced by {behind.balancing}{checks}"
    if behind.ejection is not None:
        lasts, failures = format_duration(behind.ejection.lasts), behind.ejection.failures
        yield f"a replica that fails {failures} times in a row gets nothing for {lasts}"


def _places(station: Station) -> str:
    """Which replicas there are and how they do, where they differ by zone or are told apart by a balancer."""
    if not station.spec.zones and station.spec.per_replica is None:
        return ""
    drained = station.roster.drained
    words = []
    for state in station.replica_states():
        if state.number in drained:
            how = "drained"
        elif not state.up:
            how = "down"
        else:
            how = "ejected" if state.ejected else "ok" if state.healthy else "unhealthy"
        zone = f" ({state.zone})" if state.zone else ""
        words.append(f"{state.number + 1}{zone} {how}")
    return "replicas: " + _first(words)


def _first(words: list[str], most: int = 12) -> str:
    more = len(words) - most
    return ", ".join(words[:most]) + (f" and {more} more" if more > 0 else "")


def _scaling(world: LookWorld, name: str, service: Service) -> str:
    settings = service.autoscaling
    if settings is None:
        return ""
    frozen = ", frozen" if world.autoscalers[name].frozen else ""
    return (
        f"autoscaling from {settings.least} to {settings.most} replicas by {settings.metric}, "
        f"target {_target(settings)}, each {format_duration(settings.every)}{frozen}"
    )


def _target(settings: Autoscaling) -> str:
    if settings.metric in ("load", "saturation"):
        return f"{settings.target:.0%}"
    return f"{settings.target:g} a replica"


def _more(world: LookWorld, name: str, service: Service, station: Station) -> Iterator[str]:
    if service.warm_up is not None:
        slow, lasts = service.warm_up.factor, format_duration(service.warm_up.lasts)
        yield f"{slow:g} times slower after a start, for {lasts}"
    if service.memory is not None:
        yield _memory(service.memory, world.memories.by_replica(name), station)
    if service.crash_loop is not None:
        first, most = format_duration(service.crash_loop.first), format_duration(service.crash_loop.most)
        yield f"after crashes it waits {first}, doubled up to {most}, before it starts"
    if station.replica_of is not None:
        yield f"a replica of {station.replica_of.primary.name}"
    replaced = world.traffic.replaced.get(name)
    if replaced is not None and not replaced.asked:
        yield f"out of service since {replaced.successor.name} took its place"
    if station.broker is not None:
        broker = station.broker
        scale, now = world.scenario.system.traffic.scale, int(world.env.now)
        oldest = (
            f", the oldest for {format_duration(broker.oldest_age(now) // MICRO * MICRO)}" if broker.backlog else ""
        )
        letters = f"dead letters: {round(broker.dead * scale):,}"
        yield f"messages that wait: {round(broker.backlog * scale):,}{oldest}; {letters}"
    for host in [edge for edge in world.traffic.edges.values() if edge.spec.cache and edge.spec.cache.at == name]:
        yield f"holds what {host.caller.name} caches of {host.callee.name}"


def _memory(memory: Memory, used: tuple[float, ...], station: Station) -> str:
    """What is taken at rest; and how full each replica is, where they differ and something leaks."""
    who = "it is killed and starts" if memory.spread is None else "a replica is killed alone and starts"
    states = zip(used, station.replica_states(), strict=True) if used else ()
    drained = station.roster.drained
    words = [
        f"{state.number + 1} {format(share, '.0%') if state.up or state.number in drained else 'down'}"
        for share, state in states
    ]
    now = f"; by replica now: {_first(words)}" if words else ""
    return f"memory: {memory.used:.0%} used after a start{now}; full, {who} again"


def _of_edge(edge: Edge) -> Iterator[str]:
    spec = edge.spec
    if (breaker := _breaker(edge)) is not None:
        yield breaker
    if edge.pool is not None and edge.pool.size_each:
        yield f"pool of {edge.pool.size_each} a replica"
    if 0.0 < edge.limit_rate < MAX_RATE:
        yield f"limit {format_rate(edge.limit_rate)}"
    if spec.throttle is not None:
        yield "throttles itself"
    if spec.hedge is not None:
        yield f"hedges after {format_duration(spec.hedge.after)}"
    if spec.cache is not None:
        yield _cache(spec.cache)
    if spec.deadline:
        yield "passes its deadline on"
    if spec.cancels:
        yield "cancels what it gave up on"
    if spec.writes:
        yield "writes"


def _breaker(edge: Edge) -> str | None:
    """Whether it is open; also where it is held so by hand."""
    if edge.breaker_mode == FORCED_OPEN:
        return "breaker held open"
    if edge.breaker is None:
        return None
    if edge.breaker_mode == FORCED_CLOSED:
        return "breaker held closed"
    return "breaker " + {CLOSED: "closed", OPEN: "open"}.get(edge.breaker.state, "half-open")


def _cache(cache: Cache) -> str:
    ttl = f" for {format_duration(cache.ttl)}" if cache.ttl is not None else ""
    at = f" at {cache.at}" if cache.at else ""
    return f"caches{ttl}{at}" + (", coalescing" if cache.coalesce else "")
