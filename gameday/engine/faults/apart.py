"""Databases that a partition has put on different sides: nothing is replicated between them while it lasts.

Owns which those are. What becomes of their writes meanwhile is up to the traffic.
"""

from __future__ import annotations

from gameday.core.kinds.faults import Partition
from gameday.engine.faults.base import FaultWorld
from gameday.engine.residents.base import Steps
from gameday.scenario.copies import related
from gameday.scenario.models import Scenario


def stop_replication(world: FaultWorld, fault: Partition) -> None:
    """Nothing gets through once the partition has grown, until it is over."""
    if apart := _apart(world.scenario, fault):
        world.env.process(_stop(world, fault, apart))


def _stop(world: FaultWorld, fault: Partition, apart: list[tuple[str, str]]) -> Steps:
    grown = fault.ramp or 0
    yield world.env.timeout(grown)
    for one, other in apart:
        world.traffic.cut(one, other)
    if fault.lasts is not None:
        yield world.env.timeout(max(0, fault.lasts - grown))
        for one, other in apart:
            world.traffic.mend(one, other)


def _apart(scenario: Scenario, fault: Partition) -> list[tuple[str, str]]:
    """Pairs of which all of the one is on one side and all of the other on another."""
    sides = {name: number for number, group in enumerate(fault.groups or ()) for name in group}
    if fault.zones is not None:
        for name, service in scenario.system.services.items():
            zones = [*dict.fromkeys((service.zones or ())[: service.replicas])]
            if len(zones) == 1 and zones[0] in fault.zones:
                sides[name] = fault.zones.index(zones[0])
    pairs = [(one, other) for one, other in related(scenario.system) if one in sides and other in sides]
    return [(one, other) for one, other in pairs if sides[one] != sides[other]]
