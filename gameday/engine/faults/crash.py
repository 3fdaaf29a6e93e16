"""Crash: replicas die with every request in them, and come back after start-up where they restart, or crash again."""

from __future__ import annotations

from gameday.core.kinds.faults import Crash
from gameday.engine.faults.base import FaultWorld
from gameday.engine.residents.base import Steps
from gameday.engine.residents.crashes import crash_source


def run(world: FaultWorld, fault: Crash, name: str) -> Steps:
    """Kills now. At a restart, after `lasts`, or at once where they restart by themselves, the start-up time begins."""
    numbers = world.crashes.some(fault.service, fault.share)
    if fault.again_after is not None:
        yield from _loop(world, fault, name, fault.again_after, numbers)
        return
    source = crash_source(fault.service, name)
    world.crashes.fall(fault.service, source, numbers)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.env.process(world.crashes.start(fault.service, source))
    elif fault.restarts:
        yield from world.crashes.recover(fault.service, source)


def _loop(world: FaultWorld, fault: Crash, name: str, again_after: int, numbers: tuple[int, ...]) -> Steps:
    """Until it is over, or something else runs than what crashes; what is down then starts once more."""
    revision = world.changes.revision(fault.service)
    end = None if fault.lasts is None else int(world.env.now) + fault.lasts

    def cause() -> tuple[int, ...]:
        over = end is not None and int(world.env.now) >= end
        if over or world.changes.revision(fault.service) != revision:
            return ()
        size = world.traffic.services[fault.service].roster.size
        return tuple(number for number in numbers if number < size)

    world.env.process(world.crashes.loop(fault.service, name, again_after, cause))
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
