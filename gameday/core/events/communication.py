"""Events of the clock of communication: updates for customers that fall due, come in time, or do not come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gameday.core.events.base import Event
from gameday.core.units import format_clock


@dataclass(frozen=True, slots=True)
class UpdateDue(Event):
    """A reminder, a minute ahead: `what` falls due at `due_at` (microseconds)."""

    what: str
    due_at: int

    def text(self) -> str:
        return f"{self.what} is due at {format_clock(self.due_at)}"


@dataclass(frozen=True, slots=True)
class UpdateMissed(Event):
    """`what` was due now and has not come."""

    what: str
    due_at: int

    def text(self) -> str:
        return f"{self.what} was due at {format_clock(self.due_at)} and has not come"


@dataclass(frozen=True, slots=True)
class UpdateMet(Event):
    """`what` came in time."""

    what: str
    due_at: int

    def text(self) -> str:
        return f"{self.what} came in time; it was due at {format_clock(self.due_at)}"


@dataclass(frozen=True, slots=True)
class UpdateRead(Event):
    """What an update does well and what it lacks, by the rules; for the review, as it would coach whoever plays."""

    by: str
    met: tuple[str, ...]
    lacking: tuple[str, ...]
    visible: ClassVar[bool] = False

    def text(self) -> str:
        lacking = f"; but it {', '.join(self.lacking)}" if self.lacking else ""
        return f"update by {self.by}: {', '.join(self.met) or 'meets no rule'}{lacking}"
