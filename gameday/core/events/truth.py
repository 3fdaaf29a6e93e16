"""Events of the hidden truth: faults and objectives, for the facilitator and the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gameday.core.events.base import Event


@dataclass(frozen=True, slots=True)
class FaultBegan(Event):
    fault: str
    component: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"fault {self.fault} began at {self.component}"


@dataclass(frozen=True, slots=True)
class FaultEnded(Event):
    fault: str
    component: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"fault {self.fault} ended at {self.component}"


@dataclass(frozen=True, slots=True)
class ObjectiveMissed(Event):
    """The first window of a stretch in which an entry misses its objective; players see the signals instead."""

    entry: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"{self.entry} misses its objective"


@dataclass(frozen=True, slots=True)
class ObjectiveRestored(Event):
    entry: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"{self.entry} meets its objective again"
