"""Probe: send a few requests to an entry or a service and see what comes back. They go where all others go, and
past the same limit."""

from __future__ import annotations

from statistics import median

from gameday.core.commands import Command
from gameday.core.units import MICRO
from gameday.engine.actions.base import ActionKind, ActionWorld, Steps, target_of
from gameday.engine.actions.side_traffic import send
from gameday.engine.traffic.codes import OK, causes
from gameday.engine.traffic.entries import Entry

RATE = 2.0
"""Requests a second, over the first two thirds of the time: the rest is for the last answers."""


def _steps(world: ActionWorld, command: Command, duration: int) -> Steps:
    sent = send(world, target_of(command), "probe", RATE, duration * 2 // 3)
    yield world.env.timeout(duration)
    _ = world.traffic
    return _found(target_of(command), sent)


def _found(subject: str, sent: Entry) -> str:
    if not sent.arrived:
        return f"{subject}: no request was sent"
    parts = [f"{sent.outcomes[OK]} of {sent.arrived} ok"]
    if sent.latencies:
        parts.append(f"median {round(median(sent.latencies) / (MICRO / 1000))} ms")
    parts += [f"{count} {cause}" for cause, count in causes(sent.outcomes).items()]
    if sent.in_flight:
        parts.append(f"{sent.in_flight} without an answer yet")
    return f"{subject}: {', '.join(parts)}"


def _cost(world: ActionWorld, command: Command) -> str:
    del world, command
    return f"{RATE:g} requests a second more, for a moment"


KIND = ActionKind(steps=_steps, cost=_cost)
