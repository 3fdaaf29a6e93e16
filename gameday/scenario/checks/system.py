"""The system: names, what dependencies and entries refer to, circles of calls, services that nothing reaches."""

from __future__ import annotations

from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency
from gameday.scenario.source import Path

SERVICES: Path = ("system", "services")
EDGES: Path = ("system", "dependencies")
ENTRIES: Path = ("system", "traffic", "entries")


def check_names(scenario: Scenario, report: Report) -> None:
    """Services and entries share one space of names, since their signals are read by name."""
    names = Names.of(scenario)
    for name in names.entries:
        if name in names.services:
            message = f'"{name}" is a service too; signals are read by name, so an entry needs another one'
            report.error((*ENTRIES, name), message, "duplicate-name", key=True)
    for name in names.flags:
        if name in names.services or name in names.entries:
            message = f'"{name}" is a service or an entry too; a diagnosis names components, so call the flag otherwise'
            report.error(("system", "flags", name), message, "duplicate-name", key=True)


def check_owners(scenario: Scenario, report: Report) -> None:
    """Every service belongs to a team that exists."""
    for name, service in scenario.system.services.items():
        if service.team is None:
            message = f'nobody owns "{name}"; without a team there is nobody to page for it'
            report.warning((*SERVICES, name), message, "no-team", key=True)
        report.expect((*SERVICES, name, "team"), service.team, list(scenario.teams), "team")


def check_entries(scenario: Scenario, report: Report) -> None:
    """Entries come to a service, and have an objective where they are demand."""
    names = Names.of(scenario)
    for name, entry in scenario.system.traffic.entries.items():
        report.expect((*ENTRIES, name, "to"), entry.to, names.services, "service")
        if entry.counts and not is_known(name, scenario.slos):
            message = f'the entry "{name}" is demand and has no objective; write one under slos, or counts: false'
            report.error((*ENTRIES, name), message, "no-objective", key=True)
        if not entry.rate:
            report.warning((*ENTRIES, name, "rate"), f'nothing ever comes to "{name}"', "no-traffic")
    for name, objective in scenario.slos.items():
        path: Path = ("slos", name)
        report.expect(path, name, names.entries, "entry", key=True)
        entry_meant = scenario.system.traffic.entries.get(name)
        if entry_meant is not None and objective.within > entry_meant.timeout:
            message = "clients give up before this, so an answer is never merely late"
            report.warning((*path, "within"), message, "objective-beyond-timeout")


def check_dependencies(scenario: Scenario, report: Report) -> None:
    """Both ends exist and differ, routes exist, several edges between two services have labels."""
    names = Names.of(scenario)
    seen: dict[str, int] = {}
    for index, edge in enumerate(scenario.system.dependencies):
        path: Path = (*EDGES, index)
        report.expect((*path, "from"), edge.caller, names.services, "service")
        report.expect((*path, "to"), edge.callee, names.services, "service")
        for at, entry in enumerate(edge.entries or ()):
            report.expect((*path, "for", at), entry, names.entries, "entry")
        if edge.entries is not None and not edge.entries:
            report.error((*path, "for"), "for names no entry, so nothing is ever called", "empty-route")
        if edge.caller == edge.callee:
            report.error((*path, "to"), f'"{edge.caller}" calls itself', "self-call")
        if edge.name in seen:
            first = report.line((*EDGES, seen[edge.name]))
            message = f"there is a dependency {edge.name} already, in line {first}; tell them apart by label"
            report.error(path, message, "duplicate-edge")
        seen.setdefault(edge.name, index)


def check_circles(scenario: Scenario, report: Report) -> None:
    """No service waits for itself along a circle of calls that one kind of request can take."""
    edges = [(index, edge) for index, edge in enumerate(scenario.system.dependencies) if edge.caller != edge.callee]
    told: list[tuple[str, ...]] = []
    for entry in scenario.system.traffic.entries:
        circle = _circle(scenario, [(i, edge) for i, edge in edges if edge.entries is None or entry in edge.entries])
        if circle is None:
            continue
        index, services = circle
        if services not in told:
            told.append(services)
            report.error((*EDGES, index), f"calls go in a circle: {' > '.join(services)}", "circular-calls")


def _circle(scenario: Scenario, edges: list[tuple[int, Dependency]]) -> tuple[int, tuple[str, ...]] | None:
    """The first circle in the order of the file: the number of the edge that closes it, and its services."""
    outgoing: dict[str, list[tuple[int, str]]] = {name: [] for name in scenario.system.services}
    for index, edge in edges:
        if edge.caller in outgoing and edge.callee in outgoing:
            outgoing[edge.caller].append((index, edge.callee))
    finished: dict[str, bool] = {}
    for start in outgoing:
        trail, pending = [start], [iter(outgoing[start])]
        if start in finished:
            continue
        while trail:
            step = next(pending[-1], None)
            if step is None:
                finished[trail.pop()] = True
                pending.pop()
            elif step[1] in trail:
                return step[0], (*trail[trail.index(step[1]) :], step[1])
            elif step[1] not in finished:
                trail.append(step[1])
                pending.append(iter(outgoing[step[1]]))
    return None


def _leads_nowhere(scenario: Scenario) -> bool:
    """Whether an entry or a dependency names what is not defined: that is the error, and not what lies behind it."""
    services, entries = scenario.system.services, scenario.system.traffic.entries
    named = [name for entry in entries.values() for name in (entry.to, entry.alternate or entry.to)]
    named += [name for edge in scenario.system.dependencies for name in (edge.caller, edge.callee)]
    lacking = any(name not in services for name in named)
    return lacking or any(name not in entries for edge in scenario.system.dependencies for name in edge.entries or ())


def _ways(scenario: Scenario) -> tuple[dict[str, bool], dict[int, bool]]:
    """The services that some entry reaches, and the dependencies, by their index, that lead there."""
    reached: dict[str, bool] = {}
    used: dict[int, bool] = {}
    for name, entry in scenario.system.traffic.entries.items():
        ahead = list(dict.fromkeys((entry.to, entry.alternate or entry.to)))
        here = dict.fromkeys(ahead, True)
        while ahead:
            caller = ahead.pop()
            for index, edge in enumerate(scenario.system.dependencies):
                if edge.caller == caller and (edge.entries is None or name in edge.entries):
                    used[index] = True
                    if edge.callee not in here:
                        here[edge.callee] = True
                        ahead.append(edge.callee)
        reached.update(here)
    return reached, used


def check_reached(scenario: Scenario, report: Report) -> None:
    """Every service is reached by some entry, and every dependency is used; not asked while a way leads nowhere."""
    if _leads_nowhere(scenario):
        return
    reached, used = _ways(scenario)
    for name, service in scenario.system.services.items():
        written = service.replication is not None and service.replication.primary in reached
        if name not in reached and not written:
            report.warning((*SERVICES, name), f'no request ever comes to "{name}"', "unused-service", key=True)
    for index, edge in enumerate(scenario.system.dependencies):
        if index not in used and edge.caller in reached:
            message = f"no request that comes to {edge.caller} takes this way"
            report.warning((*EDGES, index), message, "unused-dependency")
