"""Old primaries: a database whose replica was promoted becomes a replica itself, after its time and once both are up.

Owns when that happens. Does not own what it then takes in (`engine.traffic.replication`).
"""

from __future__ import annotations

from typing import Protocol

import simpy

from gameday.core.units import MICRO
from gameday.engine.changes import Changes
from gameday.engine.residents.base import ORCHESTRATOR, Steps
from gameday.engine.traffic.kernel import Traffic


class RejoinWorld(Protocol):
    """What an old primary needs of the world."""

    env: simpy.Environment
    changes: Changes

    @property
    def traffic(self) -> Traffic: ...


def rejoin_later(world: RejoinWorld, service: str) -> None:
    """Let a database that was just replaced, and that nobody asks any more, follow the new primary in its time.

    Nothing happens where its replication says of no `rejoin`.
    """
    wait = world.traffic.replaced[service].spec.rejoin
    if wait is not None:
        world.env.process(_rejoin(world, service, wait))


def _rejoin(world: RejoinWorld, service: str, wait: int) -> Steps:
    yield world.env.timeout(wait)
    while not _can_be_reached(world.traffic, service):
        yield world.env.timeout(MICRO)
    primary = world.traffic.rejoin(service)
    text = f"{service} has copied everything from {primary} and is its replica now"
    world.changes.note(int(world.env.now), service, text, ORCHESTRATOR)


def _can_be_reached(traffic: Traffic, service: str) -> bool:
    """Whether it runs, its name is found, not every way to it is cut, and there is a primary that it can copy."""
    station, primary = traffic.services[service], traffic.replaced[service].primary
    ways = [edge.loss for edge in traffic.edges.values() if edge.spec.callee == service]
    found = station.dns < 1.0 and (not ways or min(ways) < 1.0)
    return found and station.replicas > 0 and primary.replicas > 0 and not traffic.is_cut(service, primary.name)
