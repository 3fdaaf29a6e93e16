"""Restart: every request in the service dies, and it serves again after its start-up time, where anything lets it.

One replica, or one after another (rolling), costs that replica at a time and leaves the others alone. What is restarted
is no longer down by a crash; a zone that is lost, or a drain, keeps it from serving all the same.
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
    rule_of,
    source_of,
    target_of,
)
from gameday.engine.residents.crashes import end_crashes
from gameday.engine.traffic.mechanisms.replicas import Roster


def _number(command: Command) -> int | None:
    """The one replica that is meant, counted from 1."""
    number = command.argument("replica")
    return None if number is None else int(number)


def _stop(world: ActionWorld, command: Command, number: int | None) -> None:
    """One replica is down, or all."""
    service = target_of(command)
    running = tuple(world.traffic.services[service].roster.running)
    world.book.put(source_of(command), (Effect(service=service, lost=1.0, replica=number),))
    if number is None:
        world.traffic.kill(service, 1.0)
    else:
        world.traffic.kill_replicas(service, (number - 1,), running)


def _begin(world: ActionWorld, command: Command) -> None:
    if not command.has("rolling"):
        _stop(world, command, _number(command))


def _steps(world: ActionWorld, command: Command, duration: int) -> Steps:
    if not command.has("rolling"):
        yield world.env.timeout(duration)
        return None
    service = target_of(command)
    count = replicas_of(world, service)
    for number in range(1, count + 1):
        _stop(world, command, number)
        yield world.env.timeout(duration * number // count - duration * (number - 1) // count)
        _start(world, service, number)
    return None


def _start(world: ActionWorld, service: str, number: int | None) -> None:
    """What starts now, one replica or all, is no longer down by a crash."""
    end_crashes(world.book, service, lambda one: number is None or one == number - 1)


def _end(world: ActionWorld, command: Command) -> str:
    service, number = target_of(command), _number(command)
    if not command.has("rolling"):
        _start(world, service, number)
    world.book.remove(source_of(command))
    return _outcome(world.traffic.services[service].roster, service, number)


def _outcome(roster: Roster, service: str, number: int | None) -> str:
    """Whether what was restarted serves now, and what keeps it from that as far as anybody can tell."""
    started = range(roster.size) if number is None else (number - 1,)
    idle = [one for one in started if one not in roster.running]
    if not idle and roster.running:
        return f"{service} serves again" if number is None else f"replica {number} of {service} serves again"
    serve = len(roster.running)
    if number is None:
        text = f"{service} is restarted, {serve or 'none'} of {roster.size} serve{'s' if serve == 1 else ''}"
    else:
        text = f"replica {number} of {service} is restarted, but does not serve"
    drained = [one for one in idle if one in roster.drained]
    zones = dict.fromkeys(roster.zone(one) for one in idle if one not in drained)
    dead = [zone for zone in zones if zone and all(roster.zone(one) != zone for one in roster.running)]
    reasons = [f"nothing runs in {' and '.join(dead)}"] if dead else []
    if drained:
        reasons.append("it is drained" if number is not None else f"{len(drained)} drained")
    return f"{text}: {'; '.join(reasons)}" if reasons else text


def _takes(world: ActionWorld, command: Command) -> int:
    service = target_of(command)
    return world.start_up(service) * (replicas_of(world, service) if command.has("rolling") else 1)


def _gone(world: ActionWorld, command: Command) -> int:
    """For how long what is restarted at a time is gone, in microseconds."""
    rule = rule_of(world.scenario, command)
    takes = _takes(world, command) if rule is None or rule.takes is None else rule.takes
    return takes // replicas_of(world, target_of(command)) if command.has("rolling") else takes


def _cost(world: ActionWorld, command: Command) -> str:
    service, number = target_of(command), _number(command)
    time = format_duration(_gone(world, command))
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
    yield world.env.timeout(_gone(world, command))
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
