"""Cert: a new certificate is in place, and callers trust the service again. One that was valid is valid longer."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, note, target_of


def _end(world: ActionWorld, command: Command) -> str:
    name = target_of(command)
    had_expired = world.certificates.renew(name)
    note(world, command, f"renew certificate {name}")
    return f"certificate {name} is new" + ("" if had_expired else "; the one before was valid")


KIND = ActionKind(end=_end)
