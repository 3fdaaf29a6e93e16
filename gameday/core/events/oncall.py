"""Events of on-call: in which ways a page reaches somebody, and where nobody is on duty."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.events.base import Event


@dataclass(frozen=True, slots=True)
class NobodyOnCall(Event):
    """A page came to a schedule on which nobody is on duty now; it stays at this level until the delay runs out."""

    page: str
    schedule: str
    level: int

    def text(self) -> str:
        return f"{self.page} nobody is on call in {self.schedule} (level {self.level})"


@dataclass(frozen=True, slots=True)
class PersonNotified(Event):
    """A notification rule of a paged person came due; `by` is push, sms, email or phone."""

    page: str
    person: str
    by: str

    def text(self) -> str:
        return f"{self.page} {self.person} notified by {self.by}"


@dataclass(frozen=True, slots=True)
class NotificationFailed(Event):
    """A notification rule came due and did not get through to the person."""

    page: str
    person: str
    by: str

    def text(self) -> str:
        return f"{self.page} the {self.by} to {self.person} did not get through"
