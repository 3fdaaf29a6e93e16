"""What happened, past tense, with its simulated time: the spine's output, read by screens, journal and scoring.

Every event is a frozen value with a one-line text. `visible` says whether responders may see it; the hidden ones
(a fault beginning, say) are for the facilitator and the review. Owns no behaviour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from gameday.core.units import MICRO, format_clock


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events. `at` is in microseconds since the session began."""

    at: int
    visible: ClassVar[bool] = True

    @property
    def second(self) -> int:
        return self.at // MICRO

    @property
    def kind(self) -> str:
        return type(self).__name__

    def text(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{format_clock(self.at)} {self.text()}"


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
class AlertFired(Event):
    alert: str
    summary: str

    def text(self) -> str:
        return f"alert {self.alert} fires: {self.summary}"


@dataclass(frozen=True, slots=True)
class AlertCleared(Event):
    alert: str

    def text(self) -> str:
        return f"alert {self.alert} cleared"


@dataclass(frozen=True, slots=True)
class Paged(Event):
    """One person is paged. `by` is `policy` or who did it by hand; `means` is `page` or `phone`."""

    page: str
    person: str
    summary: str
    means: str
    by: str
    level: int

    def text(self) -> str:
        how = "phoned" if self.means == "phone" else "paged"
        return f"{self.page} {self.person} {how}: {self.summary}"


@dataclass(frozen=True, slots=True)
class PageAcknowledged(Event):
    page: str
    person: str

    def text(self) -> str:
        return f"{self.page} acknowledged by {self.person}"


@dataclass(frozen=True, slots=True)
class PageEscalated(Event):
    """The delay of a rule ran out (`by` = policy), or somebody escalated by hand before it did."""

    page: str
    level: int
    by: str

    def text(self) -> str:
        return f"{self.page} escalated to level {self.level} ({self.by})"


@dataclass(frozen=True, slots=True)
class PageExhausted(Event):
    page: str

    def text(self) -> str:
        return f"{self.page} has reached the end of its policy; nobody answered"


@dataclass(frozen=True, slots=True)
class PageResolved(Event):
    page: str

    def text(self) -> str:
        return f"{self.page} resolved"


@dataclass(frozen=True, slots=True)
class PhoneUnanswered(Event):
    person: str
    by: str

    def text(self) -> str:
        return f"{self.person} does not pick up the phone"


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    person: str
    team: str

    def text(self) -> str:
        return f"{self.person} ({self.team}) joined"


@dataclass(frozen=True, slots=True)
class IncidentDeclared(Event):
    by: str
    severity: str

    def text(self) -> str:
        return f"{self.by} declared {self.severity}"


@dataclass(frozen=True, slots=True)
class SeverityChanged(Event):
    by: str
    severity: str

    def text(self) -> str:
        return f"{self.by} set severity {self.severity}"


@dataclass(frozen=True, slots=True)
class RoleAssigned(Event):
    person: str
    role: str

    def text(self) -> str:
        return f"{self.person} is {self.role}"


@dataclass(frozen=True, slots=True)
class StatusPosted(Event):
    """An update for customers."""

    by: str
    message: str

    def text(self) -> str:
        return f"status by {self.by}: {self.message}"


@dataclass(frozen=True, slots=True)
class NoteTaken(Event):
    by: str
    message: str

    def text(self) -> str:
        return f"{self.by}: {self.message}"


@dataclass(frozen=True, slots=True)
class MessageReceived(Event):
    """Somebody outside the team says something in the channel (an inject)."""

    sender: str
    message: str

    def text(self) -> str:
        return f"{self.sender}: {self.message}"


@dataclass(frozen=True, slots=True)
class CauseDiagnosed(Event):
    by: str
    component: str
    mechanism: str
    sustaining: str

    def text(self) -> str:
        sustained = f", sustained by {self.sustaining}" if self.sustaining else ""
        return f"{self.by} diagnoses {self.component}: {self.mechanism}{sustained}"


@dataclass(frozen=True, slots=True)
class IncidentResolved(Event):
    by: str

    def text(self) -> str:
        return f"{self.by} resolved the incident"


@dataclass(frozen=True, slots=True)
class ActionRequested(Event):
    """An action that waits for an approval."""

    action: str
    command: str
    by: str
    approver: str

    def text(self) -> str:
        return f"{self.action} {self.command} waits for approval by {self.approver}"


@dataclass(frozen=True, slots=True)
class ActionApproved(Event):
    action: str
    by: str

    def text(self) -> str:
        return f"{self.action} approved by {self.by}"


@dataclass(frozen=True, slots=True)
class ActionStarted(Event):
    action: str
    command: str
    by: str
    ends_at: int

    def text(self) -> str:
        return f"{self.action} {self.command} started by {self.by}, done at {format_clock(self.ends_at)}"


@dataclass(frozen=True, slots=True)
class ActionCompleted(Event):
    action: str
    command: str
    result: str

    def text(self) -> str:
        return f"{self.action} {self.command}: {self.result}"


@dataclass(frozen=True, slots=True)
class ActionFailed(Event):
    """An action whose time is over and that did not do what it was for."""

    action: str
    command: str
    reason: str

    def text(self) -> str:
        return f"{self.action} {self.command} failed: {self.reason}"


@dataclass(frozen=True, slots=True)
class ActionCancelled(Event):
    """An action that somebody ended before it was done, or before it was approved."""

    action: str
    command: str
    by: str

    def text(self) -> str:
        return f"{self.action} {self.command} cancelled by {self.by}"


@dataclass(frozen=True, slots=True)
class GlassBroken(Event):
    """Somebody does something past the guardrails; `past` says past which, in words."""

    action: str
    command: str
    by: str
    past: str

    def text(self) -> str:
        return f"{self.by} broke the glass for {self.action} {self.command}, past {self.past}"


@dataclass(frozen=True, slots=True)
class LookStarted(Event):
    person: str
    command: str
    ends_at: int

    def text(self) -> str:
        return f"{self.person} looks at {self.command}"


@dataclass(frozen=True, slots=True)
class LookCompleted(Event):
    """What a look found: the lines of evidence, as they were read then."""

    person: str
    command: str
    lines: tuple[str, ...]

    def text(self) -> str:
        count = len(self.lines)
        return f"{self.person} has read {self.command} ({count} line{'' if count == 1 else 's'})"


@dataclass(frozen=True, slots=True)
class StepCompleted(Event):
    step: str
    how: str  # done | skipped | timed out
    by: str

    def text(self) -> str:
        return f"step {self.step} {self.how}"


@dataclass(frozen=True, slots=True)
class HintGiven(Event):
    by: str
    hint: str

    def text(self) -> str:
        return f"hint: {self.hint}"


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


Publish = Callable[[Event], None]
"""How a layer says that something happened."""
