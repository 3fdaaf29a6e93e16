"""Rollback: the version before runs again, and what the newer one did ends."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, target_of


def _end(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    return f"{service} runs version {world.changes.roll_back(int(world.env.now), service, command.author)}"


KIND = ActionKind(end=_end)
