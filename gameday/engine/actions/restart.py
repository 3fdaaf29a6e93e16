"""Restart: every request in the service dies, and it serves again after its start-up time. Ends crashes.

One replica, or one after another (rolling), costs that replica at a time and leaves the others alone.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import format_duration
from gameday.engine.actions.base import (
    ActionKind,
    ActionWorld,
    Steps,
    replica_problem,
    replicas_of,
    source_of,
    target_of,
)
from gameday.engine.residents.crashes import crash_source


def _number(command: Command) -> int | None:
    """The one replica that is meant, counted from 1."""
    number = command.argument("replica")
    return None if number is None else int(number)


def _stop(world: ActionWorld, command: Command, number: int | None) -> None:
    """One replica is down, or all."""
    service = target_of(command)
    world.book.put(source_of(command), (Effect(service=service, lost=1.0, replica=number),))
    if number is None:
        world.traffic.kill(service, 1.0)
    else:
        world.traffic.kill_replicas(service, (number - 1,))


def _begin(world: ActionWorld, command: Command) -> None:
    if not command.has("rolling"):
        _stop(world, command, _number(command))


def _steps(world: ActionWorld, command: Command, duration: int) -> Steps:
    if not command.has("rolling"):
        yield world.env.timeout(duration)
        return None
    count = replicas_of(world, target_of(command))
    for number in range(1, count + 1):
        _stop(world, command, number)
        yield world.env.timeout(duration * number // count - duration * (number - 1) // count)
    return None


def _end(world: ActionWorld, command: Command) -> str:
    service, number = target_of(command), _number(command)
    if number is None:
        for source in world.book.sources:
            if source.startswith(crash_source(service, "")):
                world.book.remove(source)
    if command.has("rolling"):
        world.starts.note(service)
    world.book.remove(source_of(command))
    return f"{service} serves again" if number is None else f"replica {number} of {service} serves again"


def _takes(world: ActionWorld, command: Command) -> int:
    service = target_of(command)
    return world.start_up(service) * (replicas_of(world, service) if command.has("rolling") else 1)


def _cost(world: ActionWorld, command: Command) -> str:
    service, number = target_of(command), _number(command)
    time = format_duration(world.start_up(service))
    if number is not None:
        return f"kills what is in flight on replica {number}; it is gone for {time}"
    if command.has("rolling"):
        return f"kills what is in flight, one replica of {replicas_of(world, service)} at a time, each gone for {time}"
    return f"kills what is in flight; no {service} at all for {time}"


def _bound(world: ActionWorld, command: Command) -> str:
    del world
    return "" if command.has("rolling") else "what was killed can only start again"


def _undo(world: ActionWorld, command: Command) -> None:
    """What is down has to start all the same, whatever is done to the service meanwhile."""
    effects = world.book.effects(source_of(command))
    source = f"{source_of(command)}, given up @{int(world.env.now)}"
    world.book.put(source, effects)
    world.book.remove(source_of(command))
    world.env.process(_come_back(world, command, source))


def _come_back(world: ActionWorld, command: Command, source: str) -> Generator[simpy.Event, None, None]:
    yield world.env.timeout(world.start_up(target_of(command)))
    world.book.remove(source)


KIND = ActionKind(
    begin=_begin,
    steps=_steps,
    end=_end,
    problem=replica_problem,
    takes=_takes,
    cost=_cost,
    bound=_bound,
    undo=_undo,
)
