"""Drain: a zone, or one replica of a service, takes nothing new; what runs there finishes. `off` brings it back.

The others have to do without it.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import (
    ActionKind,
    ActionWorld,
    note,
    replica_problem,
    replicas_of,
    source_of,
    target_of,
)


def _is_on(command: Command) -> bool:
    return command.argument("state") != "off"


def _services(world: ActionWorld, command: Command) -> tuple[str, ...]:
    """Those that have replicas there."""
    what = target_of(command)
    services = world.scenario.system.services
    if what in services:
        return (what,)
    return tuple(name for name, service in services.items() if what in (service.zones or ()))


def _source(command: Command) -> str:
    replica = command.argument("replica")
    return source_of(command) + (f" {replica}" if replica is not None else "")


def _problem(world: ActionWorld, command: Command) -> str | None:
    what, replica = target_of(command), command.argument("replica")
    is_there = _source(command) in world.book.sources
    if not _is_on(command):
        return None if is_there else f"{_where(command)} is not drained"
    if is_there:
        return f"{_where(command)} is drained already"
    if what not in world.scenario.system.services:
        if replica is not None:
            return f"{what} is a zone; --replica is for a service"
        return None if _services(world, command) else f"nothing runs in {what}"
    return replica_problem(world, command)


def _where(command: Command) -> str:
    replica = command.argument("replica")
    return f"replica {replica} of {target_of(command)}" if replica is not None else target_of(command)


def _effects(world: ActionWorld, command: Command) -> tuple[Effect, ...]:
    what, replica = target_of(command), command.argument("replica")
    if what in world.scenario.system.services:
        return (Effect(service=what, drained=1.0, replica=None if replica is None else int(replica)),)
    return tuple(Effect(service=service, zone=what, drained=1.0) for service in _services(world, command))


def _begin(world: ActionWorld, command: Command) -> None:
    if _is_on(command):
        world.book.put(_source(command), _effects(world, command))


def _end(world: ActionWorld, command: Command) -> str:
    if _is_on(command):
        note(world, command, f"drain {_where(command)}")
        return f"nothing runs in {_where(command)}"
    world.book.remove(_source(command))
    note(world, command, f"drain {_where(command)} off")
    return f"{_where(command)} takes requests again"


def _undo(world: ActionWorld, command: Command) -> None:
    if _is_on(command):
        world.book.remove(_source(command))


def _cost(world: ActionWorld, command: Command) -> str:
    if not _is_on(command):
        return ""
    what, replica = target_of(command), command.argument("replica")
    if what in world.scenario.system.services:
        if replica is None:
            return f"no {what} at all until drain {what} off"
        left = replicas_of(world, what) - 1
        return f"{left} replica{'' if left == 1 else 's'} of {what} must do without it"
    services = world.scenario.system.services
    named = _services(world, command)
    shards = [name for name in named if (behind := services[name].per_replica) and behind.balancing == "key"]
    lost = f"; nobody answers for the shards of {', '.join(shards)} there" if shards else ""
    return f"the other zones must do without it: {', '.join(named)}{lost}"


KIND = ActionKind(begin=_begin, end=_end, problem=_problem, undo=_undo, cost=_cost)
