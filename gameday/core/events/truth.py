"""Events of the hidden truth: faults and objectives, for the facilitator and the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gameday.core.events.base import Event


@dataclass(frozen=True, slots=True)
class _FaultEvent(Event):
    """`fault` is its name: who brought it (an inject), kind, component, number; `component` where it is."""

    fault: str
    component: str
    visible: ClassVar[bool] = False

    @property
    def named(self) -> str:
        """Its name without a word twice: what is nowhere is named by its kind, and its inject often by both."""
        return " ".join(dict.fromkeys(self.fault.split()))

    def _told(self, how: str) -> str:
        where = "" if self.component == self.fault.split()[0] else f" at {self.component}"
        return f"fault {self.named} {how}{where}"


@dataclass(frozen=True, slots=True)
class FaultBegan(_FaultEvent):
    def text(self) -> str:
        return self._told("began")


@dataclass(frozen=True, slots=True)
class FaultEnded(_FaultEvent):
    def text(self) -> str:
        return self._told("ended")


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
