"""What faults share: where they are, and ramps."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.kinds.faults import Fault
from gameday.core.units import MICRO
from gameday.engine.effects import EffectBook

Steps = Generator[simpy.Event, None, None]


def component_of(fault: Fault) -> str:
    """The service, edge, entry or flag at which a fault is."""
    for attribute in ("service", "edge", "entry", "flag"):
        if name := getattr(fault, attribute, None):
            return str(name)
    raise AssertionError(f"a fault of kind {fault.kind} is nowhere")


def ramp_up(env: simpy.Environment, book: EffectBook, source: str, ramp: int) -> Steps:
    """Raise the strength of a source from 0 to 1 over `ramp` microseconds, a step a second."""
    steps = max(1, -(-ramp // MICRO))
    for step in range(1, steps + 1):
        yield env.timeout(ramp // steps)
        book.set_strength(source, step / steps)
