"""Whether the system can carry its own traffic before anything goes wrong, and the computer all that is simulated.

Utilisation = sum over entries of rate x visits x holding time / workers. The holding time is the service's own time
and, where a worker waits (thread), the longest call of each stage; waiting in queues comes on top, so this is a lower
bound, and above 1 no objective can hold.
"""

from __future__ import annotations

from itertools import pairwise

from gameday.core.units import MICRO
from gameday.scenario.checks.report import Report
from gameday.scenario.checks.system import SERVICES
from gameday.scenario.checks.warmth import miss_share
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency
from gameday.scenario.source import Path

HIGH = 0.85
"""Above this utilisation queues are long at rest already."""
MANY_VISITS = 2e6
TOO_MANY_VISITS = 50e6
VISITS_PER_CPU_SECOND = 200_000
"""Of the kernel on one core, at rest, roughly; a storm costs more (docs/fidelity.md, How fast)."""


def check_demand(scenario: Scenario, report: Report) -> None:
    """Every service at rest. For systems without circles of calls and without dangling names."""
    for name, utilisation in utilisations(scenario).items():
        share = f"{utilisation:.0%}"
        if utilisation >= 1.0:
            message = f'"{name}" is asked for {share} of what it can do at rest, so the objectives cannot hold'
            report.error((*SERVICES, name), f"{message}; give it workers or replicas", "overloaded", key=True)
        elif utilisation > HIGH:
            message = f'"{name}" works at {share} of what it can do at rest; queues are long before anything happens'
            report.warning((*SERVICES, name), message, "nearly-overloaded", key=True)


def check_cost(scenario: Scenario, report: Report) -> None:
    """A session can be simulated in a time that somebody waits for."""
    visits = total_visits(scenario)
    if visits <= MANY_VISITS:
        return
    path: Path = ("system", "traffic")
    cost = f"would take about {visits / VISITS_PER_CPU_SECOND:,.0f} CPU seconds"
    message = f"a session makes {visits / 1e6:,.0f} million visits to services, which {cost}; use traffic.scale"
    message = f"{message} and as much less traffic and fewer workers, or a shorter duration"
    if visits > TOO_MANY_VISITS:
        report.error(path, message, "too-much-traffic", key=True)
    else:
        report.warning(path, message, "much-traffic", key=True)


def total_visits(scenario: Scenario) -> float:
    """Calls of services in a session in which nothing fails, from the rates, their shapes and the duration."""
    total = 0.0
    for name, entry in scenario.system.traffic.entries.items():
        course = entry.course(scenario.system.traffic.shape)
        for visits in Flow(scenario, name).visits(entry.to).values():
            total += entry.rate * visits * _shaped_seconds(course, scenario.duration)
    return total


def _shaped_seconds(course: tuple[tuple[int, float], ...], duration: int) -> float:
    """The area under a course up to the duration, in seconds: constant before and after its points, linear between."""
    area = course[0][1] * min(course[0][0], duration)
    for (start, before), (stop, after) in pairwise(course):
        if start < duration:
            end = min(stop, duration)
            factor = before + (after - before) * (end - start) / (stop - start)
            area += (before + factor) / 2.0 * (end - start)
    return (area + course[-1][1] * max(0, duration - course[-1][0])) / MICRO


def utilisations(scenario: Scenario) -> dict[str, float]:
    """Busy workers / workers of each service, at the rates with which the session begins."""
    services = scenario.system.services
    busy = dict.fromkeys(services, 0.0)
    for name, entry in scenario.system.traffic.entries.items():
        rate = entry.rate * entry.course(scenario.system.traffic.shape)[0][1]
        flow = Flow(scenario, name)
        for service, visits in flow.visits(entry.to).items():
            busy[service] += rate * visits * flow.holding(service)
    return {name: busy[name] / (service.replicas * service.workers) for name, service in services.items()}


class Flow:
    """What one kind of request does in the system, once nothing fails."""

    def __init__(self, scenario: Scenario, entry: str) -> None:
        self._services = scenario.system.services
        self._rate = scenario.system.traffic.entries[entry].rate
        self._outgoing: dict[str, list[Dependency]] = {name: [] for name in self._services}
        for edge in scenario.system.dependencies:
            if edge.entries is None or entry in edge.entries:
                self._outgoing[edge.caller].append(edge)
        self._times: dict[str, float] = {}

    def visits(self, first: str) -> dict[str, float]:
        """How often each service is called for one request that comes to `first`."""
        visits = {first: 1.0}
        for service in self._callers_first(first):
            for edge in self._outgoing[service]:
                calls = visits[service] * edge.calls
                if edge.cache is not None:
                    calls *= miss_share(edge.cache, calls * self._rate)
                visits[edge.callee] = visits.get(edge.callee, 0.0) + calls
        return visits

    def holding(self, service: str) -> float:
        """Seconds for which one request holds a worker of the service."""
        own = self._services[service].service_time / MICRO
        return self._time(service) if self._services[service].waiting == "thread" else own

    def _callers_first(self, first: str) -> list[str]:
        """The services that are reached, each after all that call it."""
        done: dict[str, bool] = {}
        order: list[str] = []
        pending = [(first, False)]
        while pending:
            service, left = pending.pop()
            if left:
                order.append(service)
            elif service not in done:
                done[service] = True
                pending.append((service, True))
                pending += [(edge.callee, False) for edge in self._outgoing[service] if edge.callee not in done]
        return order[::-1]

    def _time(self, service: str) -> float:
        """Seconds from start to answer without any queue: own time, and the longest call of each stage."""
        if service not in self._times:
            stages: dict[int, float] = {}
            for edge in self._outgoing[service]:
                if edge.mode == "sync":
                    time = min(edge.calls, 1.0) * min(self._time(edge.callee), (edge.timeout or 0) / MICRO)
                    stages[edge.stage] = max(stages.get(edge.stage, 0.0), time)
            total = self._services[service].service_time / MICRO
            for time in stages.values():
                total += time
            self._times[service] = total
        return self._times[service]
