"""What whoever leads answers to people from outside: executives and the press, as PagerDuty trains commanders to.

An order is heard and not followed, a disputed severity is measured at the wall, who wants to know hears what customers
notice, the press is passed on. Owns the answers; who swoops in stands in `gameday.response.injects`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import QuestionPut
from gameday.core.wording.templates import spoken
from gameday.response.command.customers import listed
from gameday.response.command.roles import COMMANDER
from gameday.response.command.room import Room
from gameday.response.command.severity import size_up

PURPOSES = ("executive", "journalist")
"""The questions from outside that are answered here."""

_ORDER = (
    "I have heard you. We do not do that now: the wall does not ask for it, and I decide on what we see.",
    "Not now. We follow what we see on the wall; if you want to take command, say so, else I go on.",
)
_HEART = (
    "The team works well, and I need them undisturbed. You hear from me after the next round.",
    "I know that it hurts. Please leave the channel to those who repair.",
)
_SEVERITY = ("It stays {severity}: {what}. We look at it again with every round.",)
_PRESS = (
    "Please turn to our press team. What is public stands on the status page.",
    "Our press team answers that; for what customers notice, see the status page.",
)
_TELLS = "Some customers have problems with {what}: they get errors or wait too long. You hear more in {next}."
_NOBODY = "By what we can see all requests are served as they should be. You hear more in {next}."


def answer(room: Room, asked: QuestionPut) -> Generator[simpy.Event, object, None]:
    """A process: answers after a moment, unless somebody else was faster."""
    liaison = room.roles.holder("internal-liaison") or ""
    if asked.about.startswith("information") and liaison != asked.to and room.is_simulated_here(liaison):
        return  # theirs to answer
    yield room.env.timeout(room.moment(12, 25, "answers outside", asked.sender, asked.message))
    question = next((one for one in room.questions.open() if one.ref == asked.question), None)
    if question is not None and not room.incident.resolved and room.people.is_here(asked.to):
        room.questions.answer(question, asked.to, _text(room, asked))


def what_customers_notice(room: Room) -> str:
    """What whoever wants to know hears: whom it hurts, by the wall, and when they hear more."""
    hurt = room.wall.missing() or (() if room.wall.steady() else room.hurt_so_far())
    again = spoken(room.scenario.communication.every)
    return _TELLS.format(what=listed(room, hurt), next=again) if hurt else _NOBODY.format(next=again)


def _text(room: Room, asked: QuestionPut) -> str:
    if asked.purpose == "journalist":
        return room.words(_PRESS, "answers press", asked.sender)
    match asked.about.split(" ")[0]:
        case "override":
            return room.words(_ORDER, "answers order", asked.sender)
        case "demoralise":
            return room.words(_HEART, "answers", asked.sender)
        case "severity" if room.roles.holder(COMMANDER) is not None:
            missing = room.wall.missing()
            hurts = f"{listed(room, missing)} still hurt customers"
            what = hurts if missing else "it has not been well for long enough"
            severity = room.incident.view().severity or size_up(room)
            return room.words(_SEVERITY, "answers severity", severity).format(severity=severity, what=what)
        case _:
            return what_customers_notice(room)
