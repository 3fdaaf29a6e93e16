"""Shed: refuse a share of what arrives, at the door, so that the rest can be served. 0% ends it."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import parse_ratio
from gameday.engine.actions.base import ActionKind, ActionWorld, target_of
from gameday.engine.actions.side_traffic import reached


def _source(command: Command) -> str:
    only = " ".join(value or "" for value in (command.argument("entry"), command.argument("segment")))
    return f"action shed {target_of(command)} {only}".strip()


def _whom(command: Command) -> str:
    return command.argument("segment") or command.argument("entry") or "requests"


def _problem(world: ActionWorld, command: Command) -> str | None:
    service, entry = target_of(command), command.argument("entry")
    if entry is None or service in reached(world, world.traffic.entries[entry].spec):
        return None
    return f"no request of {entry} comes to {service}"


def _end(world: ActionWorld, command: Command) -> str:
    service, share = target_of(command), parse_ratio(command.arguments[1])
    if share == 0.0:
        world.book.remove(_source(command))
    else:
        effect = Effect(
            service=service, shed=share, entry=command.argument("entry"), segment=command.argument("segment")
        )
        world.book.put(_source(command), (effect,))
    world.changes.note(int(world.env.now), service, f"shed {share:.0%} of {_whom(command)}", command.author)
    return f"{service} refuses {share:.0%} of {_whom(command)}"


def _cost(world: ActionWorld, command: Command) -> str:
    del world
    share = parse_ratio(command.arguments[1])
    return f"turns away {share:.0%} of {_whom(command)}: each counts as a failure" if share else "lets all in again"


KIND = ActionKind(end=_end, problem=_problem, cost=_cost)
