"""Config: a setting of a service, an edge or an entry is changed, or the newest change of configuration is reverted.

Settings belong to a service: those of an edge to its caller, those of an entry to the service behind it. So a revert
takes back what was pushed last, whoever pushed it.
"""

from __future__ import annotations

from gameday.core.arguments import REVERT, setting_effect
from gameday.core.commands import Command
from gameday.core.kinds.effects import PARAMETERS, TargetKind
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails, target_of, tries_once
from gameday.engine.traffic.edges import Edge

_OF: dict[TargetKind, str] = {"service": "a service", "edge": "an edge", "entry": "an entry"}


def kind_of(world: ActionWorld, target: str) -> TargetKind:
    """What a name is that has been checked to be one of the three."""
    system = world.scenario.system
    if target in system.services:
        return "service"
    return "entry" if target in system.traffic.entries else "edge"


def _owner(world: ActionWorld, target: str) -> str:
    """The service whose configuration it is part of."""
    match kind_of(world, target):
        case "service":
            return target
        case "edge":
            return world.traffic.edges[target].caller.name
        case _:
            return world.scenario.system.traffic.entries[target].to


def _setting(command: Command) -> str:
    return command.arguments[1]


def _problem(world: ActionWorld, command: Command) -> str | None:
    target, setting = target_of(command), _setting(command)
    owner = _owner(world, target)
    if setting == REVERT:
        return None if world.changes.setting(owner) is not None else f"no change of the configuration of {owner}"
    kind, wanted = kind_of(world, target), PARAMETERS[setting].target
    if kind != wanted:
        return f"{setting} is a setting of {_OF[wanted]}; {target} is {_OF[kind]}"
    edge = world.traffic.edges.get(target)
    return None if edge is None else _edge_problem(edge, setting)


def _edge_problem(edge: Edge, setting: str) -> str | None:
    """Why the setting does nothing on this edge; None where it does something."""
    match setting:
        case "pool_size" | "pool_leaked" if edge.spec.pool is None:
            return f"{edge.name} has no connection pool"
        case "breaker" if edge.spec.breaker is None:
            return f"{edge.name} has no circuit breaker"
        case "paused" if edge.consumer is None:
            return f"{edge.name} takes no messages from a queue: there is nothing to pause"
        case "retries" | "backoff":
            return tries_once(edge)
        case "timeout" if edge.spec.mode == "async":
            return f"{edge.name} is fire-and-forget: nobody waits for it"
        case "calls" if edge.consumer is not None:
            return f"{edge.name} takes messages, each once"
        case _:
            return None


def _end(world: ActionWorld, command: Command) -> str:
    target, setting, now = target_of(command), _setting(command), int(world.env.now)
    owner = _owner(world, target)
    if setting == REVERT:
        gone = world.changes.revert(now, owner, command.author)
        if gone is None:
            raise Fails(f"the configuration of {owner} has been reverted already")
        return f"{owner} runs without {gone}"
    value = command.argument("value") or ""
    effect = setting_effect(kind_of(world, target), target, setting, value)
    text = f"{setting} {value}" if owner == target else f"{setting} of {target} {value}"
    world.changes.configure(now, owner, text, command.author, (effect,))
    return f"{target} has {setting} {value}"


def _cost(world: ActionWorld, command: Command) -> str:
    if _setting(command) != REVERT:
        return ""
    return f"takes back: {world.changes.setting(_owner(world, target_of(command))) or 'nothing'}"


KIND = ActionKind(end=_end, problem=_problem, cost=_cost)
