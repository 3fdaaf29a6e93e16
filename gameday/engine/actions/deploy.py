"""Deploy: a version comes out, on all replicas or on a share of them first (a canary), and does what it does.

One that ran before the data was changed cannot read all of it, exactly as after a rollback: the same harm.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.text import did_you_mean
from gameday.core.units import parse_ratio
from gameday.engine.actions.base import ActionKind, ActionWorld, replicas_of, target_of
from gameday.engine.actions.releasing import replace_replicas, unreadable, versions
from gameday.scenario.shares import share_problem


def _version(command: Command) -> str:
    return command.arguments[1]


def _canary(command: Command) -> float:
    share = command.argument("canary")
    return 1.0 if share is None else parse_ratio(share)


def _share(world: ActionWorld, command: Command) -> float:
    """The share of the replicas that get it: whole ones, at least one."""
    wanted = _canary(command)
    if wanted >= 1.0:
        return 1.0
    there = replicas_of(world, target_of(command))
    return max(1, round(wanted * there)) / there


def _problem(world: ActionWorld, command: Command) -> str | None:
    service, version = target_of(command), _version(command)
    known = versions(world, service)
    if version not in known:
        hint = did_you_mean(version, list(known)) or f"; there is {', '.join(known)}"
        return f"there is no version {version} of {service}{hint}"
    if world.changes.is_frozen(service):
        return f"deploys of {service} are frozen; freeze deploys {service} off ends that"
    running = world.changes.versions(service)
    if running and running[0] == (version, 1.0):
        return f"{service} runs version {version} already"
    if running and running[0][1] < 1.0:
        return f"{service} has a canary of {running[0][0]}; promote or rollback it first"
    if _canary(command) < 1.0 <= _share(world, command):
        there = replicas_of(world, service)
        return (
            f"{service} has {there} replica{'' if there == 1 else 's'}: too few for a canary of {_canary(command):.0%}"
        )
    return _canary_problem(world, command) if _canary(command) < 1.0 else None


def _canary_problem(world: ActionWorld, command: Command) -> str | None:
    """What the version does that only all replicas can have."""
    service, version = target_of(command), _version(command)
    for effect in versions(world, service)[version].effects:
        if problem := share_problem(world.scenario.system, effect, service):
            return f"no canary of {version}: {problem}"
    return None


def _end(world: ActionWorld, command: Command) -> str:
    service, share, now = target_of(command), _share(world, command), int(world.env.now)
    version = versions(world, service)[_version(command)]
    world.changes.deploy(
        now, service, version.text, command.author, version.effects, share=share, migrated=version.migration
    )
    if share >= 1.0:
        world.starts.note(service)
    where = "" if share >= 1.0 else f" on {share:.0%} of its replicas"
    return f"{service} runs version {version.text}{where}"


def _cost(world: ActionWorld, command: Command) -> str:
    version = versions(world, target_of(command)).get(_version(command))
    if version is not None and version.migration:
        return f"{version.text} changes the data: a rollback is unsafe after it"
    return ""


def _danger(world: ActionWorld, command: Command) -> str:
    changed = world.changes.cannot_read(target_of(command), _version(command))
    return f"{changed} changed the data, and {_version(command)} cannot read all of it" if changed else ""


def _harm(world: ActionWorld, command: Command) -> tuple[Effect, ...]:
    return unreadable(world, target_of(command))


KIND = ActionKind(steps=replace_replicas, end=_end, problem=_problem, cost=_cost, danger=_danger, harm=_harm)
