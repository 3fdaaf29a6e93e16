"""Events of what people do: actions, looks, steps of the playbook."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.events.base import Event
from gameday.core.units import format_clock


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
