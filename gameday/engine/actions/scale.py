"""Scale: another number of replicas, as soon as they have started."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, source_of, target_of


def _end(world: ActionWorld, command: Command) -> str:
    service, replicas = target_of(command), int(command.arguments[1])
    world.book.put(source_of(command), (Effect(service=service, replicas=replicas),))
    world.changes.note(int(world.env.now), service, f"scale {service} to {replicas}", command.author)
    return f"{service} has {replicas} replicas"


KIND = ActionKind(end=_end)
