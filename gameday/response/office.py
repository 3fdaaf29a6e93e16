"""What everybody who is simulated shares: the clock, what can be seen, the channel, the one way to the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import simpy

from gameday.core.events import Publish
from gameday.core.signals import Signals
from gameday.response.hands import Hands
from gameday.response.questions import Questions
from gameday.scenario.models import Scenario


@dataclass(frozen=True, slots=True)
class Office:
    """The simulated side of one session. `here` says who is here now, `played` who is not simulated."""

    env: simpy.Environment
    scenario: Scenario
    seed: int
    signals: Signals
    hands: Hands
    questions: Questions
    publish: Publish
    here: Callable[[], tuple[str, ...]]
    played: tuple[str, ...]

    @property
    def now(self) -> int:
        """Microseconds since the session began."""
        return int(self.env.now)
