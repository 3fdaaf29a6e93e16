"""What an action is, and what it may use of the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import simpy

from gameday.core.commands import Command
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.engine.changes import Changes
from gameday.engine.effects import EffectBook
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.models import Scenario


class ActionWorld(Protocol):
    """What an action needs of the world."""

    env: simpy.Environment
    book: EffectBook
    changes: Changes
    scenario: Scenario

    @property
    def traffic(self) -> Traffic: ...

    def start_up(self, service: str) -> int: ...


def default_duration(world: ActionWorld, command: Command) -> int:
    """The verb's own duration, in microseconds."""
    del world
    return VERBS[command.verb].takes * MICRO


def nothing(world: ActionWorld, command: Command) -> None:
    """For what has no effect until it is done."""
    del world, command


def no_problem(world: ActionWorld, command: Command) -> str | None:
    """For what can always be tried."""
    del world, command
    return None


def no_cost(world: ActionWorld, command: Command) -> str:
    """For what costs nothing while it runs."""
    del world, command
    return ""


@dataclass(frozen=True)
class ActionKind:
    """One verb. `end` returns what it came to, in words; `cost` says beforehand what it costs while it runs."""

    end: Callable[[ActionWorld, Command], str]
    begin: Callable[[ActionWorld, Command], None] = nothing
    problem: Callable[[ActionWorld, Command], str | None] = no_problem
    takes: Callable[[ActionWorld, Command], int] = default_duration
    cost: Callable[[ActionWorld, Command], str] = no_cost


def target_of(command: Command) -> str:
    """The service, edge or flag that an action is about: its first argument."""
    return command.arguments[0]


def source_of(command: Command) -> str:
    """The source of an action's effects: one for each verb and target, so that doing it again replaces it."""
    return f"action {command.verb} {target_of(command)}"
