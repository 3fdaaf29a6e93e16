"""Pool: how many connections each replica of a caller has to a dependency."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, note, source_of, target_of


def _problem(world: ActionWorld, command: Command) -> str | None:
    edge = target_of(command)
    return None if world.traffic.edges[edge].spec.pool is not None else f"{edge} has no connection pool"


def _end(world: ActionWorld, command: Command) -> str:
    edge, size = target_of(command), int(command.arguments[1])
    world.book.put(source_of(command), (Effect(edge=edge, pool_size=size),))
    note(world, command, f"pool of {edge}: {size}")
    return f"{edge} has {size} connection{'' if size == 1 else 's'} a replica"


KIND = ActionKind(end=_end, problem=_problem)
