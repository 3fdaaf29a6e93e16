"""Breaker: force a circuit breaker open or closed, or leave it to itself again."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, note, source_of, target_of

_FORCED = {"open": 1, "closed": 2}


def _problem(world: ActionWorld, command: Command) -> str | None:
    edge = target_of(command)
    return None if world.traffic.edges[edge].spec.breaker is not None else f"{edge} has no circuit breaker"


def _end(world: ActionWorld, command: Command) -> str:
    edge, state = target_of(command), command.arguments[1]
    if state in _FORCED:
        world.book.put(source_of(command), (Effect(edge=edge, breaker=_FORCED[state]),))
    else:
        world.book.remove(source_of(command))
    note(world, command, f"breaker of {edge}: {state}")
    return f"the breaker of {edge} is {state}" if state in _FORCED else f"the breaker of {edge} is left to itself"


def _cost(world: ActionWorld, command: Command) -> str:
    del world
    match command.arguments[1]:
        case "open":
            return f"every call along {target_of(command)} fails at once"
        case "closed":
            return "calls go through, however many fail"
        case _:
            return ""


KIND = ActionKind(end=_end, problem=_problem, cost=_cost)
