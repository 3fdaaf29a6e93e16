"""Events and verdicts as lines of the channel and of the evidence panel.

Owns the wording around an event and its style. What happened is the event's own text; nothing hidden is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from gameday.core.commands import Command, Verdict
from gameday.core.events import (
    ActionApproved,
    ActionCancelled,
    ActionRequested,
    ActionStarted,
    CauseDiagnosed,
    Event,
    HintGiven,
    IncidentDeclared,
    IncidentResolved,
    LookCompleted,
    LookStarted,
    MessageReceived,
    PageAcknowledged,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
    StepCompleted,
)
from gameday.core.units import format_clock
from gameday.core.verbs import VERBS
from gameday.tui.drawing.state import LogLine

_STYLES = {
    "AlertFired": "down",
    "Paged": "down",
    "PageEscalated": "degraded",
    "PageExhausted": "down",
    "PhoneUnanswered": "degraded",
    "AlertCleared": "ok",
    "PageResolved": "ok",
    "PersonJoined": "accent",
    "MessageReceived": "degraded",
    "NoteTaken": "value",
    "StatusPosted": "accent",
    "ActionCompleted": "accent",
    "ActionFailed": "down",
    "GlassBroken": "degraded",
    "ActionRequested": "degraded",
    "HintGiven": "accent",
    "StepCompleted": "dim",
    "LookCompleted": "dim",
}

_ECHOED = (
    ActionApproved,
    ActionCancelled,
    ActionRequested,
    ActionStarted,
    CauseDiagnosed,
    HintGiven,
    IncidentDeclared,
    IncidentResolved,
    LookCompleted,
    LookStarted,
    PageAcknowledged,
    RoleAssigned,
    SeverityChanged,
    StepCompleted,
)
"""What a player's own command sets off at once: the verdict says it already."""

_NO_TIME = "     "
"""Stands where a time would, so that what follows a line is under its text."""


def event_lines(event: Event, own: bool = False) -> list[LogLine]:
    """An event as the channel shows it; `own` was set off by the player's command of this moment."""
    if not event.visible or isinstance(event, LookStarted) or (own and isinstance(event, _ECHOED)):
        return []
    text = event.text()
    if isinstance(event, MessageReceived):
        text = f"{event.sender} says: {event.message}"
    if isinstance(event, StatusPosted):
        text = f"{event.by} to customers: {event.message}"
    return [LogLine(format_clock(event.at), _STYLES.get(event.kind, "value"), text)]


def verdict_lines(at: int, command: Command, verdict: Verdict) -> list[LogLine]:
    """A player's command and what became of it. What was said is in the channel already."""
    time = format_clock(at)
    if not verdict.accepted:
        return [LogLine(time, "dim", f"{command.author} > {command.body}: no, {verdict.text}")]
    if command.verb == "note":
        return []
    followed = LogLine(_NO_TIME, "dim", verdict.text)
    if command.verb == "status":
        return [followed]
    echo = LogLine(time, "title", f"{command.author} > {command.body}")
    return [echo] if VERBS[command.verb].group == "look" else [echo, followed]


def evidence_lines(lines: Sequence[str]) -> tuple[LogLine, ...]:
    """What a look found; errors and warnings of a log stand out."""
    return tuple(LogLine("", _evidence_style(line), line) for line in lines)


def _evidence_style(line: str) -> str:
    words = line[:60].split()
    if "ERROR" in words or "FATAL" in words:
        return "down"
    return "degraded" if "WARN" in words else "value"
