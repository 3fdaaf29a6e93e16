"""How far faults and effects get: that they grow to full strength in time, change something, and meet some request."""

from __future__ import annotations

from collections.abc import Iterator

from gameday.core.kinds.effects import PARAMETERS, Effect
from gameday.core.kinds.faults import (
    Autoscaler,
    Crash,
    Deploy,
    DiskFull,
    Dns,
    Errors,
    Fault,
    Latency,
    MonitoringTrouble,
    PersonUnavailable,
    PoolLeak,
)
from gameday.core.units import MICRO, format_duration
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.source import Path

_NEUTRAL = {"multiply": 1.0, "add": 0.0, "probability": 0.0}
"""The value with which a change of a parameter changes nothing, by how several combine."""


def faults_of(scenario: Scenario) -> Iterator[tuple[Path, Fault, int]]:
    """Every fault with its place and when it begins at the earliest, in microseconds since the session began."""
    for name, variant in scenario.variants.items():
        for index, fault in enumerate(variant.faults):
            yield ("variants", name, "faults", index), fault, fault.at
    for index, inject in enumerate(scenario.injects):
        if inject.fault is not None:
            yield ("injects", index, "fault"), inject.fault, (inject.at or 0) + inject.fault.at


def check_growth(scenario: Scenario, report: Report) -> None:
    """What grows is at full strength before it ends."""
    for path, fault, begins in faults_of(scenario):
        left = scenario.duration - begins
        if left <= 0:
            continue
        growing = [("ramp", fault.ramp)]
        if isinstance(fault, Deploy):
            growing.append(("rollout", fault.rollout or 0))
        if isinstance(fault, DiskFull):
            growing.append(("fills_in", fault.fills_in))
        if isinstance(fault, Dns) and "ttl" in fault.model_fields_set:
            growing.append(("ttl", fault.ttl))
        if isinstance(fault, Crash) and fault.again_after is not None:
            growing.append(("again_after", fault.again_after))
        for key, time in growing:
            if fault.lasts is not None and 0 < fault.lasts < time:
                message = f"this is longer than the fault lasts, {format_duration(fault.lasts)}, so it is never done"
                tell = report.error if key in ("ramp", "rollout") else report.warning
                tell((*path, key), message, "never-full")
            elif time > left:
                message = f"the session ends {format_duration(left)} after this begins, so it is never done"
                report.warning((*path, key), message, "never-full")


def check_idle_faults(scenario: Scenario, report: Report) -> None:
    """Faults with which nothing changes in this system, whatever their figures say by themselves."""
    for path, fault, begins in faults_of(scenario):
        found = _idle(scenario, fault, begins)
        if found is not None:
            key, message = found
            report.error((*path, key), message, "idle-fault")
        _check_end(report, path, fault, scenario, scenario.duration - begins)
        if isinstance(fault, PersonUnavailable) and any(seat.person == fault.person for seat in scenario.seats):
            message = f"while a player has the seat of {fault.person}, this does nothing"
            report.warning((*path, "person"), message, "idle-fault")
    for name, variant in scenario.variants.items():
        for index, fault in enumerate(variant.faults):
            if fault in variant.faults[:index]:
                message = "the same fault stands here before, word for word"
                report.warning(("variants", name, "faults", index), message, "duplicate-fault")


def _check_end(report: Report, path: Path, fault: Fault, scenario: Scenario, left: int) -> None:
    """What would come after the session's end, `left` microseconds after the fault begins."""
    service = scenario.system.services.get(getattr(fault, "service", None) or "")
    if isinstance(fault, Crash) and fault.restarts and service is not None and service.start_up >= left > 0:
        time = format_duration(service.start_up)
        message = f"{fault.service} needs {time} to start, and is not back before the session's end"
        report.warning((*path, "restarts"), message, "beyond-the-end")
    if isinstance(fault, MonitoringTrouble) and (fault.delay or 0) >= left > 0:
        message = "nothing new is seen until the session's end; frozen: true says that"
        report.warning((*path, "delay"), message, "beyond-the-end")


def _idle(scenario: Scenario, fault: Fault, begins: int) -> tuple[str, str] | None:
    """The key to look at, and why the fault does nothing."""
    services = scenario.system.services
    if isinstance(fault, Latency) and fault.add == 0:
        return "add", "a time of 0 added changes nothing"
    if isinstance(fault, Deploy) and fault.service in services and services[fault.service].version == fault.version:
        return "version", f'"{fault.service}" runs {fault.version} already; call the new version otherwise'
    if isinstance(fault, Latency | Errors) and not _comes(scenario, fault.entry, fault.service):
        return "entry", f'no request of "{fault.entry}" ever comes to "{fault.service}"'
    if isinstance(fault, Autoscaler) and fault.service in services:
        scaling = services[fault.service].autoscaling
        if scaling is not None and scaling.least == scaling.most:
            return "service", f"the autoscaling of {fault.service} has no room: least and most are {scaling.most}"
        if scaling is not None and fault.does == "shrinks" and services[fault.service].replicas == scaling.least:
            return "does", f"{fault.service} has its least of {scaling.least} replica(s) from the start"
    if isinstance(fault, PoolLeak):
        edge = next((one for one in scenario.system.dependencies if one.name == fault.edge), None)
        left = min(fault.lasts or scenario.duration, scenario.duration - begins)
        replicas = services[edge.caller].replicas if edge is not None and edge.caller in services else 1
        if edge is not None and edge.pool is not None and 0 < fault.leaks * replicas * left < MICRO:
            return "leaks", f"not one connection leaks in the {format_duration(left)} that it has"
    return None


def check_idle_effects(scenario: Scenario, report: Report) -> None:
    """Effects that change nothing, or meet nobody, wherever they stand."""
    for path, effect in _effects(scenario):
        neutral = _NEUTRAL.get(PARAMETERS[effect.parameter].combine)
        if neutral is not None and effect.value == neutral:
            message = f"{PARAMETERS[effect.parameter].summary}: {neutral:g} changes nothing"
            report.warning((*path, effect.parameter), message, "idle-effect")
        service = scenario.system.services.get(effect.service or "")
        if service is None:
            continue
        most = max(service.replicas, service.autoscaling.most if service.autoscaling is not None else 0)
        if effect.replica is not None and effect.replica > most:
            message = f'"{effect.service}" has {service.replicas} replica(s), so there is no number {effect.replica}'
            report.warning((*path, "replica"), message, "no-replica")
        if not _comes(scenario, effect.entry, effect.service):
            message = f'no request of "{effect.entry}" ever comes to "{effect.service}"'
            report.warning((*path, "entry"), message, "idle-effect")


def _effects(scenario: Scenario) -> Iterator[tuple[Path, Effect]]:
    places: list[tuple[Path, tuple[Effect, ...]]] = [
        (("system", "flags", name, "effects"), flag.effects) for name, flag in scenario.system.flags.items()
    ]
    places += [((*path, "effects"), getattr(fault, "effects", ())) for path, fault, _ in faults_of(scenario)]
    for index, rule in enumerate(scenario.actions):
        places += [
            (("actions", index, "harm"), rule.harm or ()),
            (("actions", index, "meanwhile"), rule.meanwhile or ()),
        ]
    places += [(("procedures", name, "effects"), one.effects) for name, one in (scenario.procedures or {}).items()]
    places += [(("releases", index, "effects"), one.effects or ()) for index, one in enumerate(scenario.releases or ())]
    for path, effects in places:
        for number, effect in enumerate(effects):
            yield (*path, number), effect


def _comes(scenario: Scenario, entry: str | None, service: str | None) -> bool:
    """Whether requests of the entry come to the service; also where one of them is not known."""
    known = scenario.system.traffic.entries.get(entry or "")
    if known is None or service not in scenario.system.services:
        return True
    reached = list(dict.fromkeys((known.to, known.alternate or known.to)))
    for caller in reached:
        for edge in scenario.system.dependencies:
            takes = edge.entries is None or entry in edge.entries
            if edge.caller == caller and takes and edge.callee not in reached:
                reached.append(edge.callee)
    return service in reached
