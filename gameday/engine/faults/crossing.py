"""Two zones that do not reach each other: what is lost of an edge's calls follows where replicas run.

Owns partitions between zones. Those between groups of services are lasting effects (`lasting`).
"""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Partition
from gameday.core.units import MICRO
from gameday.engine.faults.base import FaultWorld, hold, source_of
from gameday.engine.residents.base import Steps
from gameday.engine.traffic.mechanisms.fleets import Fleet
from gameday.engine.traffic.stations import Station


def run(world: FaultWorld, fault: Partition, zones: tuple[str, str], name: str) -> Steps:
    """Each caller loses those of its calls that go to the other zone; once a second it is looked who runs where."""
    source = source_of(name)
    world.env.process(_follow(world, zones, source))
    yield from hold(world, fault, source, _lost(world, zones))


def _follow(world: FaultWorld, zones: tuple[str, str], source: str) -> Steps:
    while True:
        yield world.env.timeout(MICRO)
        if source not in world.book.sources:
            return
        lost = _lost(world, zones)
        if lost != world.book.effects(source):
            world.book.hold(source, lost)


def _lost(world: FaultWorld, zones: tuple[str, str]) -> tuple[Effect, ...]:
    """A caller has its zone; whom it calls is chosen anew for each attempt, without regard to zones."""
    one, other = zones
    effects = []
    for edge in world.traffic.edges.values():
        if edge.spec.mode == "pull":
            share = _share_in(edge.caller, one) * _share_in(edge.callee, other)
            share += _share_in(edge.caller, other) * _share_in(edge.callee, one)
            if share > 0.0:
                effects.append(Effect(edge=edge.name, loss=min(1.0, share)))
            continue
        for here, there in ((one, other), (other, one)):
            share = _share_in(edge.callee, there)
            if here in edge.caller.spec.zones and share > 0.0:
                effects.append(Effect(edge=edge.name, zone=here, loss=share))
    return tuple(effects)


def _share_in(station: Station, zone: str) -> float:
    """Of the replicas to which requests are sent, the share in the zone."""
    lines, roster = station.lines, station.roster
    numbers = [replica.number for replica in lines.candidates] if isinstance(lines, Fleet) else roster.running
    return sum(roster.zone(number) == zone for number in numbers) / len(numbers) if numbers else 0.0
