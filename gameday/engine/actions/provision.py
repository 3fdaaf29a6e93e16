"""Provision: ask whoever owns the machines for more. It takes minutes, and they may have none to give."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails


def _problem(world: ActionWorld, command: Command) -> str | None:
    del command
    return None if world.provisioning.is_limited else "there is no quota here: scale what you need"


def _end(world: ActionWorld, command: Command) -> str:
    more = int(command.arguments[0])
    if world.provisioning.is_closed:
        raise Fails("the provider has nothing to give now")
    world.provisioning.extend(more)
    return f"{more} more replica{'s' if more > 1 else ''} can be had"


KIND = ActionKind(end=_end, problem=_problem)
