"""What contradicts itself in the mechanisms of services: queues, replicas, zones, autoscaling, replication, quotas.

Values that make no sense by themselves are refused by the models; here is what only shows beside other parts.
"""

from __future__ import annotations

from gameday.core.units import format_duration
from gameday.scenario.checks.report import Report
from gameday.scenario.checks.system import ENTRIES, SERVICES
from gameday.scenario.models import Scenario
from gameday.scenario.source import Path

SYSTEM: Path = ("system",)


def check_queues(scenario: Scenario, report: Report) -> None:
    """CoDel's parameters belong to its discipline; a balancer needs something to choose from."""
    for name, service in scenario.system.services.items():
        path: Path = (*SERVICES, name)
        if service.codel is not None:
            if service.discipline != "codel":
                report.error((*path, "codel"), "codel does nothing without discipline: codel", "unused-block", key=True)
            if service.codel.target >= service.codel.interval:
                message = f"target must be shorter than the interval of {format_duration(service.codel.interval)}"
                report.error((*path, "codel"), message, "impossible", key=True)
        most = service.autoscaling.most if service.autoscaling is not None else service.replicas
        if service.per_replica is not None and max(most, service.replicas) == 1:
            message = f'"{name}" has one replica, so there is nothing to balance'
            report.warning((*path, "per_replica"), message, "nothing-to-balance", key=True)
        behind = service.per_replica
        if behind is not None and "panic" in behind.model_fields_set and not (behind.health or behind.ejection):
            message = "panic does nothing without health or ejection: the balancer thinks well of every replica"
            report.warning((*path, "per_replica", "panic"), message, "unused-block", key=True)


def check_zones(scenario: Scenario, report: Report) -> None:
    """Zones of services are those of the system, and no zone of a service is without a replica."""
    zones = scenario.system.zones or ()
    for index, zone in enumerate(zones):
        if zone in zones[:index]:
            report.error((*SYSTEM, "zones", index), f'zone "{zone}" is named twice', "duplicate-name")
    for name, service in scenario.system.services.items():
        path: Path = (*SERVICES, name, "zones")
        for index, zone in enumerate(service.zones or ()):
            report.expect((*path, index), zone, zones, "zone")
            if zone in (service.zones or ())[:index]:
                report.error((*path, index), f'zone "{zone}" is named twice', "duplicate-name")
        if service.zones is not None and len(service.zones) > service.replicas:
            message = f"{len(service.zones)} zones for {service.replicas} replica(s): some have none"
            report.warning(path, message, "empty-zone", key=True)


def check_autoscaling(scenario: Scenario, report: Report) -> None:
    """What runs at the start lies between the least and the most, and a share is at most 1."""
    for name, service in scenario.system.services.items():
        scaling, path = service.autoscaling, (*SERVICES, name, "autoscaling")
        if scaling is None:
            continue
        if not scaling.least <= service.replicas <= scaling.most:
            message = (
                f"{service.replicas} replica(s) at the start, but least is {scaling.least} and most {scaling.most}"
            )
            report.error(path, message, "impossible", key=True)
        if scaling.metric in ("load", "saturation") and scaling.target >= 1.0:
            message = f"{scaling.metric} is a share and never above 1, so this target is never passed"
            report.error((*path, "target"), message, "impossible")
        if scaling.window < scaling.every:
            message = f"the window is shorter than {format_duration(scaling.every)}, so some of the time is never seen"
            report.warning((*path, "window"), message, "blind-window")


def check_quota(scenario: Scenario, report: Report) -> None:
    """The quota is enough for what runs at the start."""
    quota, services = scenario.system.quota, scenario.system.services.values()
    running = sum(service.replicas for service in services if service.kind != "external")
    if quota is not None and quota < running:
        message = f"{running} replicas run at the start, more than this quota"
        report.error((*SYSTEM, "quota"), message, "impossible")


def check_replication(scenario: Scenario, report: Report) -> None:
    """A replica has a primary, which is a database, not itself and no replica."""
    services = scenario.system.services
    for name, service in services.items():
        if service.replication is None:
            continue
        _check_rejoin(scenario, report, (*SERVICES, name, "replication", "rejoin"), service.replication.rejoin)
        primary, path = service.replication.primary, (*SERVICES, name, "replication", "of")
        if not report.expect(path, primary, tuple(services), "service"):
            continue
        if primary == name:
            report.error(path, f'"{name}" cannot be a replica of itself', "impossible")
        elif services[primary].replication is not None:
            report.error(path, f'"{primary}" is a replica too; name the primary', "impossible")
        for one in dict.fromkeys((name, primary)):
            if services[one].kind != "database":
                report.error(path, f'"{one}" is of kind {services[one].kind}; databases replicate', "wrong-kind")


def _check_rejoin(scenario: Scenario, report: Report, path: Path, rejoin: int | None) -> None:
    if rejoin is not None and rejoin >= scenario.duration:
        message = f"the session is over after {format_duration(scenario.duration)}, so no old primary ever joins again"
        report.warning(path, message, "beyond-the-end")


def check_entry_mechanisms(scenario: Scenario, report: Report) -> None:
    """Another way in leads elsewhere; a shape and a recorded series exclude each other; clients that fail together."""
    services = scenario.system.services
    for name, entry in scenario.system.traffic.entries.items():
        path: Path = (*ENTRIES, name)
        report.expect((*path, "alternate"), entry.alternate, tuple(services), "service")
        if entry.alternate == entry.to:
            message = f'"{entry.to}" is where it goes anyway; name another service'
            report.error((*path, "alternate"), message, "impossible")
        if entry.series is not None and entry.shape:
            report.error((*path, "shape"), "say either shape or series", "impossible", key=True)
        if entry.limit is not None and entry.rate > entry.limit.rate:
            message = f"{entry.rate:g} come a second, so some are turned away before anything happens"
            report.warning((*path, "limit"), message, "over-limit", key=True)
        clients = entry.clients
        if clients is not None and clients.retries and clients.delay == 0:
            message = "clients that come back at once keep up any failure; give them a delay"
            report.warning((*path, "clients"), message, "no-delay", key=True)


def check_secrets(scenario: Scenario, report: Report) -> None:
    """Certificates and credentials belong to services that exist and call each other."""
    system = scenario.system
    services = tuple(system.services)
    for name, certificate in (system.certificates or {}).items():
        path: Path = (*SYSTEM, "certificates", name)
        report.expect((*path, "service"), certificate.service, services, "service")
        _check_expiry(scenario, report, (*path, "expires"), certificate.expires)
    pairs = {(edge.caller, edge.callee): True for edge in system.dependencies}
    for name, credential in (system.credentials or {}).items():
        path = (*SYSTEM, "credentials", name)
        known = [
            report.expect((*path, key), value, services, "service")
            for key, value in (("service", credential.service), ("caller", credential.caller))
        ]
        if all(known) and (credential.caller, credential.service) not in pairs:
            message = f"{credential.caller} never calls {credential.service}"
            report.error((*path, "caller"), message, "no-such-call")
        _check_expiry(scenario, report, (*path, "expires"), credential.expires)


def _check_expiry(scenario: Scenario, report: Report, path: Path, expires: int | None) -> None:
    if expires is not None and expires >= scenario.duration:
        message = f"this is after the session's end at {format_duration(scenario.duration)}, so it never expires"
        report.warning(path, message, "beyond-the-end")
