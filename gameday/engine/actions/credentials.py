"""Credentials: a new password or token is in use on both sides. One that was valid is valid longer."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, note, target_of


def _end(world: ActionWorld, command: Command) -> str:
    name = target_of(command)
    had_expired = world.credentials.rotate(name)
    note(world, command, f"rotate credential {name}")
    return f"credential {name} is new" + ("" if had_expired else "; the one before was valid")


KIND = ActionKind(end=_end)
