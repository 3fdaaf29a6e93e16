"""DNS: write a service's record again, or let resolvers forget what they keep and look it up now.

Forgetting shows everybody the record as it is: that heals at once what is right again, and breaks what is still wrong.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.engine.actions.base import ActionKind, ActionWorld, by_move, note, target_of


def _repoint(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    was_wrong = world.naming.fix(service)
    note(world, command, f"repoint the record of {service}")
    if was_wrong:
        return f"the record of {service} is right; who has looked it up finds out when the answer is too old"
    return f"the record of {service} was right already"


def _flush(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    world.naming.flush(service)
    note(world, command, f"flush what resolvers keep of {service}")
    return f"everybody looks {service} up anew"


def _flush_cost(world: ActionWorld, command: Command) -> str:
    del world
    return f"whoever still had a good answer for {target_of(command)} loses it where the record is wrong"


KIND = by_move({"repoint": ActionKind(end=_repoint), "flush": ActionKind(end=_flush, cost=_flush_cost)})
