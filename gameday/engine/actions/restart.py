"""Restart: every request in the service dies, and it serves again after its start-up time. Ends crashes."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import format_duration
from gameday.engine.actions.base import ActionKind, ActionWorld, source_of, target_of
from gameday.engine.faults.crash import crash_source


def _begin(world: ActionWorld, command: Command) -> None:
    service = target_of(command)
    world.book.put(source_of(command), (Effect(service=service, lost=1.0),))
    world.traffic.kill(service, 1.0)


def _end(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    for source in world.book.sources:
        if source.startswith(crash_source(service, "")):
            world.book.remove(source)
    world.book.remove(source_of(command))
    return f"{service} serves again"


def _takes(world: ActionWorld, command: Command) -> int:
    return world.start_up(target_of(command))


def _cost(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    return f"kills what is in flight; no {service} at all for {format_duration(world.start_up(service))}"


KIND = ActionKind(begin=_begin, end=_end, takes=_takes, cost=_cost)
