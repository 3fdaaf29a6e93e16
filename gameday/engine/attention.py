"""Looking costs time: it occupies one person, and its result comes when it is done."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.commands import Command
from gameday.core.events import LookCompleted, LookStarted, Publish
from gameday.core.signals import LookView
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.core.verbs import VERBS
from gameday.engine.looks import LOOKS
from gameday.engine.looks.base import LookWorld


class Attention:
    """Who is looking at what."""

    def __init__(self, world: LookWorld, publish: Publish) -> None:
        self._world = world
        self._publish = publish
        self._looking: dict[str, tuple[Command, int]] = {}

    def views(self) -> tuple[LookView, ...]:
        """The looks under way."""
        return tuple(
            LookView(person, command.body, -(-ends_at // MICRO)) for person, (command, ends_at) in self._looking.items()
        )

    def problem(self, command: Command) -> str | None:
        """A person looks at one thing at a time."""
        busy = self._looking.get(command.author)
        if busy is None:
            return None
        return f"{command.author} is looking at {busy[0].body} until {format_clock(busy[1])}"

    def start(self, command: Command) -> str:
        """Begin to look; what is always at hand is there at once. Returns what follows, in words."""
        now, takes = int(self._world.env.now), VERBS[command.verb].takes * MICRO
        if takes == 0:
            self._publish(LookCompleted(now, command.author, command.body, LOOKS[command.verb](self._world, command)))
            return "here it is"
        self._looking[command.author] = (command, now + takes)
        self._publish(LookStarted(now, command.author, command.body, now + takes))
        self._world.env.process(self._look(command, takes))
        return f"{command.author} looks for {format_duration(takes)}"

    def _look(self, command: Command, takes: int) -> Generator[simpy.Event, None, None]:
        yield self._world.env.timeout(takes)
        del self._looking[command.author]
        found = LOOKS[command.verb](self._world, command)
        self._publish(LookCompleted(int(self._world.env.now), command.author, command.body, found))
