"""What looks may use of the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import simpy

from gameday.engine.changes import Changes
from gameday.engine.monitoring import MonitoredSignals
from gameday.engine.residents.autoscaler import Autoscaler
from gameday.engine.residents.memory import Memories
from gameday.engine.traffic.attempts import HEDGED
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Scenario


class LookWorld(Protocol):
    """What a look needs of the world: nothing of it is the hidden truth."""

    env: simpy.Environment
    exercise: Exercise
    scenario: Scenario
    changes: Changes
    signals: MonitoredSignals
    autoscalers: Mapping[str, Autoscaler]
    memories: Memories

    @property
    def traffic(self) -> Traffic: ...


def is_foreign(world: LookWorld, service: str) -> bool:
    """Whether it runs at somebody else's: then one sees what its callers see, and nothing of its inside."""
    return world.scenario.system.services[service].kind == "external"


def cause_text(world: LookWorld, service: str, cause: str) -> str:
    """The cause as people would say it: a service that drops in silence does not refuse."""
    station = world.traffic.services.get(service)
    return "dropped" if cause == "refused" and station is not None and station.drops else cause


def attempt_text(number: int) -> str:
    """Which attempt of a call it was, counted from 1; a hedge is the same attempt once more."""
    return f"{number - HEDGED + 1} (hedge)" if number >= HEDGED else f"{number + 1}"


def replica_text(number: int) -> str:
    """Which replica it was, counted from 1 as in `restart --replica` and `describe`."""
    return f"{number + 1}"


def seconds_text(seconds: float | None) -> str:
    """A time for people: `12ms`, `1.30s`, `-` for none."""
    if seconds is None:
        return "-"
    return f"{seconds * 1000:.0f}ms" if seconds < 1.0 else f"{seconds:.2f}s"


def share_text(share: float | None) -> str:
    """A share for people: `4.2%`, `-` for none."""
    return "-" if share is None else f"{share:.1%}"
