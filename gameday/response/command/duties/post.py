"""A role as somebody simulated fills it: whether it is still theirs, what they have heard, how a task reaches them.

Owns what all duties share; what a role does stands in a module a role.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass

import simpy

from gameday.core.events import Event
from gameday.response.colleagues import Crew, Worker
from gameday.response.command.room import Room

Steps = Generator[simpy.Event, object, None]
REMEMBERED = 200
"""Events that somebody keeps in mind."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A task of a role."""

    describe: str
    deed: Callable[[Worker], Steps]
    due_at: int | None = None

    def run(self, worker: Worker) -> Steps:
        """Does it."""
        yield from self.deed(worker)


@dataclass(frozen=True, slots=True)
class Post:
    """`name` holds `role`. `heard` is what the channel brought, oldest first, since the session began."""

    room: Room
    crew: Crew
    role: str
    name: str
    heard: deque[Event]

    @property
    def is_held(self) -> bool:
        """Whether the duty goes on: the role is theirs, they are here, the incident is open."""
        room = self.room
        here = room.people.is_here(self.name) and not room.incident.resolved
        return here and room.roles.holder(self.role) == self.name

    def do(self, describe: str, deed: Callable[[Worker], Steps], due_at: int | None = None) -> None:
        """Puts a task among their others; nothing where they have just gone."""
        if self.crew.worker(self.name) is not None:
            self.crew.give(self.name, Deed(describe, deed, due_at))
