"""Restore: a service is taken down and brought back from its backup, with room on its disk and sound data.

What was written since the session began, when the backup was made, is gone: that is why it is unsafe. A replica copies
it from its primary again.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.units import format_duration
from gameday.engine.actions.base import (
    ActionKind,
    ActionWorld,
    note,
    source_of,
    target_of,
    usual_duration,
)
from gameday.engine.changes import harm_source
from gameday.engine.residents.crashes import crash_source


def _begin(world: ActionWorld, command: Command) -> None:
    service = target_of(command)
    world.book.put(source_of(command), (Effect(service=service, lost=1.0),))
    world.traffic.kill(service, 1.0)


def _end(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    lost = round(world.traffic.rewind(service) * world.scenario.system.traffic.scale)
    made_room = world.disks.clean(service)
    world.book.remove(harm_source("rollback", service))
    for source in world.book.sources:
        if source.startswith(crash_source(service, "")):
            world.book.remove(source)
    world.book.remove(source_of(command))
    note(world, command, f"restore {service} from backup")
    room = ", with room on its disk" if made_room else ""
    gone = f"; {lost:,} writes since the backup are gone" if lost else ""
    return f"{service} serves again, from its backup{room}{gone}"


def _bound(world: ActionWorld, command: Command) -> str:
    del world, command
    return "half of its data is no data"


def _undo(world: ActionWorld, command: Command) -> None:
    world.book.remove(source_of(command))


def _cost(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    return f"no {service} at all for {format_duration(usual_duration(world, command))}"


def _danger(world: ActionWorld, command: Command) -> str:
    if world.scenario.system.services[target_of(command)].kind not in ("database", "queue"):
        return ""
    return f"what {target_of(command)} took in since the backup is gone"


KIND = ActionKind(begin=_begin, end=_end, undo=_undo, cost=_cost, danger=_danger, bound=_bound)
