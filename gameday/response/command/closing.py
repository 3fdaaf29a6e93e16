"""How whoever leads closes: objections first, then the last update, then the end.

Owns the question and what follows. When it is time to ask stands in `lead`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.units import MICRO
from gameday.core.wording.templates import spoken
from gameday.response.command import customers, phrases
from gameday.response.command.answers import objects
from gameday.response.command.room import Room

OBJECT_WITHIN = 60 * MICRO
WAIT_MORE = 120 * MICRO
"""How long whoever leads waits where somebody objects."""


def objections(room: Room, name: str, hurt: tuple[str, ...]) -> Generator[simpy.Event, object, bool]:
    """Asks those who play, gives them a minute; returns whether anybody wants to wait."""
    entries = customers.listed(room, hurt) or "all entries"
    words = room.words(phrases.CLOSING, "closing", str(room.now // WAIT_MORE))
    message = words.format(hold=spoken(room.scenario.scoring.hold), entries=entries)
    message = message[:1].upper() + message[1:]
    asked = [room.questions.put("colleague", name, person, message, within=OBJECT_WITHIN) for person in room.seats]
    answers = [question.answered for question in asked]
    # Just before the time is over: who does not answer has no objection, and has missed nothing.
    yield room.env.all_of(answers) | room.env.timeout(OBJECT_WITHIN - 1)
    for question in asked:
        room.questions.withdraw(question)
    return any(objects(str(answer.value)) for answer in answers if answer.triggered)


def close(room: Room, name: str, hurt: tuple[str, ...]) -> None:
    """Customers hear that it is over, unless they have; the team hears thanks; the incident is resolved."""
    if not customers.has_said_over(room):
        customers.post(room, name, customers.last_update(room, hurt))
    room.say(name, room.words(phrases.CLOSES, "closes", name))
    room.give(name, "resolve")
