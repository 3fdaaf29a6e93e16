"""How grave it is by what can be seen, and what whoever leads makes of it: declares, raises, holds, agrees.

If unsure, the higher (PagerDuty's rule). Sees the wall only.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import SeverityChanged
from gameday.core.verbs import SEVERITIES
from gameday.response.command import phrases
from gameday.response.command.room import Room

_MOST = 0.5
"""From this share of bad requests on, an entry is as good as gone."""


def size_up(room: Room) -> str:
    """SEV-1 where most of every entry fails, SEV-2 where any misses its objective; what is not seen counts as gone."""
    missing, unseen = room.wall.missing(), room.wall.unseen()
    gone = [entry in unseen or (entry in missing and room.wall.bad(entry) >= _MOST) for entry in room.scenario.slos]
    return "SEV-1" if all(gone) else "SEV-2" if missing or unseen else "SEV-3"


def is_graver(one: str, other: str) -> bool:
    """Whether one severity asks for more than the other."""
    return SEVERITIES.index(one) < SEVERITIES.index(other)


def seen(room: Room) -> str:
    """Which entries miss their objective, and by how much, as the wall says it."""
    missing = [f"{name} {room.wall.bad(name):.0%} bad" for name in room.wall.missing()]
    unseen = [f"{name} cannot be seen" for name in room.wall.unseen()]
    return ", ".join([*missing, *unseen]) or "nothing misses its objective"


class Sizing:
    """The severity as one commander sees to it."""

    def __init__(self, room: Room, name: str) -> None:
        self._room = room
        self._name = name
        self._guess = ""
        self._said_green = False

    def declare(self) -> None:
        """Declares where customers are hurt by what can be seen; where they are not, says so once."""
        room = self._room
        if room.wall.missing() or room.wall.unseen():
            severity = size_up(room)
            words = room.words(phrases.DECLARES, "declares", self._name)
            room.say(self._name, words.format(severity=severity, missing=seen(room)))
            room.give(self._name, f"declare {severity}")
        elif not self._said_green:
            self._said_green = True
            room.say(self._name, room.words(phrases.ALL_GREEN, "all green", self._name))

    def review(self) -> None:
        """Raises the severity once two looks at the wall, one after the other, ask for more than was declared."""
        room, now = self._room, size_up(self._room)
        declared = room.incident.view().severity or now
        if is_graver(now, declared) and now == self._guess:
            words = room.words(phrases.RAISES, "raises", now)
            room.say(self._name, words.format(severity=now, missing=seen(room)))
            room.give(self._name, f"severity {now}")
        self._guess = now

    def judge(self, event: SeverityChanged) -> Generator[simpy.Event, object, None]:
        """A process: somebody else set it; fine, unless the wall asks for more."""
        room = self._room
        self._guess = ""  # whoever set it hears an answer first
        yield room.env.timeout(room.moment(3, 7, "judges severity", event.by, event.severity))
        now = size_up(room)
        if room.incident.resolved or room.incident.view().severity != event.severity:
            return
        if is_graver(now, event.severity):
            keeps = room.words(phrases.KEEPS, "keeps", now)
            room.say(self._name, keeps.format(severity=now, missing=seen(room)), event.by)
            room.give(self._name, f"severity {now}")
        else:
            room.say(self._name, room.words(phrases.AGREES, "agrees", now).format(severity=event.severity), event.by)
