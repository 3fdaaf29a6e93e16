"""Rollback: the version before runs again, and what the newer one did ends.

A version that changed the data cannot be taken back with the data: the one before meets rows that it cannot read.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, target_of
from gameday.engine.actions.releasing import replace_replicas

UNREADABLE = 0.3
"""Share of the requests that meet data which only the newer version can read, where the scenario does not say more."""


def _end(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    world.starts.note(service)
    return f"{service} runs version {world.changes.roll_back(int(world.env.now), service, command.author)}"


def _danger(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    if not world.changes.is_migrated(service):
        return ""
    return f"{world.changes.version(service)} changed the data, and the version before cannot read all of it"


def _harm(world: ActionWorld, command: Command) -> tuple[Effect, ...]:
    del world
    return (Effect(service=target_of(command), errors=UNREADABLE),)


KIND = ActionKind(steps=replace_replicas, end=_end, danger=_danger, harm=_harm)
