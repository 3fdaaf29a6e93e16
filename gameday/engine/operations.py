"""Actions under way: they wait for approval, run for their time, and end with a result.

Owns references (X1, X2, ...), durations, guardrails of the scenario. What verbs do stands in `gameday.engine.actions`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import simpy

from gameday.core.commands import Command
from gameday.core.events import ActionApproved, ActionCompleted, ActionRequested, ActionStarted, Publish
from gameday.core.signals import ActionView
from gameday.core.units import MICRO, format_duration
from gameday.engine.actions import ACTIONS, ActionWorld
from gameday.engine.actions.base import target_of
from gameday.scenario.models.scenario import ActionRule

COMMANDER = "incident-commander"


@dataclass(slots=True)
class Operation:
    """One action on its way. Times in microseconds; `ends_at` None while it waits for approval."""

    ref: str
    command: Command
    requested_at: int
    ends_at: int | None = None
    done: bool = False


class Operations:
    """All actions of a world."""

    def __init__(self, world: ActionWorld, publish: Publish, has_joined: Callable[[str], bool]) -> None:
        self._world = world
        self._publish = publish
        self._has_joined = has_joined
        self._all: list[Operation] = []

    @property
    def open(self) -> list[Operation]:
        """Those that wait or run."""
        return [operation for operation in self._all if not operation.done]

    def views(self) -> tuple[ActionView, ...]:
        """What screens show of the open ones."""
        return tuple(_view(operation) for operation in self.open)

    def rule(self, command: Command) -> ActionRule | None:
        """The first rule of the scenario that is about this action."""
        target = target_of(command)
        for rule in self._world.scenario.actions:
            if rule.verb == command.verb and rule.target in (None, target):
                return rule
        return None

    def takes(self, command: Command) -> int:
        """How long the action takes, in microseconds."""
        rule = self.rule(command)
        if rule is not None and rule.takes is not None:
            return rule.takes
        return ACTIONS[command.verb].takes(self._world, command)

    def cost(self, command: Command) -> str:
        """What it costs while it runs, in words."""
        rule = self.rule(command)
        return rule.cost if rule is not None and rule.cost else ACTIONS[command.verb].cost(self._world, command)

    def problem(self, command: Command) -> str | None:
        """Why it cannot be started now."""
        for operation in self.open:
            if operation.command.verb == command.verb and target_of(operation.command) == target_of(command):
                return f"{operation.ref} {operation.command.body} is under way already"
        rule = self.rule(command)
        if rule is not None and rule.needs is not None and not self._has_joined(rule.needs):
            return f"{command.body} needs {rule.needs}, who has not joined; page {rule.needs}"
        return ACTIONS[command.verb].problem(self._world, command)

    def request(self, command: Command) -> str:
        """Start it, or let it wait for approval. Returns what follows, in words."""
        operation = Operation(f"X{len(self._all) + 1}", command, int(self._world.env.now))
        self._all.append(operation)
        rule = self.rule(command)
        if rule is not None and rule.approval:
            requested = ActionRequested(operation.requested_at, operation.ref, command.body, command.author, COMMANDER)
            self._publish(requested)
            return f"{operation.ref} waits for approval by the {COMMANDER.replace('-', ' ')}"
        self._start(operation)
        return f"{operation.ref} takes {format_duration(self.takes(command))}"

    def approval_problem(self, ref: str | None) -> str | None:
        """Why nothing can be approved, or None."""
        waiting = [operation for operation in self.open if operation.ends_at is None]
        if not waiting:
            return "no action waits for approval"
        if ref is not None and all(operation.ref.lower() != ref.lower() for operation in waiting):
            return f"{ref} does not wait for approval; waiting: {', '.join(operation.ref for operation in waiting)}"
        return None

    def approve(self, ref: str | None, by: str) -> str:
        """Let the waiting action `ref` (the oldest, if None) go ahead."""
        waiting = [operation for operation in self.open if operation.ends_at is None]
        operation = next(one for one in waiting if ref is None or one.ref.lower() == ref.lower())
        self._publish(ActionApproved(int(self._world.env.now), operation.ref, by))
        self._start(operation)
        return f"{operation.ref} {operation.command.body} goes ahead"

    def _start(self, operation: Operation) -> None:
        command, now = operation.command, int(self._world.env.now)
        operation.ends_at = now + self.takes(command)
        ACTIONS[command.verb].begin(self._world, command)
        self._publish(ActionStarted(now, operation.ref, command.body, command.author, operation.ends_at))
        self._world.env.process(self._run(operation, operation.ends_at - now))

    def _run(self, operation: Operation, duration: int) -> Generator[simpy.Event, None, None]:
        yield self._world.env.timeout(duration)
        result = ACTIONS[operation.command.verb].end(self._world, operation.command)
        operation.done = True
        completed = ActionCompleted(int(self._world.env.now), operation.ref, operation.command.body, result)
        self._publish(completed)


def _view(operation: Operation) -> ActionView:
    ends_at = operation.ends_at
    return ActionView(
        ref=operation.ref,
        text=operation.command.body,
        author=operation.command.author,
        state="pending" if ends_at is None else "running",
        started_at=operation.requested_at // MICRO,
        ends_at=None if ends_at is None else -(-ends_at // MICRO),
    )
