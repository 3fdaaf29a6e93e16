"""From a scenario's system to the specification that the traffic kernel is built from."""

from __future__ import annotations

from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency, Entry, Service

REST = ""
"""The segment of the requests that belong to no named one."""


def traffic_spec(scenario: Scenario) -> TrafficSpec:
    """The kernel's view of the scenario's system."""
    system = scenario.system
    return TrafficSpec(
        services=tuple(_service(name, service) for name, service in system.services.items()),
        edges=tuple(_edge(dependency) for dependency in system.dependencies),
        entries=tuple(_entry(name, scenario) for name in system.traffic.entries),
    )


def _service(name: str, service: Service) -> ServiceSpec:
    return ServiceSpec(
        name=name,
        kind=service.waiting,
        replicas=service.replicas,
        workers=service.workers,
        service_time=service.service_time,
        variability=service.variability,
        queue_limit=service.queue_limit,
        overflow=service.overflowing,
        in_flight=service.in_flight,
        skip_expired=service.skip_expired,
        per_replica=service.per_replica,
        discipline=service.discipline or "fifo",
        codel=service.codel,
        contention=service.contention,
        warm_up=service.warm_up,
        limit=service.limit,
        zones=service.zones or (),
        replication=service.replication,
    )


def _edge(dependency: Dependency) -> EdgeSpec:
    budget = dependency.budget
    return EdgeSpec(
        name=dependency.name,
        caller=dependency.caller,
        callee=dependency.callee,
        entries=dependency.entries,
        stage=dependency.stage,
        calls=dependency.calls,
        mode=dependency.mode,
        required=dependency.required,
        timeout=dependency.timeout or 1,
        retries=dependency.retries,
        backoff=dependency.backoff,
        backoff_max=dependency.backoff_max,
        least_delay=dependency.least_delay,
        jitter=dependency.jitter,
        budget=None if budget is None else BudgetSpec(budget.initial, budget.capacity, budget.per_success),
        breaker=dependency.breaker,
        pool=dependency.pool,
        throttle=dependency.throttle,
        hedge=dependency.hedge,
        limit=dependency.limit,
        cache=dependency.cache,
        consumption=dependency.consumption,
        deadline=bool(dependency.deadline),
        cancels=bool(dependency.cancels),
        writes=bool(dependency.writes),
    )


def _entry(name: str, scenario: Scenario) -> EntrySpec:
    traffic = scenario.system.traffic
    entry = traffic.entries[name]
    objective = scenario.slos.get(name)
    return EntrySpec(
        name=name,
        to=entry.to,
        shape=tuple((at, entry.rate * factor) for at, factor in entry.course(traffic.shape)),
        timeout=entry.timeout,
        threshold=objective.within if objective else entry.timeout,
        segments=_segments(entry),
        clients=entry.clients,
        priority=entry.priority or 0,
        alternate=entry.alternate,
        limit=entry.limit,
    )


def _segments(entry: Entry) -> tuple[SegmentSpec, ...]:
    named = tuple(SegmentSpec(name, share) for name, share in entry.segments.items())
    rest = 1.0
    for segment in named:
        rest -= segment.share
    return (*named, SegmentSpec(REST, rest)) if named and rest > 1e-9 else named
