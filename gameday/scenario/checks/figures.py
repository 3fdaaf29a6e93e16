"""Figures of a mechanism that contradict each other, or with which it does nothing: services, edges, clients, traffic.

What shows only at the system's rates stands in `demand`.
"""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Autoscaling, Clients
from gameday.core.units import format_duration
from gameday.scenario.checks.report import Report
from gameday.scenario.checks.system import EDGES, ENTRIES, SERVICES
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency, Entry, Service
from gameday.scenario.source import Path

MOST_LOOKS = 2_000_000
"""Times that something is looked at in a session: one core does about 200,000 in a second."""


def check_service_figures(scenario: Scenario, report: Report) -> None:
    """Blocks of services: what they say together is possible, and changes something."""
    for name, service in scenario.system.services.items():
        path: Path = (*SERVICES, name)
        _check_blocks(service, path, report)
        if service.autoscaling is not None:
            _check_scaling(service, service.autoscaling, path, scenario.duration, report)
        health = service.per_replica.health if service.per_replica is not None else None
        if health is not None:
            place = (*path, "per_replica", "health")
            _check_period((*place, "every"), health.every, service.replicas, scenario.duration, report)
            if health.timeout > health.every:
                message = f"a check may last longer than {format_duration(health.every)}, when the next one is due"
                report.warning((*place, "timeout"), message, "timeout-order")


def _check_blocks(service: Service, path: Path, report: Report) -> None:
    if service.crash_loop is not None and service.crash_loop.first > service.crash_loop.most:
        message = f"first is longer than most, {format_duration(service.crash_loop.most)}"
        report.error((*path, "crash_loop", "first"), message, "impossible")
    if service.warm_up is not None and service.warm_up.factor == 1.0:
        report.warning((*path, "warm_up", "factor"), "a factor of 1 changes nothing", "idle-figure")
    if service.contention is not None and not service.contention.sigma and not service.contention.kappa:
        report.warning((*path, "contention"), "it does nothing without sigma or kappa", "unused-block", key=True)
    if service.memory is not None and service.memory.used >= 1.0:
        message = "memory that is full at rest leaves none to work with; say less than 100%"
        report.error((*path, "memory", "used"), message, "impossible")
    if service.in_flight is not None and service.in_flight < service.workers:
        message = f"no more than {service.in_flight} are ever inside, so some of {service.workers} workers are idle"
        report.warning((*path, "in_flight"), message, "idle-workers")


def _check_scaling(service: Service, scaling: Autoscaling, path: Path, duration: int, report: Report) -> None:
    place: Path = (*path, "autoscaling")
    _check_period((*place, "every"), scaling.every, 1, duration, report)
    if scaling.least == scaling.most:
        message = f"least and most are both {scaling.most}, so there is nothing to scale"
        report.warning((*place, "most"), message, "idle-figure")
    elif service.start_up >= duration:
        message = "a replica needs longer than the session to start, so none that it adds ever serves"
        report.warning((*path, "start_up"), message, "beyond-the-end")
    room = {"queue": service.queue_limit, "in_flight": service.workers + service.queue_limit}.get(scaling.metric)
    if room is not None and scaling.target >= room:
        message = f"a replica never holds more than {room}, so this target is never passed"
        report.error((*place, "target"), message, "impossible")


def _check_period(path: Path, every: int, times: int, duration: int, report: Report) -> None:
    """Something that is done again and again: at all, and not so often that nothing else is simulated."""
    looks = duration // every * times
    if every >= duration:
        message = f"the session lasts {format_duration(duration)}, so it is never done"
        report.warning(path, message, "beyond-the-end")
    elif looks > MOST_LOOKS:
        message = f"it is done {looks / 1e6:,.0f} million times in a session, which takes too long to simulate"
        report.error(path, f"{message}; write 1s, say", "too-often")


def check_edge_figures(scenario: Scenario, report: Report) -> None:
    """Retries, budgets and queues of edges."""
    for index, edge in enumerate(scenario.system.dependencies):
        _check_retries(edge, (*EDGES, index), report)
    takers = {edge.caller: True for edge in scenario.system.dependencies if edge.mode == "pull"}
    senders = {edge.callee: True for edge in scenario.system.dependencies if edge.mode != "pull"}
    senders.update({entry.to: True for entry in scenario.system.traffic.entries.values()})
    for name, service in scenario.system.services.items():
        if service.kind == "queue" and name in senders and name not in takers:
            message = f'nobody takes messages from "{name}", so it only fills; add a dependency with mode: pull'
            report.warning((*SERVICES, name), message, "no-consumer", key=True)


def _check_retries(edge: Dependency, path: Path, report: Report) -> None:
    if edge.backoff > edge.backoff_max:
        message = f"backoff is longer than backoff_max, {format_duration(edge.backoff_max)}"
        report.error((*path, "backoff"), message, "impossible")
    budget = edge.budget
    if budget is None:
        return
    if budget.initial > budget.capacity:
        message = f"a budget that holds {budget.capacity:g} tokens cannot begin with {budget.initial:g}"
        report.error((*path, "budget", "initial"), message, "impossible")
    elif edge.retries and (budget.capacity < 1.0 or (budget.initial < 1.0 and not budget.per_success)):
        message = "a retry spends one token, and there is never one, so nothing is ever tried again"
        report.warning((*path, "budget"), message, "idle-figure", key=True)


def check_traffic_figures(scenario: Scenario, report: Report) -> None:
    """Clients, courses and segments of entries."""
    traffic = scenario.system.traffic
    for name, entry in traffic.entries.items():
        path: Path = (*ENTRIES, name)
        if entry.clients is not None:
            _check_clients(entry.clients, (*path, "clients"), report)
        for segment, share in entry.segments.items():
            if share == 0.0:
                message = f"no request is of the segment {segment}"
                report.warning((*path, "segments", segment), message, "idle-figure")
        _check_course(entry, path, scenario, report)
    if traffic.shape and all(entry.shape or entry.series for entry in traffic.entries.values()):
        message = "every entry has a shape of its own, so nothing follows this one"
        report.warning(("system", "traffic", "shape"), message, "unused-block", key=True)


def _check_clients(clients: Clients, path: Path, report: Report) -> None:
    if clients.delay > clients.delay_most:
        message = f"delay is longer than delay_most, {format_duration(clients.delay_most)}"
        report.error((*path, "delay"), message, "impossible")
    given = [name for name in ("delay", "delay_most", "growth", "jitter") if name in clients.model_fields_set]
    if not clients.retries:
        for name in given:
            report.warning((*path, name), f"{name} does nothing without retries", "unused-block", key=True)
        if clients.patience is None and not given:
            report.warning(path, "it does nothing without retries or patience", "unused-block", key=True)


def _check_course(entry: Entry, path: Path, scenario: Scenario, report: Report) -> None:
    """Traffic that comes at all, and points that the session reaches."""
    key = "series" if entry.series is not None else "shape"
    shape = scenario.system.traffic.shape
    course = entry.course(shape)
    place: Path = (*path, key) if entry.series is not None or entry.shape else ("system", "traffic", "shape")
    reached = [factor for at, factor in course if at < scenario.duration]
    if entry.rate and not any(factor > 0.0 for _, factor in course[: len(reached) + 1]):
        report.warning(place, "its factors are all 0 in the session, so nothing ever comes", "no-traffic", key=True)
    elif len(reached) == 1 < len(course) and course[0][0] == 0 and key == "series":
        message = f"its second step comes after the session's end at {format_duration(scenario.duration)}"
        report.warning((*place, "every"), message, "beyond-the-end")
    for index, point in enumerate(entry.shape):
        if point.at >= scenario.duration and (index == 0 or entry.shape[index - 1].at >= scenario.duration):
            message = f"this is after the session's end at {format_duration(scenario.duration)}"
            report.warning((*path, "shape", index, "at"), message, "beyond-the-end")
