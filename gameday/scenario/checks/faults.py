"""What faults refer to, and whether what they break is there: a leak needs a pool, a stall a consumer.

A fault that could do nothing is an error, not a surprise in the session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import (
    Autoscaler,
    BadConfig,
    CacheFlush,
    Clock,
    CredentialExpiry,
    Deploy,
    DiskFull,
    Failover,
    Fault,
    FlagChange,
    HotKey,
    Latency,
    Partition,
    PoisonMessage,
    PoolLeak,
    QueueStall,
    ThirdParty,
    TrafficSpike,
    ZoneLoss,
)
from gameday.scenario.checks.effects import check_class, check_effect, check_replicas
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.copies import may_follow, related
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency, Service
from gameday.scenario.shares import possible, share_problem
from gameday.scenario.source import Path


def check_faults(scenario: Scenario, report: Report) -> None:
    """All faults of all variants."""
    names = Names.of(scenario)
    for name, variant in scenario.variants.items():
        canaries: dict[str, float] = {}
        for index, fault in enumerate(variant.faults):
            path: Path = ("variants", name, "faults", index)
            check_fault(report, path, fault, scenario, names)
            if isinstance(fault, Deploy) and fault.share is not None:
                canaries[fault.service] = canaries.get(fault.service, 0.0) + fault.share
                if canaries[fault.service] > 1.0 + 1e-9:
                    message = f"the canaries of {fault.service} add up to {canaries[fault.service]:.0%} of its replicas"
                    report.error((*path, "share"), message, "too-much-canary")


def check_fault(report: Report, path: Path, fault: Fault, scenario: Scenario, names: Names) -> None:
    """One fault by itself: what it refers to is there, and can be broken so."""
    _check_references(report, path, fault, scenario, names)
    lacking = _LACKING.get(fault.kind)
    problem = lacking(scenario, fault) if lacking is not None else None
    if problem is not None:
        report.error((*path, "kind"), problem, "nothing-to-break")


def _check_references(report: Report, path: Path, fault: Fault, scenario: Scenario, names: Names) -> None:
    for attribute, known in (
        ("service", names.services),
        ("caller", names.services),
        ("callee", names.services),
        ("edge", names.edges),
        ("entry", names.entries),
        ("flag", names.flags),
        ("person", names.people),
    ):
        kind = "service" if attribute in ("caller", "callee") else attribute
        report.expect((*path, attribute), getattr(fault, attribute, None), known, kind)
    check_class(report, path, getattr(fault, "entry", None), getattr(fault, "segment", None), scenario, names)
    service, reach = getattr(fault, "service", None), getattr(fault, "reach", None)
    if isinstance(fault, ZoneLoss):
        report.expect((*path, "zone"), fault.zone, scenario.system.zones or (), "zone")
    else:
        check_replicas(report, path, service, getattr(fault, "zone", None), reach, scenario)
    if isinstance(fault, Deploy | Clock):
        check_replicas(report, path, service, None, fault.share, scenario, key="share")
    if isinstance(fault, Deploy | BadConfig):
        for index, effect in enumerate(fault.effects):
            check_effect(report, (*path, "effects", index), effect, scenario, names)
            _check_share(report, (*path, "effects", index), fault, effect, scenario)
    if isinstance(fault, Partition):
        _check_partition(report, path, fault, scenario, names)
    if fault.ramp and fault.kind in _AT_ONCE:
        report.warning((*path, "ramp"), f"a fault of kind {fault.kind} comes all at once", "unused-block", key=True)
    _check_does_something(report, path, fault, scenario)


def _check_share(report: Report, path: Path, fault: Deploy | BadConfig, effect: Effect, scenario: Scenario) -> None:
    """What only some replicas have is something that a replica can have for itself, or that is had in proportion."""
    if isinstance(fault, Deploy):
        key = "share" if fault.share is not None else "rollout" if fault.rollout is not None else ""
    else:
        key = "reach" if fault.reach is not None else ""
    known = effect.edge is None or any(edge.name == effect.edge for edge in scenario.system.dependencies)
    problem = share_problem(scenario.system, effect, fault.service) if key and known else ""
    if problem:
        message = f"not with {key}: {problem}; {possible(fault.service)}"
        report.error((*path, effect.parameter), message, "not-in-part", key=True)


def _check_does_something(report: Report, path: Path, fault: Fault, scenario: Scenario) -> None:
    """Figures with which a fault does nothing, or is over before it began."""
    for key in ("share", "lost"):
        if getattr(fault, key, None) == 0.0:
            report.warning((*path, key), f"a {key} of 0% does nothing", "idle-fault")
    if fault.lasts == 0 and fault.kind != "cache-flush":
        report.error((*path, "lasts"), "it ends as it begins; leave lasts out, or say how long", "impossible")
    if isinstance(fault, Latency) and fault.factor in (0.0, 1.0):
        message = "work takes no time at all then" if fault.factor == 0.0 else "a factor of 1 changes nothing"
        report.error((*path, "factor"), message, "impossible")
    if isinstance(fault, Failover) and fault.lasts is not None and (fault.split_brain or 0) > fault.lasts:
        report.error((*path, "split_brain"), "this is longer than the fault lasts", "impossible")
    if isinstance(fault, FlagChange):
        flag = scenario.system.flags.get(fault.flag)
        if flag is not None and flag.state == fault.state:
            report.error((*path, "state"), f"{fault.flag} is {flag.state} from the start", "idle-fault")


def _check_partition(report: Report, path: Path, fault: Partition, scenario: Scenario, names: Names) -> None:
    for number, group in enumerate(fault.groups or ()):
        for at, name in enumerate(group):
            report.expect((*path, "groups", number, at), name, names.services, "service")
    for number, zone in enumerate(fault.zones or ()):
        report.expect((*path, "zones", number), zone, scenario.system.zones or (), "zone")


def _edge(scenario: Scenario, name: str) -> Dependency | None:
    return next((edge for edge in scenario.system.dependencies if edge.name == name), None)


def _service(scenario: Scenario, name: str | None) -> Service | None:
    return scenario.system.services.get(name or "")


def _pool_leak(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, PoolLeak)
    edge = _edge(scenario, fault.edge)
    return f"{fault.edge} has no pool that could leak" if edge is not None and edge.pool is None else None


def _queue_stall(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, QueueStall)
    edge = _edge(scenario, fault.edge)
    if edge is None or edge.mode == "pull":
        return None
    return f"{fault.edge} takes nothing from a queue; name an edge with mode: pull"


def _cache_flush(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, CacheFlush)
    edges = scenario.system.dependencies
    if fault.service is not None and _service(scenario, fault.service) is not None:
        held = any(edge.cache is not None and edge.cache.at == fault.service for edge in edges)
        return None if held else f'no dependency has a cache at "{fault.service}", so there is nothing to flush'
    edge = _edge(scenario, fault.edge or "")
    return f"{fault.edge} has no cache" if edge is not None and edge.cache is None else None


def _hot_key(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, HotKey)
    service = _service(scenario, fault.service)
    if service is None or (service.per_replica is not None and service.per_replica.balancing == "key"):
        return None
    return f'"{fault.service}" has no shards: give it per_replica with balancing: key'


def _poison(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, PoisonMessage)
    service = _service(scenario, fault.service)
    if service is None or service.kind == "queue":
        return None
    return f'"{fault.service}" is no queue but {service.kind}, and has no messages'


def _failover(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, Failover)
    if _service(scenario, fault.service) is None or may_follow(scenario.system, fault.service):
        return None
    return f'"{fault.service}" is no replica of another database: give it replication'


def _autoscaler(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, Autoscaler)
    service = _service(scenario, fault.service)
    if service is None or service.autoscaling is not None:
        return None
    return f'"{fault.service}" has no autoscaling'


def _disk_full(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, DiskFull)
    edges = scenario.system.dependencies
    if fault.errors is not None or any(edge.callee == fault.service and edge.writes for edge in edges):
        return None
    return f'no dependency on "{fault.service}" has writes: true, and errors is not said, so nothing would fail'


def _credential(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, CredentialExpiry)
    pairs = [(edge.caller, edge.callee) for edge in scenario.system.dependencies]
    return None if (fault.caller, fault.service) in pairs else f"{fault.caller} never calls {fault.service}"


def _attack(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, TrafficSpike)
    entry = scenario.system.traffic.entries.get(fault.entry)
    return f'"{fault.entry}" is demand; an attack is traffic with counts: false' if entry and entry.counts else None


def _zone_loss(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, ZoneLoss)
    if any(fault.zone in (service.zones or ()) for service in scenario.system.services.values()):
        return None
    return f'no service has a replica in the zone "{fault.zone}"'


def _third_party(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, ThirdParty)
    service = _service(scenario, fault.service)
    if service is None or service.kind == "external":
        return None
    return f'"{fault.service}" is no third party but {service.kind}; give it kind: external'


def _partition(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, Partition)
    system = scenario.system
    ways = [*((edge.caller, edge.callee) for edge in system.dependencies), *related(system)]
    if fault.zones is not None:
        here, there = fault.zones
        if {here, there} <= set(system.zones or ()) and not any(
            _crosses(_zones_of(scenario, one), _zones_of(scenario, other), here, there) for one, other in ways
        ):
            return f"no call goes between the zones {here} and {there}: callers and callees need zones"
        return None
    side = {name: number for number, group in enumerate(fault.groups or ()) for name in group}
    if not set(side) <= set(system.services):
        return None
    if any(side.get(one) != side.get(other) for one, other in ways if {one, other} <= set(side)):
        return None
    return "no service of one group calls any of another"


def _zones_of(scenario: Scenario, name: str) -> tuple[str, ...]:
    service = _service(scenario, name)
    return service.zones or () if service is not None else ()


def _crosses(callers: tuple[str, ...], callees: tuple[str, ...], here: str, there: str) -> bool:
    return (here in callers and there in callees) or (there in callers and here in callees)


def _clock(scenario: Scenario, fault: Fault) -> str | None:
    assert isinstance(fault, Clock)
    if _service(scenario, fault.service) is None:
        return None
    called = [edge.callee for edge in scenario.system.dependencies if edge.caller == fault.service]
    if fault.callee is None:
        return None if called else f"{fault.service} calls nobody, so nobody turns its tokens away"
    return None if fault.callee in called else f"{fault.service} never calls {fault.callee}"


_AT_ONCE = frozenset(
    {
        "crash",
        "flag",
        "pool-leak",
        "queue-stall",
        "memory-leak",
        "disk-full",
        "cache-flush",
        "failover",
        "dns",
        "zone-loss",
        "autoscaler",
        "provisioning",
        "monitoring",
        "status-page-down",
        "person-unavailable",
    }
)
"""Kinds that have no ramp, or grow in their own way."""

_LACKING: Mapping[str, Callable[[Scenario, Fault], str | None]] = {
    "pool-leak": _pool_leak,
    "queue-stall": _queue_stall,
    "cache-flush": _cache_flush,
    "hot-key": _hot_key,
    "poison-message": _poison,
    "failover": _failover,
    "autoscaler": _autoscaler,
    "disk-full": _disk_full,
    "credential-expiry": _credential,
    "attack": _attack,
    "zone-loss": _zone_loss,
    "third-party": _third_party,
    "partition": _partition,
    "clock": _clock,
}
"""Why a fault of a kind could do nothing in this system."""
