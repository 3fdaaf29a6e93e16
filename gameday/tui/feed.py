"""Events and verdicts as lines of the channel and of the evidence panel.

Owns the wording around an event and its style. What happened is the event's own text; nothing hidden is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameday.core.commands import Command, Verdict
from gameday.core.events import (
    ActionApproved,
    ActionCancelled,
    ActionRequested,
    ActionStarted,
    CanReported,
    CauseDiagnosed,
    Event,
    EvidenceShared,
    HintGiven,
    IncidentDeclared,
    IncidentReopened,
    IncidentResolved,
    LookCompleted,
    LookStarted,
    MessageReceived,
    PageAcknowledged,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
    StepCompleted,
    UpdateMet,
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
    "LookStarted": "dim",
    "LookCompleted": "dim",
    "Asked": "accent",
    "Delegated": "accent",
    "CanReported": "title",
    "EvidenceShared": "accent",
    "HypothesisStated": "degraded",
    "HandedOver": "accent",
    "PersonLeft": "degraded",
    "QuestionPut": "degraded",
    "QuestionAnswered": "accent",
    "QuestionMissed": "down",
    "SilencedAlertFired": "dim",
    "UpdateDue": "degraded",
    "UpdateMissed": "down",
    "UpdateMet": "dim",
}
"""How an event of a kind is shown; one that stands nowhere here is shown as `value`."""

_MARKS = {
    "Paged": "✖",
    "PageExhausted": "✖",
    "PageResolved": "●",
    "PersonJoined": "●",
    "PersonLeft": "○",
    "Asked": "→",
    "Delegated": "→",
    "HandedOver": "→",
    "CanReported": "▲",
    "EvidenceShared": "▼",
    "HypothesisStated": "~",
    "MessageReceived": "▶",
    "QuestionPut": "?",
    "QuestionAnswered": "✔",
    "QuestionMissed": "!",
    "UpdateDue": "▲",
    "UpdateMissed": "!",
}
"""A sign of what kind a line is, where colours are not seen; what colleagues say has none."""

_ECHOED = (
    ActionApproved,
    ActionCancelled,
    ActionRequested,
    ActionStarted,
    CauseDiagnosed,
    EvidenceShared,
    HintGiven,
    IncidentDeclared,
    IncidentReopened,
    IncidentResolved,
    LookCompleted,
    LookStarted,
    PageAcknowledged,
    RoleAssigned,
    SeverityChanged,
    StepCompleted,
    UpdateMet,
)
"""What a player's own command sets off at once: the verdict says it already."""

_SPEECH = ("note", "ask", "delegate", "can", "reply", "hypothesis", "handover", "relieve")
"""Verbs whose event says in the channel what was said; their command need not be repeated."""

_ANSWERED = ("status", "ask", "delegate", "relieve")
"""Those of them whose verdict tells something new."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one look found, for the evidence panel. `at` in microseconds; `shared` where a colleague showed it."""

    at: int
    person: str
    command: str
    lines: tuple[LogLine, ...]
    shared: bool = False


_NO_TIME = "     "
"""Stands where a time would, so that what follows a line is under its text."""


def event_lines(event: Event, own: bool = False) -> list[LogLine]:
    """An event as the channel shows it; `own` was set off by the player's command of this moment."""
    if not event.visible or (own and isinstance(event, _ECHOED)):
        return []
    time, style = format_clock(event.at), _STYLES.get(event.kind, "value")
    if isinstance(event, CanReported):
        parts = (("C", event.conditions), ("A", event.actions), ("N", event.needs))
        said = [LogLine(_NO_TIME, "value", f"{letter}: {text}") for letter, text in parts if text]
        return [LogLine(time, style, f"{event.person} reports", _MARKS[event.kind]), *said]
    return [LogLine(time, style, _words(event), _MARKS.get(event.kind, ""))]


def _words(event: Event) -> str:
    match event:
        case MessageReceived():
            return f"{event.sender} says: {event.message}"
        case StatusPosted():
            where = "" if event.channel == "page" else f" by {event.channel}"
            return f"{event.by} to customers{where}: {event.message}"
        case _:
            return event.text()


def verdict_lines(at: int, command: Command, verdict: Verdict) -> list[LogLine]:
    """A player's command and what became of it. What was said is in the channel already."""
    time = format_clock(at)
    if not verdict.accepted:
        return [LogLine(time, "dim", f"{command.author} > {command.body}: no, {verdict.text}")]
    followed = LogLine(_NO_TIME, "dim", verdict.text)
    if command.verb in _SPEECH or command.verb in _ANSWERED:
        return [followed] if command.verb in _ANSWERED else []
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
