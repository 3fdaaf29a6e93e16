"""What goes wrong: a module a kind of fault, its begin and its end together.

A kind is a generator function `run(world, fault, name)` that lives in the SimPy environment; the registry maps kinds to
them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Protocol

import simpy

from gameday.core.events import Event, FaultBegan, FaultEnded
from gameday.core.kinds.faults import Fault
from gameday.engine.changes import Changes
from gameday.engine.effects import EffectBook
from gameday.engine.faults import changes, crash, lasting
from gameday.engine.faults.base import Steps, component_of
from gameday.engine.traffic.kernel import Traffic


class FaultWorld(Protocol):
    """What a fault needs of the world."""

    env: simpy.Environment
    book: EffectBook
    changes: Changes

    @property
    def traffic(self) -> Traffic: ...

    def publish(self, event: Event) -> None: ...

    def start_up(self, service: str) -> int: ...


KINDS: dict[str, Callable[[Any, Any, str], Steps]] = {
    "crash": crash.run,
    "latency": lasting.run,
    "errors": lasting.run,
    "capacity": lasting.run,
    "traffic-spike": lasting.run,
    "edge-loss": lasting.run,
    "deploy": changes.run_deploy,
    "bad-deploy": changes.run_deploy,
    "flag": changes.run_flag,
}


def run(world: FaultWorld, fault: Fault, name: str) -> Generator[simpy.Event, None, None]:
    """The life of one fault: waits for its time, begins, and ends where it ends by itself."""
    yield world.env.timeout(fault.at)
    world.publish(FaultBegan(int(world.env.now), name, component_of(fault)))
    yield from KINDS[fault.kind](world, fault, name)
    if fault.lasts is not None:
        world.publish(FaultEnded(int(world.env.now), name, component_of(fault)))
