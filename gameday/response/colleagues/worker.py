"""One simulated person who is here: an inbox, one task at a time, eyes and hands.

Owns the order of their work, their chance and how long they take. Does not own what they are asked
(`desk`), what they make of it (`asking`, `delegating`) or when they are tired (`shifts`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from math import sqrt
from typing import Protocol

import simpy

from gameday.core.commands import Command, parse_command
from gameday.core.draws import draw_name, lognormal, uniform
from gameday.core.events import (
    ActionCancelled,
    ActionCompleted,
    ActionFailed,
    ActionRequested,
    ActionStarted,
    Event,
    LookCompleted,
    Said,
)
from gameday.core.verbs import VERBS
from gameday.response.office import Office
from gameday.scenario.models.people import Person, Works

Steps = Generator[simpy.Event, object, None]
"""What a process does."""

TIRED = 1.5
"""Somebody tired takes this many times as long."""

PACE_SPREAD = 0.25
"""Squared coefficient of variation of the time until somebody begins."""


class Task(Protocol):
    """Something that one person does. `due_at` in microseconds, None where nobody said by when."""

    @property
    def describe(self) -> str:
        """What they are at, as others would say it: `the logs of payments`."""

    @property
    def due_at(self) -> int | None: ...

    def run(self, worker: Worker) -> Steps:
        """Does it; whoever asked hears of the end from the task itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: `refused` (never begun), `done`, `failed`, `cancelled`, or `waiting` (time ran out)."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that somebody has carried out: from when to when, in microseconds. `words` are what draws are for."""

    command: Command
    words: tuple[str, ...]
    began_at: int
    done_at: int


class Worker:
    """One person at work. `task` is what they are at, `until` (µs) when they think that it is done."""

    def __init__(self, name: str, office: Office, changed: Callable[[], None] = lambda: None) -> None:
        """`changed` is called whenever the team sees them otherwise."""
        self.name = name
        self.on_done: list[Callable[[Worker, Finished], None]] = []
        self._changed = changed
        self.office = office
        self.env = office.env
        self.signals = office.signals
        self.person: Person = office.scenario.people[name]
        self.works: Works = self.person.works or Works()
        self.inbox: deque[Task] = deque()
        self.task: Task | None = None
        self.until: int | None = None
        self.tired = False
        self.slowed = 1.0  # until `slowed_until`, in microseconds, all takes so many times as long
        self.slowed_until = 0
        self.gone = False
        self.joined_at: int | None = None
        self.read_at = 0  # when they read the last that was said to them, in microseconds
        self.done: list[str] = []
        self.conditions = ""  # what they reported last
        self._process: simpy.Process | None = None
        self._looked: simpy.Event | None = None
        self._ended: simpy.Event | None = None
        self._action: str | None = None
        self._began_at = 0

    @property
    def is_busy(self) -> bool:
        return self.task is not None or bool(self.inbox)

    @property
    def slowness(self) -> float:
        slowed = self.slowed if self.office.now < self.slowed_until else 1.0
        return slowed * (TIRED if self.tired else 1.0)

    def give(self, task: Task) -> None:
        """Another task, to be done after those that they have. Whoever has gone takes none."""
        if self.gone:
            return
        self.inbox.append(task)
        if self._process is None:
            self._process = self.env.process(self._work())

    def stop(self) -> None:
        """They go now: what they are at is left as it stands, what waits is dropped."""
        self.gone = True
        self.inbox.clear()
        if self._process is not None and self.env.active_process is not self._process:
            self._process.interrupt()

    def say(self, message: str, to: str = "") -> None:
        """A line in the channel."""
        self.office.publish(Said(self.office.now, self.name, to, message))

    def key(self, *words: str) -> int:
        """The key of a draw of theirs; what it is drawn for says which."""
        return draw_name(self.office.seed, "words", self.name, *words)

    def draw(self, *words: str) -> float:
        """A chance in [0, 1) that belongs to this person and these words."""
        return uniform(self.key(*words))

    def expect(self, micros: int) -> None:
        """They think that they need so much longer, in microseconds."""
        self.until = self.office.now + round(micros * self.slowness)
        self._changed()

    def tire(self) -> None:
        """From now on all takes longer."""
        self.tired = True
        self._changed()

    def pause(self, micros: int) -> Steps:
        """Something that takes time; longer where they are tired."""
        yield self.env.timeout(max(round(micros * self.slowness), 0))

    def begin(self, *words: str, most: int | None = None) -> Steps:
        """The time until they begin with something: lognormal with median `pace`, `most` microseconds if said."""
        mean = self.works.pace * sqrt(1.0 + PACE_SPREAD)
        takes = round(lognormal(self.key("pace", *words), mean, PACE_SPREAD))
        yield from self.pause(takes if most is None else max(min(takes, most), 0))

    def look(self, command: str) -> Generator[simpy.Event, object, tuple[str, ...]]:
        """Looks, which takes its time; returns the lines found, none where the look was refused."""
        self._looked = looked = self.env.event()
        asked = parse_command(command)
        verdict = self.office.hands.submit(replace(asked, author=self.name))
        if not verdict.accepted:
            self._looked = None
            return ()
        found = yield looked
        takes = VERBS[asked.verb].takes * 1_000_000
        if takes and self.slowness > 1.0:
            yield self.env.timeout(round(takes * (self.slowness - 1.0)))
        return found if isinstance(found, tuple) else ()

    def act(
        self, command: str | Command, until: int | None = None, begun: Callable[[str], None] | None = None
    ) -> Generator[simpy.Event, object, Outcome]:
        """Gives a command as themselves and waits for its end, or until `until` (µs). Raises CommandError.

        `begun` hears what follows, in words, where the command starts something that takes time.
        """
        asked = parse_command(command) if isinstance(command, str) else command
        self._action, self._ended, self._began_at = None, self.env.event(), self.office.now
        ended = self._ended
        verdict = self.office.hands.submit(replace(asked, author=self.name))
        if not verdict.accepted:
            self._ended = None
            return Outcome("refused", verdict.text)
        if not self._has_begun():
            self._ended = None
            return Outcome("done", verdict.text)
        if begun is not None:
            begun(verdict.text)
        yield ended if until is None else ended | self.env.timeout(max(until - self.office.now, 0))
        self._action, self._ended = None, None
        if not ended.triggered:
            return Outcome("waiting", verdict.text)
        outcome = ended.value
        assert isinstance(outcome, Outcome)
        return outcome

    def has_done(self, command: Command, words: tuple[str, ...]) -> None:
        """The command that they gave last is carried out; `words` are what draws about it are drawn for."""
        self.done.append(command.body)
        for call in self.on_done:
            call(self, Finished(command, words, self._began_at, self.office.now))

    def hear(self, event: Event) -> None:
        """What concerns this person's eyes and hands; only wakes."""
        match event:
            case LookCompleted() if event.person == self.name:
                if self._looked is not None:
                    self._looked.succeed(event.lines)
                    self._looked = None
            case ActionRequested() | ActionStarted() if event.by == self.name:
                if self._ended is not None and self._action is None:
                    self._action = event.action
                if isinstance(event, ActionStarted) and event.action == self._action:
                    self.until, self._began_at = event.ends_at, event.at
            case ActionCompleted() if event.action == self._action:
                self._end(Outcome("done", event.result))
            case ActionFailed() if event.action == self._action:
                self._end(Outcome("failed", event.reason))
            case ActionCancelled() if event.action == self._action:
                self._end(Outcome("cancelled", f"{event.by} cancelled it"))
            case _:
                pass

    def _has_begun(self) -> bool:
        """Whether the command that was just given has started an action, or waits as one."""
        return self._action is not None

    def _end(self, outcome: Outcome) -> None:
        if self._ended is not None and not self._ended.triggered:
            self._ended.succeed(outcome)

    def _work(self) -> Steps:
        try:
            while self.inbox:
                self.task = self.inbox.popleft()
                self._changed()
                yield from self.task.run(self)
                self.until = None
        except simpy.Interrupt:
            pass
        finally:
            self.task = self.until = None
            self._process = None
            self._changed()
