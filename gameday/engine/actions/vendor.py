"""Vendor: call the hotline of a third party. After a while somebody says what they see, or nobody picks up."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.draws import draw_name, lognormal
from gameday.core.units import MICRO, format_rate
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails, Steps, call_of_chance, target_of
from gameday.engine.traffic.codes import LIMITED

ANSWERS = 0.75
"""How often anybody answers within the time that one waits."""

MEAN = 240 * MICRO
"""Mean time until somebody does, with a squared coefficient of variation of 1."""

WRONG = 0.02
"""The share of failures from which on they know themselves that something is wrong."""


def _problem(world: ActionWorld, command: Command) -> str | None:
    service = target_of(command)
    external = world.scenario.system.services[service].kind == "external"
    return None if external else f"{service} is our own: page its team"


def _steps(world: ActionWorld, command: Command, duration: int) -> Steps:
    service, asked = target_of(command), str(world.env.now)
    wait = round(lognormal(draw_name(world.seed, "action", "vendor", service, "wait", asked), MEAN, 1.0))
    if call_of_chance(world, "vendor", service, asked) >= ANSWERS or wait > duration:
        yield world.env.timeout(duration)
        raise Fails(f"nobody at {service} has picked up")
    yield world.env.timeout(wait)
    return f"{service} says: {word_of(world, service)}"


def word_of(world: ActionWorld, service: str) -> str:
    """What they see on their own side: their service as it does now, not why."""
    station = world.traffic.services[service]
    if not station.capacity:
        return "we are down, and work on it"
    c = range(len(station.class_names))
    failing = max((station.error[n] for n in c), default=0.0)
    slow = max((station.scale[n] for n in c), default=1.0) > 1.5 or any(station.delay[n] > 0 for n in c)
    if failing > WRONG:
        return f"we see errors, about {failing:.0%}, and work on it"
    if slow:
        return "we are slower than usual, and work on it"
    bucket, own = station.door.bucket, station.spec.limit
    if bucket is not None and (own is None or bucket.rate < own.rate):
        return f"all is well here, but we take no more than {format_rate(bucket.rate)} from you now"
    if station.outcomes[LIMITED] > WRONG * station.arrived:
        return "all is well here; you have sent more than your limit, and we turn that away"
    return "all is well here"


def _cost(world: ActionWorld, command: Command) -> str:
    del world, command
    return "somebody waits on the line; an answer may never come"


KIND = ActionKind(steps=_steps, problem=_problem, cost=_cost)
