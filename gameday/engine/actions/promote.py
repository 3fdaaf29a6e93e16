"""Promote: the version of a canary runs on all replicas, and does there what it did on some."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, Fails, target_of
from gameday.engine.actions.releasing import replace_replicas, unreadable


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


def _danger(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    version = world.changes.version(service)
    changed = world.changes.cannot_read(service, version)
    return f"{changed} changed the data, and {version} cannot read all of it" if changed else ""


def _harm(world: ActionWorld, command: Command) -> tuple[Effect, ...]:
    return unreadable(world, target_of(command))


KIND = ActionKind(steps=replace_replicas, end=_end, problem=_problem, danger=_danger, harm=_harm)
