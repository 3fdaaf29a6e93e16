"""What all kinds of faults have in common: what they may use of the world, where they are, how they grow and end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from gameday.core.events import Event
from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Fault, Timed
from gameday.engine.monitoring import Monitoring
from gameday.engine.residents.autoscaler import Autoscaler
from gameday.engine.residents.base import ResidentWorld, Steps, ramp_up
from gameday.engine.residents.crashes import Crashes
from gameday.engine.residents.disks import Disks
from gameday.engine.residents.expiry import Certificates, Credentials
from gameday.engine.residents.memory import Memories
from gameday.engine.residents.naming import Naming
from gameday.engine.residents.provisioning import Provisioning
from gameday.engine.residents.starts import Starts
from gameday.engine.residents.surroundings import Surroundings

_PLACES = ("service", "edge", "entry", "flag", "zone", "person")


class FaultWorld(ResidentWorld, Protocol):
    """What a fault needs of the world."""

    autoscalers: Mapping[str, Autoscaler]
    certificates: Certificates
    crashes: Crashes
    credentials: Credentials
    disks: Disks
    memories: Memories
    monitoring: Monitoring
    naming: Naming
    provisioning: Provisioning
    starts: Starts
    surroundings: Surroundings

    def publish(self, event: Event) -> None: ...


def component_of(fault: Fault) -> str:
    """The service, edge, entry, flag, zone or person at which a fault is; what is nowhere is named by its kind."""
    for attribute in _PLACES:
        if name := getattr(fault, attribute, None):
            return str(name)
    return fault.kind


def source_of(name: str) -> str:
    """The source of a fault's effects."""
    return f"fault {name}"


def hold(world: FaultWorld, fault: Timed, source: str, effects: tuple[Effect, ...]) -> Steps:
    """Puts effects, ramps them up, and takes them away after `lasts`."""
    began = world.env.now
    world.book.put(source, effects, 0.0 if fault.ramp else 1.0)
    if fault.ramp:
        yield from ramp_up(world.env, world.book, source, fault.ramp)
    if fault.lasts is not None:
        left = fault.lasts - int(world.env.now - began)
        if left > 0:
            yield world.env.timeout(left)
        world.book.remove(source)


def last(world: FaultWorld, fault: Timed) -> Steps:
    """Waits until the fault is over; a process that follows does not begin where it never ends."""
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
    else:
        yield world.env.event()
