"""Perform: a procedure that only this system has, as its scenario defines it: effects, for a while or until undone."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.commands import Command
from gameday.core.units import format_duration
from gameday.engine.actions.base import ActionKind, ActionWorld, note, target_of
from gameday.scenario.models.scenario import Procedure


def procedure_source(name: str) -> str:
    """The source of the effects of a procedure that has been carried out."""
    return f"procedure {name}"


def procedure(world: ActionWorld, name: str) -> Procedure:
    """The procedure with that name, which has been checked."""
    return (world.scenario.procedures or {})[name]


def _problem(world: ActionWorld, command: Command) -> str | None:
    name = target_of(command)
    return f"{name} is in force already" if procedure_source(name) in world.book.sources else None


def _takes(world: ActionWorld, command: Command) -> int:
    return procedure(world, target_of(command)).takes


def _end(world: ActionWorld, command: Command) -> str:
    name = target_of(command)
    wanted = procedure(world, name)
    note(world, command, f"perform {name}: {wanted.summary}")
    rooms = [service for service in wanted.cleans or () if world.disks.clean(service)]
    if wanted.effects:
        world.book.put(procedure_source(name), wanted.effects)
        if wanted.lasts is not None:
            world.env.process(_pass(world, procedure_source(name), wanted.lasts))
    room = f"; room on the disk of {' and '.join(rooms)}" if rooms else ""
    while_ = f", for {format_duration(wanted.lasts)}" if wanted.effects and wanted.lasts is not None else ""
    return f"{name} is done{while_}{room}"


def _pass(world: ActionWorld, source: str, lasts: int) -> Generator[simpy.Event, None, None]:
    put = world.book.effects(source)
    yield world.env.timeout(lasts)
    if world.book.effects(source) is put:
        world.book.remove(source)


def _cost(world: ActionWorld, command: Command) -> str:
    wanted = procedure(world, target_of(command))
    bound = "" if wanted.undo or not wanted.effects else "cannot be undone"
    return "; ".join(part for part in (wanted.summary, wanted.cost, bound) if part)


KIND = ActionKind(end=_end, problem=_problem, takes=_takes, cost=_cost)
