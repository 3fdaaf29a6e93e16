"""Events among people: asks, reports, evidence, hypotheses, changes of hands, questions that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gameday.core.events.base import Event
from gameday.core.units import format_clock


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """Somebody asks a colleague something; `due_at` (microseconds) is None where no time was named."""

    by: str
    to: str
    question: str
    due_at: int | None

    def text(self) -> str:
        return f"{self.by} asks {self.to}: {self.question}{_by(self.due_at)}"


@dataclass(frozen=True, slots=True)
class Delegated(Event):
    """Somebody asks a colleague to give a command."""

    by: str
    to: str
    command: str
    due_at: int | None

    def text(self) -> str:
        return f"{self.by} hands {self.to}: {self.command}{_by(self.due_at)}"


@dataclass(frozen=True, slots=True)
class Said(Event):
    """Somebody of the team says something in the channel; `to` is empty where it is for everybody."""

    person: str
    to: str
    message: str

    def text(self) -> str:
        return f"{self.person} to {self.to}: {self.message}" if self.to else f"{self.person}: {self.message}"


@dataclass(frozen=True, slots=True)
class CanReported(Event):
    """A CAN report: conditions, actions, needs."""

    person: str
    conditions: str
    actions: str
    needs: str

    def text(self) -> str:
        return f"{self.person} reports. C: {self.conditions} A: {self.actions} N: {self.needs}"


@dataclass(frozen=True, slots=True)
class EvidenceShared(Event):
    """What somebody found by looking, for everybody to read."""

    person: str
    command: str
    lines: tuple[str, ...]

    def text(self) -> str:
        count = len(self.lines)
        return f"{self.person} shares {self.command} ({count} line{'' if count == 1 else 's'})"


@dataclass(frozen=True, slots=True)
class HypothesisStated(Event):
    """What somebody holds for likely, and how sure they are (a share such as 60%, or empty)."""

    person: str
    component: str
    mechanism: str
    confidence: str

    def text(self) -> str:
        sure = f" ({self.confidence} sure)" if self.confidence else ""
        return f"{self.person} suspects {self.component}: {self.mechanism}{sure}"


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """A role changes hands, with what the next one has to know."""

    by: str
    to: str
    role: str
    message: str

    def text(self) -> str:
        return f"{self.by} hands {self.role} over to {self.to}: {self.message}"


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    """Somebody goes: relieved, or at the end of a shift."""

    person: str
    reason: str

    def text(self) -> str:
        return f"{self.person} leaves: {self.reason}"


@dataclass(frozen=True, slots=True)
class QuestionPut(Event):
    """Somebody waits for an answer of `to`. `purpose`: colleague, can, approval, executive, journalist or vendor."""

    question: str
    purpose: str
    sender: str
    to: str
    message: str
    about: str
    due_at: int | None

    def text(self) -> str:
        return f"{self.question} {self.sender} asks {self.to}: {self.message}{_by(self.due_at)}"


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    question: str
    by: str
    message: str

    def text(self) -> str:
        return f"{self.by} answers {self.question}: {self.message}"


@dataclass(frozen=True, slots=True)
class QuestionMissed(Event):
    """The time for an answer is over; it can still be given."""

    question: str
    sender: str
    to: str

    def text(self) -> str:
        return f"{self.question}: {self.sender} still waits for an answer by {self.to}"


@dataclass(frozen=True, slots=True)
class AskForgotten(Event):
    """An ask without a time limit that slipped somebody's mind; for the review only."""

    person: str
    question: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"{self.person} forgets: {self.question}"


@dataclass(frozen=True, slots=True)
class ConclusionDrawn(Event):
    """What a colleague takes for the cause. `astray` where they did not follow what they saw; for the review only."""

    person: str
    component: str
    mechanism: str
    astray: bool
    visible: ClassVar[bool] = False

    def text(self) -> str:
        how = "beside what was seen" if self.astray else "from what was seen"
        return f"{self.person} concludes {self.component}: {self.mechanism}, {how}"


@dataclass(frozen=True, slots=True)
class InjectCame(Event):
    """The facilitator's script sent something in; `inject` is its name in the list."""

    inject: str
    what: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"inject {self.inject}: {self.what}"


def _by(due_at: int | None) -> str:
    return "" if due_at is None else f" (by {format_clock(due_at)})"
