"""Crash: replicas die with every request in them, and come back after start-up where they restart, or crash again."""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Crash
from gameday.engine.faults.base import FaultWorld
from gameday.engine.residents.base import Steps
from gameday.engine.residents.crashes import crash_source


def run(world: FaultWorld, fault: Crash, name: str) -> Steps:
    """Kills now; the capacity is back after the start-up time, after `lasts`, or at a restart."""
    if fault.again_after is not None:
        yield from _loop(world, fault, name, fault.again_after)
        return
    source = crash_source(fault.service, name)
    world.book.put(source, (Effect(service=fault.service, lost=fault.share),))
    world.traffic.kill(fault.service, fault.share)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.book.remove(source)
    elif fault.restarts:
        yield from world.crashes.recover(fault.service, source)


def _loop(world: FaultWorld, fault: Crash, name: str, again_after: int) -> Steps:
    """Until it is over, or something else runs than what crashes; what is down then starts once more."""
    revision = world.changes.revision(fault.service)
    end = None if fault.lasts is None else int(world.env.now) + fault.lasts

    def share() -> float:
        over = end is not None and int(world.env.now) >= end
        return 0.0 if over or world.changes.revision(fault.service) != revision else fault.share

    world.env.process(world.crashes.loop(fault.service, name, again_after, share))
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
