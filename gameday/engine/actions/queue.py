"""Queue: hold its consumers back, throw away what waits, put aside what nobody can process, or put that back."""

from __future__ import annotations

from collections import deque

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.engine.actions.base import ActionKind, ActionWorld, by_move, note, shown, target_of
from gameday.engine.traffic.mechanisms.brokers import Broker


def _broker(world: ActionWorld, command: Command) -> Broker | None:
    return world.traffic.services[target_of(command)].broker


def _problem(world: ActionWorld, command: Command) -> str | None:
    queue = target_of(command)
    return None if _broker(world, command) is not None else f"{queue} is no queue that consumers take from"


def _pause_source(command: Command) -> str:
    return f"action queue {target_of(command)} pause"


def _consumers(world: ActionWorld, command: Command) -> tuple[str, ...]:
    """The edges along which messages are taken."""
    return tuple(
        edge.name
        for edge in world.scenario.system.dependencies
        if edge.mode == "pull" and edge.caller == target_of(command)
    )


def _pause_problem(world: ActionWorld, command: Command) -> str | None:
    paused = _pause_source(command) in world.book.sources
    return _problem(world, command) or (f"{target_of(command)} is paused already" if paused else None)


def _pause(world: ActionWorld, command: Command) -> str:
    effects = tuple(Effect(edge=edge, paused=1) for edge in _consumers(world, command))
    world.book.put(_pause_source(command), effects)
    note(world, command, f"pause {target_of(command)}")
    return f"nothing is taken from {target_of(command)}"


def _pause_cost(world: ActionWorld, command: Command) -> str:
    del world
    return f"what comes waits in {target_of(command)}, up to its limit"


def _resume_problem(world: ActionWorld, command: Command) -> str | None:
    """What stopped by itself, or by a fault, can be told to go on too."""
    held = any(world.book.has(edge, "paused") for edge in _consumers(world, command))
    return _problem(world, command) or (None if held else f"{target_of(command)} is not paused")


def _resume(world: ActionWorld, command: Command) -> str:
    world.book.remove(_pause_source(command))
    note(world, command, f"resume {target_of(command)}")
    held = any(world.book.has(edge, "paused") for edge in _consumers(world, command))
    return f"{target_of(command)} is still held: not by us" if held else f"consumers take from {target_of(command)}"


def _backlog(world: ActionWorld, command: Command) -> int:
    broker = _broker(world, command)
    return 0 if broker is None else broker.backlog


def _purge_problem(world: ActionWorld, command: Command) -> str | None:
    waiting = _backlog(world, command)
    return _problem(world, command) or (None if waiting else f"nothing waits in {target_of(command)}")


def _purge(world: ActionWorld, command: Command) -> str:
    count = shown(world, world.traffic.purge(target_of(command)))
    note(world, command, f"purge {target_of(command)}: {count:,} messages lost")
    return f"{count:,} messages of {target_of(command)} are lost"


def _purge_danger(world: ActionWorld, command: Command) -> str:
    return f"loses the {shown(world, _backlog(world, command)):,} messages that wait now, for good"


def _quarantine(world: ActionWorld, command: Command) -> str:
    """What has been taken and come back is put aside, and from now on what fails once: others could not do it either.

    `requeue` ends that.
    """
    broker = _broker(world, command)
    assert broker is not None
    for consumer in broker.consumers:
        consumer.receives = 1
    suspects = [message for message in broker.waiting if message.receives]
    broker.waiting = deque(message for message in broker.waiting if not message.receives)
    for message in suspects:
        broker.bury(message)
    count = shown(world, len(suspects))
    note(world, command, f"quarantine {target_of(command)}: {count:,} messages put aside")
    return f"{count:,} messages of {target_of(command)} are put aside, and so is what fails once from now on"


def _quarantine_cost(world: ActionWorld, command: Command) -> str:
    del world
    return f"what fails once is set aside and not done, until queue {target_of(command)} requeue"


def _dead(world: ActionWorld, command: Command) -> int:
    broker = _broker(world, command)
    return 0 if broker is None else broker.dead


def _requeue_problem(world: ActionWorld, command: Command) -> str | None:
    dead = _dead(world, command)
    return _problem(world, command) or (None if dead else f"{target_of(command)} has nothing set aside")


def _requeue(world: ActionWorld, command: Command) -> str:
    broker = _broker(world, command)
    for consumer in broker.consumers if broker is not None else ():
        if consumer.edge.spec.consumption is not None:
            consumer.receives = consumer.edge.spec.consumption.receives
    count = shown(world, world.traffic.requeue(target_of(command)))
    note(world, command, f"requeue {target_of(command)}: {count:,} messages")
    return f"{count:,} messages of {target_of(command)} are tried again"


def _requeue_cost(world: ActionWorld, command: Command) -> str:
    return f"consumers get {shown(world, _dead(world, command)):,} messages more; what cannot be processed fails again"


KIND = by_move(
    {
        "pause": ActionKind(end=_pause, problem=_pause_problem, cost=_pause_cost),
        "resume": ActionKind(end=_resume, problem=_resume_problem),
        "purge": ActionKind(end=_purge, problem=_purge_problem, danger=_purge_danger),
        "quarantine": ActionKind(end=_quarantine, problem=_problem, cost=_quarantine_cost),
        "requeue": ActionKind(end=_requeue, problem=_requeue_problem, cost=_requeue_cost),
    }
)
