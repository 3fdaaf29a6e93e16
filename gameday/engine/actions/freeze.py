"""Freeze: nothing is deployed by the pipeline, or the autoscaler leaves the replicas as they are, until `off`."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, by_move

ALL = "all"


def _services(world: ActionWorld, command: Command) -> tuple[str, ...]:
    scope = command.arguments[1]
    return tuple(world.scenario.system.services) if scope == ALL else (scope,)


def _is_on(command: Command) -> bool:
    return command.arguments[2] == "on"


def _tell(world: ActionWorld, command: Command, what: str) -> str:
    state = "frozen" if _is_on(command) else "free again"
    scope = "all services" if command.arguments[1] == ALL else command.arguments[1]
    world.changes.note(int(world.env.now), command.arguments[1], f"{what} of {scope} {state}", command.author)
    return f"{what} of {scope}: {state}"


def _deploys(world: ActionWorld, command: Command) -> str:
    for service in _services(world, command):
        world.changes.freeze(service, _is_on(command))
    return _tell(world, command, "deploys")


def _scaled(world: ActionWorld, command: Command) -> tuple[str, ...]:
    return tuple(service for service in _services(world, command) if service in world.autoscalers)


def _autoscaler_problem(world: ActionWorld, command: Command) -> str | None:
    return None if _scaled(world, command) else f"nothing scales {command.arguments[1]} but people"


def _autoscaler(world: ActionWorld, command: Command) -> str:
    for service in _scaled(world, command):
        world.autoscalers[service].frozen = _is_on(command)
    return _tell(world, command, "autoscaling")


KIND = by_move(
    {"deploys": ActionKind(end=_deploys), "autoscaler": ActionKind(end=_autoscaler, problem=_autoscaler_problem)}
)
