"""Flag: turn a feature flag on or off, and with it what it does."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, target_of


def _problem(world: ActionWorld, command: Command) -> str | None:
    flag, state = target_of(command), command.arguments[1]
    if world.changes.flag_is_on(flag) == (state == "on"):
        return f"flag {flag} is {state} already"
    return None


def _end(world: ActionWorld, command: Command) -> str:
    flag, state = target_of(command), command.arguments[1]
    world.changes.set_flag(int(world.env.now), flag, state == "on", command.author)
    return f"flag {flag} is {state}"


KIND = ActionKind(end=_end, problem=_problem)
