"""What effects refer to: services, edges, entries and segments, wherever effects stand (flags, deploys)."""

from __future__ import annotations

from gameday.core.kinds.effects import PARAMETERS, Effect
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.copies import may_follow
from gameday.scenario.models import Scenario
from gameday.scenario.source import Path


def check_effect(report: Report, path: Path, effect: Effect, scenario: Scenario, names: Names) -> None:
    """One effect: its target, and the requests that it is limited to."""
    report.expect((*path, "service"), effect.service, names.services, "service")
    report.expect((*path, "edge"), effect.edge, names.edges, "edge")
    report.expect((*path, "on"), effect.on, names.entries, "entry")
    check_class(report, path, effect.entry or effect.on, effect.segment, scenario, names)
    if effect.entry is not None:
        report.expect((*path, "entry"), effect.entry, names.entries, "entry")
    edge = next((one for one in scenario.system.dependencies if one.name == effect.edge), None)
    owner = effect.service if edge is None else edge.caller
    check_replicas(report, path, owner, effect.zone, effect.reach, scenario)
    some = next((key for key in ("zone", "reach", "replica") if getattr(effect, key) is not None), "")
    if edge is not None and edge.mode == "pull" and some:
        message = f"the messages of {edge.caller} are of none of its replicas"
        report.error((*path, some), message, "nothing-to-change", key=True)
    _check_has_what_changes(report, path, effect, scenario)


def check_replicas(
    report: Report,
    path: Path,
    service: str | None,
    zone: str | None,
    reach: float | None,
    scenario: Scenario,
    key: str = "reach",
) -> None:
    """A zone is one of the service's, and a share of the replicas is some replicas, not a part of one."""
    found = scenario.system.services.get(service or "")
    if found is None:
        return
    if zone is not None and not found.zones:
        report.error((*path, "zone"), f'"{service}" is spread over no zones; give it zones', "unknown-zone")
    elif zone is not None:
        report.expect((*path, "zone"), zone, found.zones or (), "zone")
    if reach is not None and reach * found.replicas < 0.5:
        message = f"{reach:.0%} of {found.replicas} replica(s) is none; the least is {1 / found.replicas:.0%}"
        report.error((*path, key), message, "no-replica")


def _check_has_what_changes(report: Report, path: Path, effect: Effect, scenario: Scenario) -> None:
    """A parameter of a mechanism changes only where the mechanism is."""
    parameter, lacking = effect.parameter, ""
    service = scenario.system.services.get(effect.service or "")
    edge = next((one for one in scenario.system.dependencies if one.name == effect.edge), None)
    entry = scenario.system.traffic.entries.get(effect.on or "")
    if edge is not None:
        lacking = {
            "pool_size": "" if edge.pool else "pool",
            "pool_leaked": "" if edge.pool else "pool",
            "breaker": "" if edge.breaker else "breaker",
            "paused": "" if edge.mode == "pull" else "consumer (mode: pull)",
            "retries": "" if edge.mode == "sync" else "caller that waits",
            "timeout": "" if edge.mode != "async" else "caller that waits",
            "backoff": "" if edge.mode == "sync" else "caller that waits",
            "calls": "" if edge.mode != "pull" else "number of calls: a message is taken once",
        }.get(parameter, "")
    elif service is not None:
        lacking = {
            "write_errors": "" if _is_written_to(scenario, effect.target) else "caller with writes: true",
            "poison": "" if service.kind == "queue" else "messages: it is no queue",
            "lag": "" if may_follow(scenario.system, effect.target) else "replication",
            "hot_key": "" if service.per_replica and service.per_replica.balancing == "key" else "balancing: key",
        }.get(parameter, "")
    elif entry is not None and parameter == "shifted" and entry.alternate is None:
        lacking = "alternate"
    if lacking:
        message = f"{effect.target} has no {lacking}, so {PARAMETERS[parameter].summary} cannot change"
        report.error((*path, parameter), message, "nothing-to-change", key=True)


def _is_written_to(scenario: Scenario, service: str) -> bool:
    return any(edge.callee == service and edge.writes for edge in scenario.system.dependencies)


def check_class(
    report: Report, path: Path, entry: str | None, segment: str | None, scenario: Scenario, names: Names
) -> None:
    """A segment exists: in the entry where one is named, in some entry otherwise."""
    if segment is None:
        return
    entries = scenario.system.traffic.entries
    known = tuple(entries[entry].segments) if entry in entries else names.segments
    report.expect((*path, "segment"), segment, known, "segment")


def check_flags(scenario: Scenario, report: Report) -> None:
    """The effects of every flag."""
    names = Names.of(scenario)
    for name, flag in scenario.system.flags.items():
        path: Path = ("system", "flags", name)
        for index, effect in enumerate(flag.effects):
            check_effect(report, (*path, "effects", index), effect, scenario, names)
