"""Undo: what a procedure of this system did is taken back."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, note, target_of
from gameday.engine.actions.perform import procedure, procedure_source


def _problem(world: ActionWorld, command: Command) -> str | None:
    name = target_of(command)
    if procedure_source(name) not in world.book.sources:
        return f"{name} is not in force"
    return None if procedure(world, name).undo else f"{name} cannot be undone"


def _end(world: ActionWorld, command: Command) -> str:
    name = target_of(command)
    world.book.remove(procedure_source(name))
    note(world, command, f"undo {name}")
    return f"{name} is undone"


KIND = ActionKind(end=_end, problem=_problem)
