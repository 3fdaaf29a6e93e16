"""Rollback: the version before runs again, and what the newer one did ends.

A version that changed the data cannot be taken back with the data: the one before meets rows that it cannot read. What
the pipeline is bringing out replica by replica stops at once.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, target_of
from gameday.engine.actions.releasing import replace_replicas, unreadable


def _begin(world: ActionWorld, command: Command) -> None:
    world.changes.halt(target_of(command))


def _end(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    world.starts.note(service)
    return f"{service} runs version {world.changes.roll_back(int(world.env.now), service, command.author)}"


def _danger(world: ActionWorld, command: Command) -> str:
    changed = world.changes.cannot_read(target_of(command))
    return f"{changed} changed the data, and the version before cannot read all of it" if changed else ""


def _harm(world: ActionWorld, command: Command) -> tuple[Effect, ...]:
    return unreadable(world, target_of(command))


KIND = ActionKind(begin=_begin, steps=replace_replicas, end=_end, danger=_danger, harm=_harm)
