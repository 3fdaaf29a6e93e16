"""What a resident of the world may use of it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

import simpy

from gameday.core.signals import Signals
from gameday.core.units import MICRO
from gameday.engine.changes import Changes
from gameday.engine.effects import EffectBook
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.models import Scenario

Steps = Generator[simpy.Event, None, None]

ORCHESTRATOR = "orchestrator"
"""Who starts, kills and restarts replicas, in the change feed."""


class Readings(Signals, Protocol):
    """Signals, and how far they go."""

    @property
    def upto(self) -> int:
        """The last whole second that has been closed."""


class ResidentWorld(Protocol):
    """What a resident needs of the world."""

    env: simpy.Environment
    book: EffectBook
    changes: Changes
    scenario: Scenario

    @property
    def signals(self) -> Readings: ...

    @property
    def traffic(self) -> Traffic: ...

    def start_up(self, service: str) -> int: ...


def ramp_up(env: simpy.Environment, book: EffectBook, source: str, ramp: int) -> Steps:
    """Raise the strength of a source from 0 to 1 over `ramp` microseconds, a step a second."""
    steps = max(1, -(-ramp // MICRO))
    for step in range(1, steps + 1):
        yield env.timeout(ramp // steps)
        book.set_strength(source, step / steps)
