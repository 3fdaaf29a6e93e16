"""The session's walk through its playbook: `step` and `hint`, and the process that lets time limits run out.

Owns the state of that walk and its events. The rules are `gameday.response.walk`'s. Time limits run from the first
page on, and end when the incident is resolved. What has been seen to is `gameday.response.seen_to`'s.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.commands import Command
from gameday.core.events import Event, HintGiven, IncidentReopened, Publish, StepCompleted
from gameday.core.signals import Signals, StepView
from gameday.core.units import MICRO
from gameday.response.incident import Incident
from gameday.response.pages import PageBook
from gameday.response.seen_to import SeenTo
from gameday.response.walk import Walk, WalkState
from gameday.scenario.models import Playbook, Step


class Guide:
    """Where the team stands in the playbook."""

    def __init__(
        self,
        env: simpy.Environment,
        playbook: Playbook,
        signals: Signals,
        pages: PageBook,
        incident: Incident,
        seen_to: SeenTo,
        publish: Publish,
    ) -> None:
        self._env = env
        self._signals = signals
        self._pages = pages
        self._incident = incident
        self._seen_to = seen_to
        self._publish = publish
        self._walk = Walk(playbook.steps)
        self._state = self._viewed = self._walk.begin(0)
        self._views = self._walk.views(self._state)
        self._moved = env.event()
        env.process(self._time_limits())

    def views(self) -> tuple[StepView, ...]:
        """The steps for a screen: the same ones until the walk moves."""
        if self._viewed is not self._state:
            self._viewed, self._views = self._state, self._walk.views(self._state)
        return self._views

    def hear(self, event: Event) -> None:
        """Where the incident goes on, so do the time limits: the current step's from now on."""
        if isinstance(event, IncidentReopened):
            self._state = self._walk.restart_clock(self._state, self._now)
            self._notify()

    def seen_to(self) -> tuple[str, ...]:
        """The steps from the current one on whose every item holds: they are as good as done, though nobody said so."""
        return self._ahead()[1]

    def problem(self, command: Command) -> str | None:
        """Why the command is refused now, or None."""
        if command.verb == "hint":
            return None
        move = command.argument("move") or "done"
        if move not in ("done", "skip"):
            return self._jump_problem(move)
        step = self._walk.step(self._state)
        if step is None:
            return "the playbook is at its end"
        unmet = self._walk.unmet(self._state, self._signals, self._second) if move == "done" else None
        return f"step {step.id} is not done: {unmet}" if unmet else None

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        if command.verb == "hint":
            hint = self._hint(command.author)
            self._publish(HintGiven(self._now, command.author, hint))
            return hint
        match command.argument("move") or "done":
            case "done":
                self._leave("done", command.author)
            case "skip":
                self._leave("skipped", command.author)
            case target:
                self._jump(target, command.author)
        step = self._walk.step(self._state)
        return "the playbook is at its end" if step is None else f"next: {step.id}: {step.text}"

    @property
    def _now(self) -> int:
        return int(self._env.now)

    @property
    def _second(self) -> int:
        return self._now // MICRO

    def _jump_problem(self, target: str) -> str | None:
        if self._walk.find(target) is None:
            return f"{target} is a step of another playbook"
        step = self._walk.step(self._state)
        return f"{target} is the current step" if step is not None and step.id == target else None

    def _jump(self, target: str, by: str) -> None:
        step = self._walk.step(self._state)
        self._state = self._walk.goto(self._state, target, self._now)
        if step is not None:
            self._publish(StepCompleted(self._now, step.id, "skipped", by))
        self._notify()

    def _leave(self, how: str, by: str) -> None:
        """The current step is over, done or skipped."""
        step = self._walk.step(self._state)
        assert step is not None
        self._state = self._walk.done(self._state, self._signals, self._second, self._now, how)
        self._publish(StepCompleted(self._now, step.id, how, by))
        self._notify()

    def _notify(self) -> None:
        if not self._moved.triggered:
            self._moved.succeed()

    def _time_limits(self) -> Generator[simpy.Event, object, None]:
        yield self._pages.first_opened
        self._state = self._walk.restart_clock(self._state, self._now)
        while True:
            limit = None if self._incident.resolved else self._walk.deadline(self._state)
            self._moved = self._env.event()
            if limit is None:
                yield self._moved
            elif self._env.now < limit:
                yield self._env.timeout(limit - self._env.now) | self._moved
            else:
                self._run_out()

    def _run_out(self) -> None:
        """A check that holds when the limit runs out was met in time, though nobody said so."""
        step = self._walk.step(self._state)
        assert step is not None
        if self._walk.holds(self._state, self._signals, self._second):
            self._leave("done", "playbook")
            return
        self._state = self._walk.time_out(self._state, self._now)
        self._publish(StepCompleted(self._now, step.id, "timed out", "playbook"))

    def _hint(self, author: str) -> str:
        """Something to do next: the usual first moves, then what the current step says."""
        if not self._pages.pages:
            return "Nobody is paged yet. Watch the signals, and read with changes what was changed lately."
        waiting = [page for page in self._pages.in_state("triggered") if author in page.targets]
        if waiting:
            return f"{waiting[0].ref} pages you: take it with ack, so that nobody else is woken."
        if not self._incident.declared:
            return "Declare the incident with declare; if unsure of the severity, take the higher one."
        state, passed = self._ahead()
        step = self._walk.step(state)
        if step is None:
            hint = "The playbook is at its end. Resolve when the objectives are met and stay met."
        else:
            hint = step.hint or (f"{step.text} Expect: {step.expect}" if step.expect else step.text)
        if not passed:
            return hint
        have = f"{passed[0]} has" if len(passed) == 1 else f"{', '.join(passed[:-1])} and {passed[-1]} have"
        return f"{hint} ({have} been seen to: step done goes on in the playbook.)"

    def _ahead(self) -> tuple[WalkState, tuple[str, ...]]:
        """Where the walk would stand if what has been seen to were said to be done, and the steps it would pass."""
        since, passed = self._state.since, list[str]()
        updates, state = self._seen_to.updates_since(since), self._state
        while (step := self._walk.step(state)) is not None and step.id not in passed:
            told = sum(1 for line in step.run if line.startswith("status"))
            if told > updates or not self._is_seen_to(step, state, since):
                break
            updates -= told
            passed.append(step.id)
            state = self._walk.done(state, self._signals, self._second, self._now)
        return state, tuple(passed)

    def _is_seen_to(self, step: Step, state: WalkState, since: int) -> bool:
        """Whether every item of a step holds, updates for customers aside. One without items takes somebody's word."""
        lines = [line for line in step.run if not line.startswith("status")]
        if not step.run and step.check is None:
            return False
        if not self._walk.holds(state, self._signals, self._second):
            return False
        return all(self._seen_to.covers(line, since, self._now) for line in lines)
