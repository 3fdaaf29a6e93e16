"""Command: was the incident led? The share of the checks that fell due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from gameday.core.events import (
    ActionApproved,
    ActionRequested,
    Event,
    IncidentDeclared,
    IncidentResolved,
    NoteTaken,
    PageEscalated,
    PageExhausted,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
)
from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import VERBS
from gameday.scoring.dimension import Case, Check, Dimension, share_of_due
from gameday.session.record import SessionRecord

COMMANDER = "incident-commander"
CROWD = 3
"""From this many players on the commander keeps hands off the keyboards."""

ANNOUNCED_WITHIN = 120 * MICRO
_E = TypeVar("_E", bound=Event)


def command(case: Case, weight: float) -> Dimension:
    """The checks of the rubric; nothing due is full marks."""
    record = case.record
    checks = (
        _commander_named(case),
        _severity_right(record),
        _risky_approved(record),
        _escalated_in_time(record),
        _handover_announced(record),
        _commander_leads(record),
    )
    return share_of_due(weight, checks)


def _of(record: SessionRecord, kind: type[_E]) -> list[_E]:
    return [event for event in record.events if isinstance(event, kind)]


def commanders(record: SessionRecord) -> list[tuple[int, str]]:
    """Who led from when (microseconds): who declares does until another is assigned."""
    found: list[tuple[int, str]] = []
    for event in record.events:
        if isinstance(event, IncidentDeclared) and not found:
            found.append((event.at, event.by))
        elif (
            isinstance(event, RoleAssigned) and event.role == COMMANDER and (not found or found[-1][1] != event.person)
        ):
            found.append((event.at, event.person))
    return found


def _commander_named(case: Case) -> Check:
    led = commanders(case.record)
    due = case.times.impact_began is not None or bool(led)
    detail = f"{led[0][1]} at {format_clock(led[0][0])}" if led else "nobody declared"
    return Check("an incident commander is named", due=due, met=bool(led), detail=detail)


def _severity_right(record: SessionRecord) -> Check:
    """The severity when the incident was closed, or at the end of the session."""
    closed = next((event.at for event in _of(record, IncidentResolved)), record.length)
    said = [
        event.severity
        for event in record.events
        if isinstance(event, IncidentDeclared | SeverityChanged) and event.at <= closed
    ]
    true = record.exercise.scenario.severity
    detail = f"{said[-1]}, rightly {true}" if said else ""
    return Check("the severity is right in the end", due=bool(said), met=bool(said) and said[-1] == true, detail=detail)


def _risky_approved(record: SessionRecord) -> Check:
    requested = [event.action for event in _of(record, ActionRequested)]
    approved = {event.action for event in _of(record, ActionApproved)}
    left = [action for action in requested if action not in approved]
    detail = f"{left[0]} was left waiting" if left else ""
    return Check("risky actions are decided on", due=bool(requested), met=not left, detail=detail)


def _escalated_in_time(record: SessionRecord) -> Check:
    """Each page that went up a level did so because somebody sent it, not because the policy's delay ran out."""
    first: dict[str, str] = {}
    for event in record.events:
        if isinstance(event, PageEscalated):
            first.setdefault(event.page, event.by)
        elif isinstance(event, PageExhausted):
            first.setdefault(event.page, "policy")
    late = [page for page, by in first.items() if by == "policy"]
    detail = f"{late[0]} waited until its delay ran out" if late else ""
    return Check("pages that nobody answers are escalated before the policy does", bool(first), not late, detail)


def _handover_announced(record: SessionRecord) -> Check:
    changes = commanders(record)[1:]
    unsaid = [person for at, person in changes if not _announced(record, at, person)]
    detail = f"the change to {unsaid[0]} was not" if unsaid else ""
    return Check("a change of command is announced", due=bool(changes), met=not unsaid, detail=detail)


def _announced(record: SessionRecord, at: int, person: str) -> bool:
    said: Sequence[NoteTaken | StatusPosted] = [*_of(record, NoteTaken), *_of(record, StatusPosted)]
    return any(
        abs(event.at - at) <= ANNOUNCED_WITHIN
        and (person.lower() in event.message.lower() or "command" in event.message.lower())
        for event in said
    )


def _commander_leads(record: SessionRecord) -> Check:
    """With three or more players, the commander executes nothing."""
    led = commanders(record)
    hands_on = [
        timed
        for timed in record.commands
        if timed.verdict.accepted
        and VERBS[timed.command.verb].group == "act"
        and _leader_at(led, timed.at) == timed.command.author
    ]
    detail = f"{hands_on[0].command.body} at {format_clock(hands_on[0].at)}" if hands_on else ""
    due = len(record.players) >= CROWD and bool(led)
    return Check("the commander executes nothing", due=due, met=not hands_on, detail=detail)


def _leader_at(led: Sequence[tuple[int, str]], at: int) -> str | None:
    return next((person for since, person in reversed(led) if since <= at), None)
