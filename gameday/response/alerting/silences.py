"""Silences: an alert that pages nobody for a while. Pages that are open stay."""

from __future__ import annotations

from collections.abc import Callable, Generator

import simpy

from gameday.core.arguments import OFF
from gameday.core.commands import Command
from gameday.core.events import AlertSilenced, AlertUnsilenced, Publish
from gameday.core.units import MICRO, format_clock, parse_duration

LASTS = 600 * MICRO
"""How long a silence lasts where nobody says."""


class Silences:
    """Who is silenced until when. `ended` is told the name of each alert whose silence is over."""

    def __init__(self, env: simpy.Environment, publish: Publish, ended: Callable[[str], None]) -> None:
        self._env = env
        self._publish = publish
        self._ended = ended
        self._until: dict[str, int] = {}

    def covers(self, name: str) -> bool:
        """Whether this alert is silenced."""
        return name in self._until

    def read(self, name: str) -> float:
        """The second at which the silence of an alert ends; 0 where it is not silenced."""
        return self._until.get(name, 0) / MICRO

    def views(self) -> tuple[tuple[str, int], ...]:
        """Each silenced alert and until when, in microseconds."""
        return tuple(self._until.items())

    def problem(self, command: Command) -> str | None:
        """Why the command is refused now, or None."""
        name = command.arguments[0]
        return f"{name} is not silenced" if _ends(command) and not self.covers(name) else None

    def perform(self, command: Command) -> str:
        """Silences an alert, anew where it is silenced already, or ends that."""
        name = command.arguments[0]
        if _ends(command):
            self._end(name, command.author)
            return f"{name} pages again"
        duration = command.argument("duration")
        now = int(self._env.now)
        until = now + (LASTS if duration is None else parse_duration(duration))
        self._until[name] = until
        self._publish(AlertSilenced(now, name, command.author, until))
        self._env.process(self._expire(name, until))
        return f"{name} pages nobody until {format_clock(until)}; pages that are open stay"

    def _expire(self, name: str, until: int) -> Generator[simpy.Event, object, None]:
        yield self._env.timeout(until - int(self._env.now))
        if self._until.get(name) == until:
            self._end(name, "")

    def _end(self, name: str, by: str) -> None:
        del self._until[name]
        self._publish(AlertUnsilenced(int(self._env.now), name, by))
        self._ended(name)


def _ends(command: Command) -> bool:
    return (command.argument("duration") or "").lower() == OFF
