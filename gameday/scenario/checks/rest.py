"""What cannot hold even at rest: callers that give up before an answer comes, limits below the traffic, idle breakers.

Times are means of the services' own work along the longest way, without any queue: bounds from below. What a cache may
answer counts as nothing.
"""

from __future__ import annotations

from gameday.core.units import MICRO, format_duration
from gameday.scenario.checks.demand import Flow
from gameday.scenario.checks.report import Report
from gameday.scenario.checks.system import EDGES, ENTRIES, SERVICES
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency
from gameday.scenario.source import Path

MOSTLY = 0.5
"""Where an objective asks for more than this share, mean times must be within it."""


def check_answers_in_time(scenario: Scenario, report: Report) -> None:
    """Nobody gives up before what they wait for is done on the mean. For systems without circles of calls."""
    times = _Times(scenario)
    for index, edge in enumerate(scenario.system.dependencies):
        used = [name for name in scenario.system.traffic.entries if edge.entries is None or name in edge.entries]
        needed = min((times.of(name, edge.callee) for name in used), default=0)
        if edge.mode == "async" or edge.timeout is None or needed < edge.timeout:
            continue
        path: Path = (*EDGES, index, "timeout")
        message = f"{edge.callee} needs {format_duration(needed)} on the mean, without any queue"
        if edge.mode == "pull":
            report.error(path, f"{message}, so messages come back before they are done", "never-in-time")
        elif edge.required and edge.cache is None:
            report.error(path, f"{message}, so the call is mostly given up; say more", "never-in-time")
        else:
            report.warning(path, f"{message}, so the call is mostly given up", "never-in-time")
    for name, entry in scenario.system.traffic.entries.items():
        needed = times.of(name, entry.to)
        objective = scenario.slos.get(name)
        message = f"an answer takes {format_duration(needed)} on the mean, without any queue"
        if needed >= entry.timeout:
            report.error((*ENTRIES, name, "timeout"), f"{message}, so clients mostly give up", "never-in-time")
        elif objective is not None and objective.good > MOSTLY and needed >= objective.within:
            report.error(("slos", name, "within"), f"{message}, so the objective cannot hold", "never-in-time")


def check_rates_at_rest(scenario: Scenario, report: Report) -> None:
    """Limits let through what comes at rest, and breakers see as many calls as they ask for."""
    edges = scenario.system.dependencies
    arrivals = dict.fromkeys(scenario.system.services, 0.0)
    calls = [0.0] * len(edges)
    for name, entry in scenario.system.traffic.entries.items():
        rate = entry.rate * entry.course(scenario.system.traffic.shape)[0][1]
        visits = Flow(scenario, name).visits(entry.to)
        for visited, count in visits.items():
            arrivals[visited] += rate * count
        for index, edge in enumerate(edges):
            if edge.entries is None or name in edge.entries:
                calls[index] += rate * visits.get(edge.caller, 0.0) * edge.calls
    for name, service in scenario.system.services.items():
        if service.limit is not None and arrivals[name] > service.limit.rate:
            message = f"about {arrivals[name]:.3g} come a second, so some are turned away before anything happens"
            report.warning((*SERVICES, name, "limit"), message, "over-limit", key=True)
    for index, edge in enumerate(edges):
        _check_calls(edge, calls[index], (*EDGES, index), report)


def _check_calls(edge: Dependency, rate: float, path: Path, report: Report) -> None:
    if edge.limit is not None and edge.cache is None and rate > edge.limit.rate:
        message = f"about {rate:.3g} calls go out a second, so some fail before anything happens"
        report.warning((*path, "limit"), message, "over-limit", key=True)
    breaker = edge.breaker
    if breaker is None or rate == 0.0:
        return
    seen = rate * (1 + edge.retries) * breaker.window / MICRO
    if seen < breaker.calls:
        message = (
            f"at rest about {seen:.3g} calls come within {format_duration(breaker.window)}, so it hardly ever opens"
        )
        report.warning((*path, "breaker", "calls"), message, "idle-figure")


class _Times:
    """Microseconds that an answer takes at least on the mean, by entry and service."""

    def __init__(self, scenario: Scenario) -> None:
        self._system = scenario.system
        self._known: dict[tuple[str, str], int] = {}

    def of(self, entry: str, service: str) -> int:
        if (entry, service) not in self._known:
            stages: dict[int, int] = {}
            for edge in self._system.dependencies:
                waits = edge.mode == "sync" and edge.cache is None and edge.calls >= 1.0
                if edge.caller == service and waits and (edge.entries is None or entry in edge.entries):
                    time = min(self.of(entry, edge.callee), edge.timeout or 0)
                    stages[edge.stage] = max(stages.get(edge.stage, 0), time)
            self._known[entry, service] = self._system.services[service].service_time + sum(stages.values())
        return self._known[entry, service]
