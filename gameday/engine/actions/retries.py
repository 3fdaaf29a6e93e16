"""Retries: how often a caller tries a dependency again."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, source_of, target_of, tries_once


def _problem(world: ActionWorld, command: Command) -> str | None:
    return tries_once(world.traffic.edges[target_of(command)])


def _end(world: ActionWorld, command: Command) -> str:
    edge, count = target_of(command), int(command.arguments[1])
    world.book.put(source_of(command), (Effect(edge=edge, retries=count),))
    world.changes.note(int(world.env.now), edge, f"retries of {edge}: {count}", command.author)
    return f"{edge} is tried again {count} time{'' if count == 1 else 's'}" if count else f"{edge} is not tried again"


KIND = ActionKind(end=_end, problem=_problem)
