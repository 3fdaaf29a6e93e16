"""Events of alerts: they fire and clear, are silenced, and join each other's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gameday.core.events.base import Event
from gameday.core.units import format_clock


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
class SilencedAlertFired(Event):
    """An alert fires while it is silenced: nobody is paged. `AlertFired` follows if the silence ends first."""

    alert: str
    summary: str

    def text(self) -> str:
        return f"alert {self.alert} fires, silenced: {self.summary}"


@dataclass(frozen=True, slots=True)
class AlertSilenced(Event):
    """Until `until`, in microseconds, nobody is paged by it."""

    alert: str
    by: str
    until: int

    def text(self) -> str:
        return f"alert {self.alert} silenced until {format_clock(self.until)} by {self.by}"


@dataclass(frozen=True, slots=True)
class AlertUnsilenced(Event):
    """A silence has ended. `by` is empty where its time was over."""

    alert: str
    by: str

    def text(self) -> str:
        return f"alert {self.alert} is no longer silenced ({self.by or 'its time is over'})"


@dataclass(frozen=True, slots=True)
class AlertGrouped(Event):
    """An alert that fires has joined the open page of its group; nobody is paged anew."""

    alert: str
    group: str
    page: str
    summary: str

    def text(self) -> str:
        return f"alert {self.alert} joins {self.page} (group {self.group}): {self.summary}"


@dataclass(frozen=True, slots=True)
class FalseAlarmBegan(Event):
    """The alert that fires now does so without a reason; responders have to find that out."""

    alert: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"false alarm: {self.alert} fires without a reason"
