"""The incident as people run it: declaration, severity, updates for customers, diagnoses, the end.

Does not own who holds which role (`gameday.response.command.roles`), when updates for customers fall due
(`gameday.response.updates`), pages (`gameday.response.paging`), which names there are (`gameday.session.rules`), nor
what is true.
"""

from __future__ import annotations

from collections.abc import Callable

import simpy

from gameday.core.commands import Command
from gameday.core.events import (
    CauseDiagnosed,
    IncidentDeclared,
    IncidentReopened,
    IncidentResolved,
    NoteTaken,
    Publish,
    SeverityChanged,
    StatusPosted,
)
from gameday.core.signals import IncidentView
from gameday.core.units import MICRO, format_clock
from gameday.response.command.resolving import AGAIN, not_held
from gameday.response.command.roles import COMMANDER, Roles
from gameday.response.command.wall import Wall
from gameday.response.drafts import Drafts
from gameday.response.pages import PageBook
from gameday.response.updates import Updates

DEFAULT_SEVERITY = "SEV-2"
"""A major incident: if unsure, the higher."""

PAGE = "page"
"""Where updates are posted unless somebody says otherwise: the status page."""


class Incident:
    """The one incident of a session."""

    def __init__(
        self,
        env: simpy.Environment,
        pages: PageBook,
        roles: Roles,
        updates: Updates,
        drafts: Drafts,
        page_is_up: Callable[[], bool],
        wall: Wall,
        publish: Publish,
    ) -> None:
        """`page_is_up` tells whether customers can see the status page."""
        self._env = env
        self._pages = pages
        self._roles = roles
        self._updates = updates
        self._drafts = drafts
        self._page_is_up = page_is_up
        self._wall = wall
        self._publish = publish
        self._declared_at: int | None = None
        self._severity: str | None = None
        self._last_status: str | None = None
        self._resolved_at: int | None = None

    @property
    def declared(self) -> bool:
        return self._declared_at is not None

    @property
    def resolved(self) -> bool:
        return self._resolved_at is not None

    @property
    def declared_at(self) -> int | None:
        """When it was declared, in microseconds."""
        return self._declared_at

    @property
    def status_due_at(self) -> int | None:
        """When the next update for customers falls due, in microseconds; None where none is owed."""
        return self._updates.due_at

    def not_open(self, verb: str) -> str | None:
        """Why the incident takes a verb no more, or not yet; None where it is open."""
        if self.resolved:
            return f"the incident was resolved at {format_clock(self._resolved_at)}; {AGAIN}"
        return None if self.declared else f"no incident is declared yet; declare it before {verb}"

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
            roles=self._roles.items(),
            status_due_at=_second(self._updates.due_at),
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
            case "severity":
                return self.not_open("severity") or self._severity_problem(command)
            case "resolve":
                return self.not_open("resolve")
            case "status" if not self.declared:
                return self.not_open("status")
            case "status":
                return self._status_problem(command)
            case _:
                return None

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        match command.verb:
            case "declare":
                return self._declare(command)
            case "severity":
                return self._set_severity(command)
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
        if self.declared and not self.resolved:
            return f"{self._severity} was declared at {format_clock(self._declared_at)}; severity changes it"
        return None

    def _declare(self, command: Command) -> str:
        if self.resolved:
            return self._reopen(command)
        self._severity = command.argument("severity") or DEFAULT_SEVERITY
        self._declared_at = self._now
        self._publish(IncidentDeclared(self._now, command.author, self._severity))
        leads = self._roles.declared_by(command.author)
        self._updates.begin()
        due = format_clock(self._updates.due_at)
        return f"{self._severity} declared; {leads} is {COMMANDER}; tell customers by {due}"

    def _reopen(self, command: Command) -> str:
        """It was not over: severity and roles are as they were, and customers are owed an update again."""
        self._resolved_at = None
        self._publish(IncidentReopened(self._now, command.author))
        self._updates.begin_again()
        if command.argument("severity") not in (None, self._severity):
            self._set_severity(command)
        return f"the incident is open again, {self._severity}; tell customers by {format_clock(self._updates.due_at)}"

    def _severity_problem(self, command: Command) -> str | None:
        unchanged = command.argument("severity") == self._severity
        return f"the severity is {self._severity} already" if unchanged else None

    def _set_severity(self, command: Command) -> str:
        self._severity = command.argument("severity") or DEFAULT_SEVERITY
        self._publish(SeverityChanged(self._now, command.author, self._severity))
        return f"the severity is {self._severity}"

    def _status_problem(self, command: Command) -> str | None:
        if (command.argument("by") or PAGE) == PAGE and not self._page_is_up():
            return "the status page is down; tell support, or post elsewhere: status --by social MESSAGE"
        return None

    def _status(self, command: Command) -> str:
        template = command.argument("template")
        message = command.argument("message") or (self._drafts.filled(template) if template else "")
        self._last_status = message
        self._publish(StatusPosted(self._now, command.author, message, command.argument("by") or PAGE))
        self._updates.posted(command.author, message, closed=self.resolved)
        due = self._updates.due_at
        return "posted for customers" + (f"; the next is due at {format_clock(due)}" if due is not None else "")

    def _diagnose(self, command: Command) -> str:
        cause = [command.argument(name) or "" for name in ("component", "mechanism", "sustaining")]
        self._publish(CauseDiagnosed(self._now, command.author, *cause))
        return "written down; the debrief says how close it was"

    def _resolve(self, command: Command) -> str:
        self._resolved_at = self._now
        self._updates.end()
        self._publish(IncidentResolved(self._now, command.author))
        for page in self._pages.pages:
            if page.is_open:
                self._pages.resolve(page)
        still = not_held(self._wall)
        return "the incident is resolved" + (f", and {still}; {AGAIN}" if still else "")


def _second(micros: int | None) -> int | None:
    return None if micros is None else micros // MICRO
