"""Actions under way: they wait for approval, run for their time, and end with a result, fail, or are cancelled.

Owns references (X1, X2, ...), durations, chance and cancelling. What verbs do stands in `gameday.engine.actions`, who
may do what in `gameday.engine.guardrails`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import simpy

from gameday.core.commands import Command
from gameday.core.events import (
    ActionApproved,
    ActionCancelled,
    ActionCompleted,
    ActionFailed,
    ActionRequested,
    ActionStarted,
    GlassBroken,
    Publish,
)
from gameday.core.signals import ActionView
from gameday.core.units import MICRO, format_duration
from gameday.core.verbs import VERBS
from gameday.engine.actions import ACTIONS, ActionKind, ActionWorld
from gameday.engine.actions.base import Fails, call_of_chance, lane_of, target_of
from gameday.engine.changes import harm_source
from gameday.engine.guardrails import COMMANDER, Guardrails
from gameday.scenario.models.scenario import ActionRule

_INSIDE = ("restart", "rollback", "deploy", "promote", "scale", "failover", "drain", "config", "shed", "limit")
"""Verbs that change a service itself, where they name one."""


@dataclass(slots=True)
class Operation:
    """One action on its way. Times in microseconds; `ends_at` None while it waits for approval.

    `forced` says that it was unsafe when it started. `past_guard` says that glass was broken for it.
    """

    ref: str
    command: Command
    requested_at: int
    past_guard: bool = False
    ends_at: int | None = None
    done: bool = False
    forced: bool = False
    process: simpy.Process | None = None

    @property
    def kind(self) -> ActionKind:
        return ACTIONS[self.command.verb]

    @property
    def burden(self) -> str:
        """The source of the effects that last while it runs."""
        return f"running {self.ref}"


class Operations:
    """All actions of a world."""

    def __init__(self, world: ActionWorld, publish: Publish, has_joined: Callable[[str], bool]) -> None:
        self._world = world
        self._publish = publish
        self._guard = Guardrails(world.scenario, has_joined)
        self._all: list[Operation] = []
        self._tries: dict[str, int] = {}

    @property
    def open(self) -> list[Operation]:
        """Those that wait or run."""
        return [operation for operation in self._all if not operation.done]

    def views(self) -> tuple[ActionView, ...]:
        """What screens show of the open ones."""
        return tuple(_view(operation) for operation in self.open)

    def rule(self, command: Command) -> ActionRule | None:
        """The first rule of the scenario that is about this action."""
        return self._guard.rule(command.inner or command)

    def may(self, person: str, command: Command) -> bool:
        """Whether the scenario's rules let this person do it, whoever else has to be there."""
        return self._guard.may(person, command.inner or command)

    def takes(self, command: Command) -> int:
        """How long the action takes, in microseconds."""
        command = command.inner or command
        rule = self.rule(command)
        if rule is not None and rule.takes is not None:
            return rule.takes
        return ACTIONS[command.verb].takes(self._world, command)

    def cost(self, command: Command) -> str:
        """What it costs while it runs, and what it risks, in words."""
        past_guard = command.inner is not None
        command = command.inner or command
        rule = self.rule(command)
        cost = rule.cost if rule is not None and rule.cost else ACTIONS[command.verb].cost(self._world, command)
        danger = self._danger(command)
        chance = f"fails {rule.fails:.0%} of the time" if rule is not None and rule.fails is not None else ""
        glass = f"goes past {self._guard.passed(command)}" if past_guard else ""
        return "; ".join(part for part in (cost, danger and f"unsafe: {danger}", chance, glass) if part)

    def problem(self, command: Command) -> str | None:
        """Why an action, a cancelling or an approval is refused now; None where it is not."""
        match command.verb:
            case "approve":
                return self._approval_problem(command.argument("action"))
            case "cancel":
                return self._cancel_problem(command.arguments[0])
            case _:
                inner = command.inner
                return self._start_problem(inner or command, past_guard=inner is not None)

    def perform(self, command: Command) -> str:
        """Start an action, cancel one or approve one. Returns what follows, in words."""
        match command.verb:
            case "approve":
                return self._approve(command.argument("action"), command.author)
            case "cancel":
                return self._cancel(command.arguments[0], command.author)
            case _:
                inner = command.inner
                return self._request(inner or command, past_guard=inner is not None)

    def _danger(self, command: Command) -> str:
        """Why it is unsafe now; empty where it is not."""
        rule = self.rule(command)
        if rule is not None and rule.unsafe is not None:
            return rule.unsafe
        return ACTIONS[command.verb].danger(self._world, command)

    def _start_problem(self, command: Command, past_guard: bool) -> str | None:
        for operation in self.open:
            if lane_of(operation.command) == lane_of(command):
                return f"{operation.ref} {operation.command.body} is under way already"
        guarded = None if past_guard else self._guard.problem(command)
        return (
            guarded
            or self._foreign(command)
            or ACTIONS[command.verb].problem(self._world, command)
            or self._unsafe(command, past_guard)
        )

    def _foreign(self, command: Command) -> str | None:
        """What runs at somebody else's is not ours to change."""
        target = target_of(command)
        service = self._world.scenario.system.services.get(target)
        if service is None or service.kind != "external" or command.verb not in _INSIDE:
            return None
        return f"{target} belongs to somebody else; vendor {target} calls them"

    def _unsafe(self, command: Command, past_guard: bool) -> str | None:
        danger = self._danger(command)
        if not danger or past_guard or command.has("force"):
            return None
        how = "--force" if VERBS[command.verb].option("force") is not None else "breakglass"
        return f"unsafe: {danger}; {how} does it anyway"

    def _request(self, command: Command, past_guard: bool) -> str:
        """Start it, or let it wait for approval. Returns what follows, in words."""
        operation = Operation(f"X{len(self._all) + 1}", command, int(self._world.env.now), past_guard)
        self._all.append(operation)
        rule = self.rule(command)
        if past_guard:
            past = self._guard.passed(command)
            self._publish(GlassBroken(operation.requested_at, operation.ref, command.body, command.author, past))
        elif rule is not None and rule.needs_approval and rule.approver != command.author:
            approver = rule.approver or COMMANDER
            requested = ActionRequested(operation.requested_at, operation.ref, command.body, command.author, approver)
            self._publish(requested)
            return f"{operation.ref} waits for approval by {self._guard.called(approver)}"
        duration = self._start(operation)
        return f"{operation.ref} takes {format_duration(duration)}"

    def _approval_problem(self, ref: str | None) -> str | None:
        waiting = [operation for operation in self.open if operation.ends_at is None]
        if not waiting:
            return "no action waits for approval"
        if ref is not None and all(operation.ref.lower() != ref.lower() for operation in waiting):
            return f"{ref} does not wait for approval; waiting: {', '.join(operation.ref for operation in waiting)}"
        operation = self._to_approve(ref)
        return self._barred(operation.command)

    def _barred(self, command: Command) -> str | None:
        """Why what waits cannot go ahead any more: things have changed since it was asked for."""
        return (
            self._guard.problem(command)
            or ACTIONS[command.verb].problem(self._world, command)
            or self._unsafe(command, past_guard=False)
        )

    def _to_approve(self, ref: str | None) -> Operation:
        """The waiting action `ref`, or the oldest. There is one."""
        waiting = (operation for operation in self.open if operation.ends_at is None)
        return next(one for one in waiting if ref is None or one.ref.lower() == ref.lower())

    def approver(self, ref: str | None) -> str:
        """Who lets the action `ref` (the oldest that waits, if None) go ahead: a person, or the commander's role."""
        rule = self.rule(self._to_approve(ref).command)
        return rule.approver if rule is not None and rule.approver is not None else COMMANDER

    def _approve(self, ref: str | None, by: str) -> str:
        """Let the waiting action `ref` (the oldest, if None) go ahead."""
        operation = self._to_approve(ref)
        self._publish(ActionApproved(int(self._world.env.now), operation.ref, by))
        self._start(operation)
        return f"{operation.ref} {operation.command.body} goes ahead"

    def _find(self, ref: str) -> Operation | None:
        return next((one for one in self.open if one.ref.lower() == ref.lower()), None)

    def _cancel_problem(self, ref: str) -> str | None:
        operation = self._find(ref)
        if operation is None:
            return f"{ref} is not under way"
        if operation.ends_at is None:
            return None
        bound = operation.kind.bound(self._world, operation.command)
        return f"{operation.ref} cannot be cancelled: {bound}" if bound else None

    def _cancel(self, ref: str, by: str) -> str:
        """End it now; what is half done is taken back."""
        operation = self._find(ref)
        assert operation is not None
        if operation.process is not None:
            operation.process.interrupt()
            operation.kind.undo(self._world, operation.command)
        self._close(operation)
        self._publish(ActionCancelled(int(self._world.env.now), operation.ref, operation.command.body, by))
        return f"{operation.ref} {operation.command.body} is cancelled"

    def _start(self, operation: Operation) -> int:
        command, now = operation.command, int(self._world.env.now)
        duration = self.takes(command)
        operation.ends_at = now + duration
        operation.forced = bool(self._danger(command))
        rule = self.rule(command)
        if rule is not None and rule.meanwhile:
            self._world.book.put(operation.burden, rule.meanwhile)
        operation.kind.begin(self._world, command)
        self._publish(ActionStarted(now, operation.ref, command.body, command.author, operation.ends_at))
        operation.process = self._world.env.process(self._run(operation, duration))
        return duration

    def _run(self, operation: Operation, duration: int) -> Generator[simpy.Event, None, None]:
        command = operation.command
        try:
            told = yield from operation.kind.steps(self._world, command, duration)
            self._try_luck(command)
            result = told or operation.kind.end(self._world, command)
        except simpy.Interrupt:
            return
        except Fails as failure:
            operation.kind.undo(self._world, command)
            self._close(operation)
            self._publish(ActionFailed(int(self._world.env.now), operation.ref, command.body, str(failure)))
        else:
            self._do_harm(operation)
            self._close(operation)
            self._publish(ActionCompleted(int(self._world.env.now), operation.ref, command.body, result))

    def _do_harm(self, operation: Operation) -> None:
        """What it does where it was unsafe, and done all the same."""
        if not operation.forced:
            return
        command, rule = operation.command, self.rule(operation.command)
        harm = rule.harm if rule is not None and rule.harm else operation.kind.harm(self._world, command)
        if harm:
            self._world.book.put(harm_source(command.verb, target_of(command)), harm)

    def _try_luck(self, command: Command) -> None:
        """Raises Fails as often as the rule says: drawn for what is tried and how often it has been tried."""
        rule = self.rule(command)
        if rule is None or rule.fails is None:
            return
        number = self._tries[command.body] = self._tries.get(command.body, 0) + 1
        if call_of_chance(self._world, "fails", command.body, str(number)) < rule.fails:
            raise Fails(rule.reason or "it did not work; try again")

    def _close(self, operation: Operation) -> None:
        operation.done = True
        self._world.book.remove(operation.burden)


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
