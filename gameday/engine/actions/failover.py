"""Failover: a replica of a database becomes the one that is written to. Meanwhile writes fail.

Where the primary runs, that is time enough for a replica that keeps up to take in the rest. What it has not taken in by
then is lost: a primary that is down or cut off ships nothing. The old primary follows the new one after its `rejoin`.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import format_duration
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails, note, source_of, target_of, usual_duration
from gameday.engine.residents.rejoining import rejoin_later


def _replica(command: Command) -> str:
    return command.arguments[1]


def _problem(world: ActionWorld, command: Command) -> str | None:
    service, replica = target_of(command), _replica(command)
    follower = world.traffic.services[replica].replica_of
    replaced = world.traffic.replaced.get(replica)
    if replaced is not None:
        return f"{replica} is no replica: it has not joined again since {replaced.successor.name} took its place"
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
    if not world.traffic.services[replica].replicas and not command.has("force"):
        raise Fails(f"{replica} serves nobody now; --force promotes it all the same")
    lost = round(world.traffic.promote(replica) * world.scenario.system.traffic.scale)
    world.book.remove(source_of(command))
    rejoin_later(world, service)
    note(world, command, f"failover {service} to {replica}")
    return f"{replica} is the primary now; {_writes_lost(lost)}"


def _writes_lost(lost: int) -> str:
    if lost == 1:
        return "1 write is lost"
    return f"{lost:,} writes are lost" if lost else "no write is lost"


def _undo(world: ActionWorld, command: Command) -> None:
    world.book.remove(source_of(command))


def _cost(world: ActionWorld, command: Command) -> str:
    time, replica = format_duration(usual_duration(world, command)), _replica(command)
    cost = f"writes fail for {time}; what {replica} has not taken in by then is lost"
    follower = world.traffic.services[replica].replica_of
    if follower is None:
        return cost
    ships = "" if follower.is_shipped_to else f", and {follower.primary.name} ships it nothing"
    return f"{cost}: it is {format_duration(follower.lag // 1000 * 1000)} behind now{ships}"


def _danger(world: ActionWorld, command: Command) -> str:
    replica = _replica(command)
    if world.traffic.services[replica].replicas:
        return ""
    return f"{replica} serves nobody now: until it does, all reads and writes fail"


KIND = ActionKind(begin=_begin, end=_end, problem=_problem, undo=_undo, cost=_cost, danger=_danger)
