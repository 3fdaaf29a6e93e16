"""Did asks come back, and did those who asked get an answer?"""

from __future__ import annotations

from gameday.core.events import Asked, AskForgotten, InjectSettled, QuestionAnswered, QuestionMissed, QuestionPut
from gameday.core.units import format_clock
from gameday.scoring.command.told import of_kind
from gameday.scoring.dimension import Check
from gameday.scoring.sources import PAGERDUTY_COMMAND, PAGERDUTY_ETIQUETTE
from gameday.session.record import SessionRecord

OUTSIDE = ("executive", "journalist")
"""Kinds of questions that come from outside the response."""


def nothing_slipped(record: SessionRecord) -> Check:
    """An ask with a time limit comes back; one without may slip somebody's mind."""
    asks = of_kind(record, Asked)
    slipped = of_kind(record, AskForgotten)
    detail = f'"{slipped[0].question}" named no time and was forgotten' if slipped else f"{len(asks)} asks"
    return Check("no ask is lost for want of a time limit", bool(asks), not slipped, detail, source=PAGERDUTY_COMMAND)


def answered_in_time(record: SessionRecord) -> Check:
    """Executives and journalists got an answer before they had to ask again; those who asked somebody who plays.

    Whoever wants to know what customers notice (`about` is `information NAME`) asks again until an answer says so.
    Nothing is held against anybody where a question was settled otherwise, by another severity for example.
    """
    put = [event for event in of_kind(record, QuestionPut) if event.purpose in OUTSIDE and event.to in record.players]
    answered = {event.question for event in of_kind(record, QuestionAnswered)}
    missed = {event.question for event in of_kind(record, QuestionMissed)}
    wanting = [event for event in put if event.question in missed or _told_too_little(event, record)]
    detail = _what_lacked(wanting[0], wanting[0].question in missed) if wanting else ""
    due = any(_fell_due(event, record) or event.question in answered for event in put)
    return Check("questions from outside are answered in time", due, not wanting, detail, source=PAGERDUTY_ETIQUETTE)


def _told_too_little(event: QuestionPut, record: SessionRecord) -> bool:
    """Whether somebody who wanted to know asked once more, or went without knowing."""
    kind, _, inject = event.about.partition(" ")
    if kind != "information":
        return False
    later = [one for one in of_kind(record, InjectSettled) if one.inject == inject and one.at >= event.at]
    until = later[0].at if later else record.length
    again = [one for one in of_kind(record, QuestionPut) if one.about == event.about and event.at < one.at < until]
    return bool(again) or (bool(later) and later[0].outcome == "unanswered")


def _what_lacked(event: QuestionPut, is_late: bool) -> str:
    if is_late and event.due_at is not None:
        return f"{event.sender} waited past {format_clock(event.due_at)}"
    return f"{event.sender} was not told what customers notice, asked at {format_clock(event.at)}"


def _fell_due(event: QuestionPut, record: SessionRecord) -> bool:
    return event.due_at is not None and event.due_at <= record.length
