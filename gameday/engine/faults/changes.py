"""Faults that people make: a deploy whose version does harm while it runs, and a flag that somebody turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.kinds.faults import Deploy, FlagChange
from gameday.engine.faults.base import Steps, ramp_up

if TYPE_CHECKING:
    from gameday.engine.faults import FaultWorld


def run_deploy(world: FaultWorld, fault: Deploy, name: str) -> Steps:
    """The version runs until somebody rolls it back, or until `lasts` where its owners do so themselves."""
    del name
    source = world.changes.deploy(int(world.env.now), fault.service, fault.version, fault.by, fault.effects)
    if fault.ramp:
        world.book.set_strength(source, 0.0)
        yield from ramp_up(world.env, world.book, source, fault.ramp)
    if fault.lasts is not None:
        yield world.env.timeout(max(0, fault.lasts - fault.ramp))
        if source in world.book.sources:
            world.changes.roll_back(int(world.env.now), fault.service, fault.by)


def run_flag(world: FaultWorld, fault: FlagChange, name: str) -> Steps:
    """The flag stays as it was turned until somebody turns it back, or until `lasts`."""
    del name
    on = fault.state == "on"
    world.changes.set_flag(int(world.env.now), fault.flag, on, fault.by)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.changes.set_flag(int(world.env.now), fault.flag, not on, fault.by)
