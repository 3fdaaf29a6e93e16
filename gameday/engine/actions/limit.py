"""Limit: a service or an entry lets in so much a second, or a caller holds back to so much; off lets all through."""

from __future__ import annotations

from gameday.core.arguments import OFF
from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import MAX_RATE, format_rate
from gameday.engine.actions.base import ActionKind, ActionWorld, note, source_of, target_of
from gameday.engine.actions.config import kind_of
from gameday.engine.traffic.edges import Edge

_KEYS = {"service": ("service", "limit"), "edge": ("edge", "call_limit"), "entry": ("on", "demand_limit")}


def _own(world: ActionWorld, target: str) -> float | None:
    """The limit that the scenario gives it."""
    traffic = world.traffic
    owner = traffic.services.get(target) or traffic.edges.get(target) or traffic.entries[target]
    limit = owner.spec.limit
    return None if limit is None else limit.rate


def _end(world: ActionWorld, command: Command) -> str:
    target, rate = target_of(command), command.arguments[1].lower()
    note(world, command, f"limit of {target}: {rate}")
    if rate == OFF and _own(world, target) is None:
        world.book.remove(source_of(command))
    else:
        key, parameter = _KEYS[kind_of(world, target)]
        wanted = format_rate(MAX_RATE) if rate == OFF else rate
        world.book.put(source_of(command), (Effect.model_validate({key: target, parameter: wanted}),))
    return f"{target} has no limit" if rate == OFF else f"{target} takes {rate}"


def _problem(world: ActionWorld, command: Command) -> str | None:
    target = target_of(command)
    if command.arguments[1].lower() == OFF and _own(world, target) is None:
        return None if source_of(command) in world.book.sources else f"{target} has no limit"
    return None


def _cost(world: ActionWorld, command: Command) -> str:
    rate = command.arguments[1].lower()
    if rate == OFF:
        return "lets all through again"
    queues = [edge.caller.name for edge in _pulls(world, target_of(command))]
    if queues:
        return f"beyond {rate} messages wait in {' and '.join(queues)}"
    who = "callers hold back" if kind_of(world, target_of(command)) == "edge" else "turned away"
    return f"{who} beyond {rate}: each counts as a failure"


def _pulls(world: ActionWorld, target: str) -> list[Edge]:
    """Along which edges messages are taken that the limit holds up."""
    return [
        edge
        for edge in world.traffic.edges.values()
        if edge.consumer is not None and target in (edge.name, edge.callee.name)
    ]


KIND = ActionKind(end=_end, problem=_problem, cost=_cost)
