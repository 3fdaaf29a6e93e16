"""Scale: another number of replicas, as soon as they have started. There may not be as many to be had.

Of those that are too many, crashed ones go first, then the newest.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import (
    ActionKind,
    ActionWorld,
    Fails,
    default_duration,
    note,
    replicas_of,
    source_of,
    target_of,
)


def _problem(world: ActionWorld, command: Command) -> str | None:
    service, wanted = target_of(command), int(command.arguments[1])
    return world.provisioning.problem(service, wanted)


def _takes(world: ActionWorld, command: Command) -> int:
    """No sooner than a new replica serves."""
    service, wanted = target_of(command), int(command.arguments[1])
    usual = default_duration(world, command)
    return max(usual, world.provisioning.start_up(service)) if wanted > replicas_of(world, service) else usual


def _end(world: ActionWorld, command: Command) -> str:
    service, replicas = target_of(command), int(command.arguments[1])
    if reason := world.provisioning.problem(service, replicas):
        raise Fails(reason)
    world.provisioning.set_replicas(service, replicas, source_of(command))
    note(world, command, f"scale {service} to {replicas}")
    serving = world.traffic.services[service].replicas
    rest = "" if serving >= replicas else f", {serving or 'none'} of which serve{'s' if serving == 1 else ''}"
    return f"{service} has {replicas} replica{'' if replicas == 1 else 's'}{rest}"


KIND = ActionKind(end=_end, problem=_problem, takes=_takes)
