"""Failover: a replica of a database becomes the one that is written to. Meanwhile writes fail.

What the primary had taken in and the replica not yet is lost.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import format_duration
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails, note, source_of, target_of, usual_duration


def _replica(command: Command) -> str:
    return command.arguments[1]


def _problem(world: ActionWorld, command: Command) -> str | None:
    service, replica = target_of(command), _replica(command)
    follower = world.traffic.services[replica].replica_of
    if follower is None:
        return f"{replica} is no replica now: there is nothing to promote"
    if follower.primary.name != service:
        return f"{replica} is a replica of {follower.primary.name}, not of {service}"
    return None


def _begin(world: ActionWorld, command: Command) -> None:
    """The old primary takes no writes from here on, so that it does not go on alone."""
    world.book.put(source_of(command), (Effect(service=target_of(command), write_errors=1.0),))


def _end(world: ActionWorld, command: Command) -> str:
    service, replica = target_of(command), _replica(command)
    if reason := _problem(world, command):
        raise Fails(reason)
    lost = world.traffic.promote(replica)
    world.book.remove(source_of(command))
    note(world, command, f"failover {service} to {replica}")
    return f"{replica} is the primary now; " + (f"{lost:,} writes are lost" if lost else "no write is lost")


def _undo(world: ActionWorld, command: Command) -> None:
    world.book.remove(source_of(command))


def _cost(world: ActionWorld, command: Command) -> str:
    time = format_duration(usual_duration(world, command))
    follower = world.traffic.services[_replica(command)].replica_of
    behind = "nothing" if follower is None else format_duration(follower.lag // 1000 * 1000)
    return f"writes fail for {time}; the replica is {behind} behind, which may be lost"


KIND = ActionKind(begin=_begin, end=_end, problem=_problem, undo=_undo, cost=_cost)
