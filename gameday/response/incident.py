"""The incident as people run it: declaration, severity, roles, updates for customers, diagnoses, the end.

Owns when the next update for customers falls due: first `communication.first` after the declaration, then
`communication.every` after each update. Does not own pages (`gameday.response.paging`), which names
there are (`gameday.session.rules`), nor what is true.
"""

from __future__ import annotations

import simpy

from gameday.core.commands import Command
from gameday.core.events import (
    CauseDiagnosed,
    IncidentDeclared,
    IncidentResolved,
    NoteTaken,
    Publish,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
)
from gameday.core.signals import IncidentView
from gameday.core.units import MICRO, format_clock
from gameday.response.pages import PageBook
from gameday.response.people import People
from gameday.scenario.models.scenario import Communication

DEFAULT_SEVERITY = "SEV-2"
"""A major incident: if unsure, the higher."""

COMMANDER = "incident-commander"


class Incident:
    """The one incident of a session."""

    def __init__(
        self, env: simpy.Environment, communication: Communication, pages: PageBook, people: People, publish: Publish
    ) -> None:
        self._env = env
        self._communication = communication
        self._pages = pages
        self._people = people
        self._publish = publish
        self._declared_at: int | None = None
        self._severity: str | None = None
        self._roles: dict[str, str] = {}
        self._status_due_at: int | None = None
        self._last_status: str | None = None
        self._resolved_at: int | None = None

    @property
    def declared(self) -> bool:
        return self._declared_at is not None

    @property
    def resolved(self) -> bool:
        return self._resolved_at is not None

    def read(self, metric: str) -> float:
        """The state subject `incident`. Acknowledged: somebody has acknowledged a page so far."""
        match metric:
            case "declared":
                return float(self.declared)
            case "acknowledged":
                return float(self._pages.ever_acknowledged)
            case "resolved":
                return float(self.resolved)
            case "status_posted":
                return float(self._last_status is not None)
            case _:
                return 0.0

    def view(self) -> IncidentView:
        return IncidentView(
            declared_at=_second(self._declared_at),
            severity=self._severity,
            roles=tuple(self._roles.items()),
            status_due_at=_second(self._status_due_at),
            last_status=self._last_status,
            resolved_at=_second(self._resolved_at),
        )

    def problem(self, command: Command) -> str | None:
        """Why the command is refused now, or None."""
        match command.verb:
            case "note" | "diagnose":
                return None
            case "declare":
                return self._declare_problem()
            case "severity" | "assign" | "resolve" if self.resolved:
                return f"the incident was resolved at {format_clock(self._resolved_at)}"
            case "severity" | "assign" | "resolve" | "status" if not self.declared:
                return f"no incident is declared yet; declare it before {command.verb}"
            case "severity":
                return self._severity_problem(command)
            case "assign":
                return self._assign_problem(command)
            case _:
                return None

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        match command.verb:
            case "declare":
                return self._declare(command)
            case "severity":
                return self._set_severity(command)
            case "assign":
                return self._assign(command)
            case "status":
                return self._status(command)
            case "diagnose":
                return self._diagnose(command)
            case "resolve":
                return self._resolve(command)
            case _:
                self._publish(NoteTaken(self._now, command.author, command.argument("message") or ""))
                return "noted"

    @property
    def _now(self) -> int:
        return int(self._env.now)

    def _declare_problem(self) -> str | None:
        if self.resolved:
            return f"the incident was resolved at {format_clock(self._resolved_at)}"
        if self.declared:
            return f"{self._severity} was declared at {format_clock(self._declared_at)}; severity changes it"
        return None

    def _declare(self, command: Command) -> str:
        self._severity = command.argument("severity") or DEFAULT_SEVERITY
        self._declared_at = self._now
        self._roles[COMMANDER] = command.author
        self._status_due_at = self._now + self._communication.first
        self._publish(IncidentDeclared(self._now, command.author, self._severity))
        due = format_clock(self._status_due_at)
        return f"{self._severity} declared; {command.author} is {COMMANDER}; tell customers by {due}"

    def _severity_problem(self, command: Command) -> str | None:
        unchanged = command.argument("severity") == self._severity
        return f"the severity is {self._severity} already" if unchanged else None

    def _set_severity(self, command: Command) -> str:
        self._severity = command.argument("severity") or DEFAULT_SEVERITY
        self._publish(SeverityChanged(self._now, command.author, self._severity))
        return f"the severity is {self._severity}"

    def _assign_problem(self, command: Command) -> str | None:
        role, person = command.argument("role") or "", command.argument("person") or ""
        if not self._people.is_here(person):
            return f"{person} is not here; page them first"
        if self._roles.get(role) == person:
            return f"{person} is {role} already"
        return None

    def _assign(self, command: Command) -> str:
        role, person = command.argument("role") or "", command.argument("person") or ""
        self._roles[role] = person
        self._publish(RoleAssigned(self._now, person, role))
        return f"{person} is {role}"

    def _status(self, command: Command) -> str:
        message = command.argument("message") or ""
        self._last_status = message
        self._publish(StatusPosted(self._now, command.author, message))
        if self.resolved:
            return "posted for customers"
        self._status_due_at = self._now + self._communication.every
        return f"posted for customers; the next is due at {format_clock(self._status_due_at)}"

    def _diagnose(self, command: Command) -> str:
        cause = [command.argument(name) or "" for name in ("component", "mechanism", "sustaining")]
        self._publish(CauseDiagnosed(self._now, command.author, *cause))
        return "written down; the debrief says how close it was"

    def _resolve(self, command: Command) -> str:
        self._resolved_at = self._now
        self._status_due_at = None
        self._publish(IncidentResolved(self._now, command.author))
        for page in self._pages.pages:
            if page.is_open:
                self._pages.resolve(page)
        return "the incident is resolved"


def _second(micros: int | None) -> int | None:
    return None if micros is None else micros // MICRO
