"""Faults that are effects while they last: slowness, errors, missing capacity, demand, lost calls."""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import (
    Capacity,
    Clock,
    EdgeLoss,
    Errors,
    HotKey,
    Latency,
    Partition,
    TrafficSpike,
)
from gameday.core.units import format_duration
from gameday.engine.faults import crossing
from gameday.engine.faults.apart import stop_replication
from gameday.engine.faults.base import FaultWorld, hold, source_of
from gameday.engine.residents.base import Steps
from gameday.scenario.models import Scenario
from gameday.scenario.shares import on_share

Lasting = Latency | Errors | Capacity | TrafficSpike | EdgeLoss | HotKey | Clock | Partition


def run(world: FaultWorld, fault: Lasting, name: str) -> Steps:
    """Puts the effects, ramps them up, and takes them away after `lasts`."""
    if isinstance(fault, Partition):
        stop_replication(world, fault)
    if isinstance(fault, Partition) and fault.zones is not None:
        yield from crossing.run(world, fault, fault.zones, name)
    else:
        yield from hold(world, fault, source_of(name), effects_of(world.scenario, fault))


def effects_of(scenario: Scenario, fault: Lasting) -> tuple[Effect, ...]:
    """The effects that the fault is."""
    match fault:
        case Partition():
            return _cut_off(scenario, fault)
        case Clock():
            return tuple(
                on_share(scenario.system, Effect(edge=edge.name, unauthorized=1.0), fault.service, fault.share)
                for edge in scenario.system.dependencies
                if edge.caller == fault.service and fault.callee in (None, edge.callee)
            )
        case _:
            return (_effect_of(fault),)


def _effect_of(fault: Latency | Errors | Capacity | TrafficSpike | EdgeLoss | HotKey) -> Effect:
    match fault:
        case Latency(factor=None):
            return _on_some(fault, {"latency": format_duration(fault.add or 0)})
        case Latency():
            return _on_some(fault, {"service_time": fault.factor})
        case Errors():
            return _on_some(fault, {"errors": fault.share})
        case Capacity():
            return Effect(service=fault.service, lost=fault.lost, zone=fault.zone, reach=fault.reach)
        case TrafficSpike():
            return Effect(on=fault.entry, traffic=fault.factor)
        case EdgeLoss():
            return Effect(edge=fault.edge, loss=fault.share)
        case HotKey():
            return Effect(service=fault.service, hot_key=fault.share)


def _on_some(fault: Latency | Errors, parameter: dict[str, object]) -> Effect:
    """An effect on those requests and those replicas of the service that the fault names."""
    keys = ("service", "entry", "segment", "zone", "reach")
    return Effect.model_validate(parameter | {key: getattr(fault, key) for key in keys})


def _cut_off(scenario: Scenario, fault: Partition) -> tuple[Effect, ...]:
    """The calls that would have to cross from one group to another are lost."""
    group_of = {name: number for number, group in enumerate(fault.groups or ()) for name in group}
    effects = []
    for edge in scenario.system.dependencies:
        sides = group_of.get(edge.caller), group_of.get(edge.callee)
        if None not in sides and sides[0] != sides[1]:
            effects.append(Effect(edge=edge.name, loss=1.0))
    return tuple(effects)
