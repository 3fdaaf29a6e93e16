"""Traffic: a share of an entry's demand comes in elsewhere, or is turned away at the door. 0% ends it."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import parse_ratio
from gameday.engine.actions.base import ActionKind, ActionWorld, by_move, note, target_of


def _share(command: Command) -> float:
    return parse_ratio(command.arguments[2])


def _source(command: Command) -> str:
    move, segment = command.arguments[0], command.argument("segment") or ""
    return f"action traffic {move} {target_of(command)} {segment}".strip()


def _segment_problem(world: ActionWorld, command: Command) -> str | None:
    entry, segment = target_of(command), command.argument("segment")
    if segment is None or segment in world.scenario.system.traffic.entries[entry].segments:
        return None
    return f"{entry} has no segment {segment}"


def _whom(command: Command) -> str:
    segment = command.argument("segment")
    return f"{segment} of {target_of(command)}" if segment else target_of(command)


def _put(world: ActionWorld, command: Command, effect: Effect) -> str:
    share, what = _share(command), command.arguments[0]
    if share == 0.0:
        world.book.remove(_source(command))
    else:
        world.book.put(_source(command), (effect,))
    note(world, command, f"{what} {share:.0%} of {_whom(command)}")
    return f"{share:.0%} of {_whom(command)}"


def _shift_problem(world: ActionWorld, command: Command) -> str | None:
    entry = target_of(command)
    if world.scenario.system.traffic.entries[entry].alternate is None:
        return f"{entry} has no alternate to send it to"
    return "a segment cannot be shifted, only blocked" if command.argument("segment") else None


def _shift(world: ActionWorld, command: Command) -> str:
    entry = target_of(command)
    alternate = world.scenario.system.traffic.entries[entry].alternate
    return f"{_put(world, command, Effect(on=entry, shifted=_share(command)))} comes to {alternate}"


def _shift_cost(world: ActionWorld, command: Command) -> str:
    alternate = world.scenario.system.traffic.entries[target_of(command)].alternate
    return f"{alternate} must carry it" if _share(command) else "all comes in at its usual place again"


def _block(world: ActionWorld, command: Command) -> str:
    effect = Effect(on=target_of(command), blocked=_share(command), segment=command.argument("segment"))
    return f"{_put(world, command, effect)} is turned away"


def _block_cost(world: ActionWorld, command: Command) -> str:
    del world
    share = _share(command)
    return f"turns away {share:.0%} of {_whom(command)}: each counts as a failure" if share else "lets all in again"


KIND = by_move(
    {
        "shift": ActionKind(end=_shift, problem=_shift_problem, cost=_shift_cost),
        "block": ActionKind(end=_block, problem=_segment_problem, cost=_block_cost),
    }
)
