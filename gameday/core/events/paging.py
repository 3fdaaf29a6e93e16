"""Events of pages and who answers them."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.events.base import Event


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
