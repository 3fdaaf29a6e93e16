"""Events of the incident as people run it: command, updates for customers, diagnoses."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.events.base import Event


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
    """An update for customers. `channel` is where: the status page, social media or email."""

    by: str
    message: str
    channel: str = "page"

    def text(self) -> str:
        where = "" if self.channel == "page" else f" ({self.channel})"
        return f"status by {self.by}{where}: {self.message}"


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
class IncidentReopened(Event):
    """It was declared again after it had been resolved."""

    by: str

    def text(self) -> str:
        return f"{self.by} opened the incident again"
