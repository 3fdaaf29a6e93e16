"""Reports to a commander: the CAN reports that fell due, and whether they came."""

from __future__ import annotations

from gameday.core.events import QuestionAnswered, QuestionMissed, QuestionPut
from gameday.core.units import format_clock
from gameday.scoring.dimension import Check
from gameday.scoring.sources import CAN_REPORT
from gameday.session.record import SessionRecord


def reports_on_time(record: SessionRecord) -> list[Check]:
    """A check for each CAN report that a commander asked a player for and that fell due.

    One that nobody waits for any more when it would fall due, since the incident is over or led by another, is none.
    """
    answered = {event.question: event.at for event in record.events if isinstance(event, QuestionAnswered)}
    missed = {event.question for event in record.events if isinstance(event, QuestionMissed)}
    checks = []
    for event in record.events:
        if not isinstance(event, QuestionPut) or event.purpose != "can" or event.to not in record.players:
            continue
        if event.due_at is None or not (event.question in answered or event.question in missed):
            continue
        came = answered.get(event.question)
        met = came is not None and event.question not in missed
        detail = "never" if came is None else f"at {format_clock(came)}"
        text = f"a CAN report by {format_clock(event.due_at)}"
        checks.append(Check(text, True, met, detail, due_at=event.due_at, source=CAN_REPORT))
    return checks
