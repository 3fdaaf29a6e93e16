"""Crash: replicas die with every request in them, and come back after start-up where they restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Crash
from gameday.engine.faults.base import Steps

if TYPE_CHECKING:
    from gameday.engine.faults import FaultWorld


def crash_source(service: str, name: str) -> str:
    """Under this source the capacity is missing; a restart of the service takes it away."""
    return f"crash {service} {name}"


def run(world: FaultWorld, fault: Crash, name: str) -> Steps:
    """Kills now; the capacity is back after the start-up time, after `lasts`, or at a restart."""
    source = crash_source(fault.service, name)
    world.book.put(source, (Effect(service=fault.service, lost=fault.share),))
    world.traffic.kill(fault.service, fault.share)
    if fault.restarts or fault.lasts is not None:
        yield world.env.timeout(fault.lasts if fault.lasts is not None else world.start_up(fault.service))
        world.book.remove(source)
