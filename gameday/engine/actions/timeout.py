"""Timeout: how long a caller waits for an answer of a dependency."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, source_of, target_of


def _problem(world: ActionWorld, command: Command) -> str | None:
    edge = world.traffic.edges[target_of(command)]
    return f"{edge.name} is fire-and-forget: nobody waits for it" if edge.spec.mode == "async" else None


def _end(world: ActionWorld, command: Command) -> str:
    edge, duration = target_of(command), command.arguments[1]
    effect = Effect.model_validate({"edge": edge, "timeout": duration})
    world.book.put(source_of(command), (effect,))
    world.changes.note(int(world.env.now), edge, f"timeout of {edge}: {duration}", command.author)
    return f"{edge} waits {duration}"


KIND = ActionKind(end=_end, problem=_problem)
