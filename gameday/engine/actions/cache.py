"""Cache: forget everything, wrong answers and right ones; what is asked for next goes to whoever knows."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, note, target_of


def _caching(world: ActionWorld, target: str) -> list[str]:
    """The edges whose cache is the target's: itself, or those whose answers that service holds."""
    return [
        edge.name
        for edge in world.scenario.system.dependencies
        if edge.cache is not None and target in (edge.name, edge.cache.at)
    ]


def _problem(world: ActionWorld, command: Command) -> str | None:
    target = target_of(command)
    return None if _caching(world, target) else f"{target} holds no cache"


def _end(world: ActionWorld, command: Command) -> str:
    target = target_of(command)
    world.traffic.flush(target)
    note(world, command, f"flush the cache of {target}")
    return f"the cache of {target} is empty"


def _cost(world: ActionWorld, command: Command) -> str:
    asked = ", ".join(_caching(world, target_of(command)))
    return f"all that it kept is asked for again, along {asked}" if asked else ""


KIND = ActionKind(end=_end, problem=_problem, cost=_cost)
