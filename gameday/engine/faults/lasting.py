"""Faults that are effects while they last: latency, errors, missing capacity, traffic spikes, lost calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Capacity, EdgeLoss, Errors, Latency, TrafficSpike
from gameday.core.units import format_duration
from gameday.engine.faults.base import Steps, ramp_up

if TYPE_CHECKING:
    from gameday.engine.faults import FaultWorld

Lasting = Latency | Errors | Capacity | TrafficSpike | EdgeLoss


def run(world: FaultWorld, fault: Lasting, name: str) -> Steps:
    """Puts the effect, ramps it up, and takes it away after `lasts`."""
    source = f"fault {name}"
    began = world.env.now
    world.book.put(source, (effect_of(fault),), 0.0 if fault.ramp else 1.0)
    if fault.ramp:
        yield from ramp_up(world.env, world.book, source, fault.ramp)
    if fault.lasts is not None:
        left = fault.lasts - int(world.env.now - began)
        if left > 0:
            yield world.env.timeout(left)
        world.book.remove(source)


def effect_of(fault: Lasting) -> Effect:
    """The one effect that the fault is."""
    match fault:
        case Latency(factor=None):
            added = format_duration(fault.add or 0)
            return Effect(service=fault.service, latency=added, entry=fault.entry, segment=fault.segment)  # type: ignore[arg-type]
        case Latency():
            return Effect(service=fault.service, service_time=fault.factor, entry=fault.entry, segment=fault.segment)
        case Errors():
            return Effect(service=fault.service, errors=fault.share, entry=fault.entry, segment=fault.segment)
        case Capacity():
            return Effect(service=fault.service, lost=fault.lost)
        case TrafficSpike():
            return Effect(on=fault.entry, traffic=fault.factor)
        case EdgeLoss():
            return Effect(edge=fault.edge, loss=fault.share)
