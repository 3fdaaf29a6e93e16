"""Promote: the version of a canary runs on all replicas, and does there what it did on some."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails, target_of
from gameday.engine.actions.releasing import replace_replicas


def _problem(world: ActionWorld, command: Command) -> str | None:
    service = target_of(command)
    running = world.changes.versions(service)
    return None if running and running[0][1] < 1.0 else f"{service} has no canary"


def _end(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    version = world.changes.promote(int(world.env.now), service, command.author)
    if version is None:
        raise Fails(f"the canary of {service} is gone")
    world.starts.note(service)
    return f"{service} runs version {version} everywhere"


KIND = ActionKind(steps=replace_replicas, end=_end, problem=_problem)
