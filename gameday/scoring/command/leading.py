"""Was there somebody who led, and did they lead?"""

from __future__ import annotations

from gameday.core.events import (
    HandedOver,
    IncidentDeclared,
    NoteTaken,
    PersonLeft,
    Said,
    SeverityChanged,
    StatusPosted,
)
from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import VERBS
from gameday.scoring.closing import closed_at
from gameday.scoring.command.told import COMMANDER, commanders, leader_at, led_by_player, of_kind
from gameday.scoring.dimension import Case, Check
from gameday.scoring.sources import PAGERDUTY_COMMAND, PAGERDUTY_SEVERITY, SRE_HANDOFF, SRE_ROLES
from gameday.session.record import SessionRecord

CROWD = 3
"""From this many players on the commander keeps hands off the keyboards."""

ANNOUNCED_WITHIN = 120 * MICRO


def _ours(record: SessionRecord) -> bool:
    """Whether command was the players': who came to lead last was one of them, or they had somebody lead."""
    return led_by_player(record, record.length) or any(
        timed.verdict.accepted and timed.command.verb in ("assign", "handover") for timed in record.commands
    )


def commander_named(case: Case) -> Check:
    """Somebody leads until the end. Whose seat is the commander's is named from the start, and has to declare."""
    led = commanders(case.record)
    due = (case.times.impact_began is not None or bool(led)) and _ours(case.record)
    seats = case.record.exercise.scenario.seats
    if any(seat.role == COMMANDER and seat.person in case.record.players for seat in seats):
        text, nobody = "the commander declares the incident", "nobody did"
    else:
        text, nobody = "an incident commander is named", "nobody declared"
    detail = f"{led[0][1]} at {format_clock(led[0][0])}" if led else nobody
    gone = _left_without_leader(case.record)
    if gone is not None:
        detail = f"nobody led after {format_clock(gone)}"
    return Check(text, due, bool(led) and gone is None, detail, source=PAGERDUTY_COMMAND)


def _left_without_leader(record: SessionRecord) -> int | None:
    """When who led left, if nobody led after that and the incident was still open (microseconds)."""
    led = commanders(record)
    closed = _end(record)
    left = [event.at for event in of_kind(record, PersonLeft) if led and event.person == led[-1][1]]
    return next((at for at in left if led[-1][0] <= at < closed), None)


def _end(record: SessionRecord) -> int:
    """When the incident was closed, else the end of the session (microseconds)."""
    closed = closed_at(record)
    return record.length if closed is None else closed


def severity_right(record: SessionRecord) -> Check:
    """The severity when the incident was closed, or at the end of the session."""
    closed = _end(record)
    said = [
        event.severity
        for event in record.events
        if isinstance(event, IncidentDeclared | SeverityChanged) and event.at <= closed
    ]
    true = record.exercise.scenario.severity
    detail = f"{said[-1]}, rightly {true}" if said else ""
    met = bool(said) and said[-1] == true
    due = bool(said) and _ours(record)
    return Check("the severity is right in the end", due, met, detail, source=PAGERDUTY_SEVERITY)


def handover_announced(record: SessionRecord) -> Check:
    """A change of command comes with a handover, or is said in the channel within two minutes."""
    changes = commanders(record)[1:]
    unsaid = [person for at, person in changes if not _announced(record, at, person)]
    detail = f"the change to {unsaid[0]} was not" if unsaid else ""
    return Check("a change of command is announced", bool(changes), not unsaid, detail, source=SRE_HANDOFF)


def _announced(record: SessionRecord, at: int, person: str) -> bool:
    handed = any(event.to == person and event.at == at for event in of_kind(record, HandedOver))
    said: list[NoteTaken | StatusPosted | Said] = [*of_kind(record, NoteTaken), *of_kind(record, StatusPosted)]
    said += of_kind(record, Said)
    return handed or any(
        abs(event.at - at) <= ANNOUNCED_WITHIN
        and (person.lower() in event.message.lower() or "command" in event.message.lower())
        for event in said
    )


def commander_leads(record: SessionRecord) -> Check:
    """Who commands three or more players, or has no hands on a keyboard, executes nothing."""
    led = commanders(record)
    hands_on = [
        timed
        for timed in record.commands
        if timed.verdict.accepted
        and VERBS[timed.command.verb].group == "act"
        and leader_at(led, timed.at) == timed.command.author
    ]
    seats = record.exercise.scenario.seats
    hands_off = any(seat.hands_off and seat.person in record.players for seat in seats)
    detail = f"{hands_on[0].command.body} at {format_clock(hands_on[0].at)}" if hands_on else ""
    due = (len(record.players) >= CROWD or hands_off) and bool(led)
    return Check("the commander executes nothing", due, not hands_on, detail, source=SRE_ROLES)
