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
from gameday.engine.faults.base import FaultWorld, hold, source_of
from gameday.engine.residents.base import Steps
from gameday.scenario.models import Scenario

Lasting = Latency | Errors | Capacity | TrafficSpike | EdgeLoss | HotKey | Clock | Partition


def run(world: FaultWorld, fault: Lasting, name: str) -> Steps:
    """Puts the effects, ramps them up, and takes them away after `lasts`."""
    yield from hold(world, fault, source_of(name), effects_of(world.scenario, fault))


def effects_of(scenario: Scenario, fault: Lasting) -> tuple[Effect, ...]:
    """The effects that the fault is."""
    match fault:
        case Partition():
            return _cut_off(scenario, fault)
        case Clock():
            return tuple(
                Effect(edge=edge.name, unauthorized=fault.share)
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
    """The calls that would have to cross from one side to the other are lost."""
    group_of = {name: number for number, group in enumerate(fault.groups or ()) for name in group}
    effects = []
    for edge in scenario.system.dependencies:
        if fault.zones is not None:
            share = _crossing(scenario, edge.caller, edge.callee, fault.zones)
        else:
            sides = group_of.get(edge.caller), group_of.get(edge.callee)
            share = float(None not in sides and sides[0] != sides[1])
        if share > 0.0:
            effects.append(Effect(edge=edge.name, loss=share))
    return tuple(effects)


def _crossing(scenario: Scenario, caller: str, callee: str, zones: tuple[str, str]) -> float:
    """The share of the calls between two services that goes from one zone to the other."""
    one, other = zones
    from_one, to_one = _share_in(scenario, caller, one), _share_in(scenario, callee, one)
    from_other, to_other = _share_in(scenario, caller, other), _share_in(scenario, callee, other)
    return from_one * to_other + from_other * to_one


def _share_in(scenario: Scenario, name: str, zone: str) -> float:
    service = scenario.system.services[name]
    zones = service.zones or ()
    return sum(zones[number % len(zones)] == zone for number in range(service.replicas) if zones) / service.replicas
