"""Faults of what runs and watches the system, and of those who respond."""

from __future__ import annotations

from gameday.core.kinds.faults import (
    Autoscaler,
    MonitoringTrouble,
    PersonUnavailable,
    Provisioning,
    StatusPageDown,
)
from gameday.engine.faults.base import FaultWorld, last, source_of
from gameday.engine.residents.base import Steps
from gameday.engine.residents.provisioning import Shortage


def run_autoscaler(world: FaultWorld, fault: Autoscaler, name: str) -> Steps:
    """It does this instead of its work while it lasts."""
    troubles = world.autoscalers[fault.service].troubles
    troubles[source_of(name)] = fault.does
    yield from last(world, fault)
    del troubles[source_of(name)]


def run_provisioning(world: FaultWorld, fault: Provisioning, name: str) -> Steps:
    """New replicas are short while it lasts."""
    closed = fault.quota is None and fault.delay is None
    quota = world.provisioning.total if closed else fault.quota
    world.provisioning.limit(source_of(name), Shortage(quota, fault.delay or 0, closed))
    yield from last(world, fault)
    world.provisioning.lift(source_of(name))


def run_monitoring(world: FaultWorld, fault: MonitoringTrouble, name: str) -> Steps:
    """Signals are late, lost or frozen while it lasts."""
    world.monitoring.set(
        source_of(name), fault.service, delay=fault.delay or 0, loss=fault.loss or 0.0, frozen=fault.frozen
    )
    yield from last(world, fault)
    world.monitoring.remove(source_of(name))


def run_status_page(world: FaultWorld, fault: StatusPageDown, name: str) -> Steps:
    """Nobody outside sees updates while it lasts."""
    world.surroundings.take_page_down(source_of(name))
    yield from last(world, fault)
    world.surroundings.bring_back(source_of(name))


def run_person(world: FaultWorld, fault: PersonUnavailable, name: str) -> Steps:
    """Pages and calls to them are not answered while it lasts."""
    world.surroundings.take_away(source_of(name), fault.person)
    yield from last(world, fault)
    world.surroundings.bring_back(source_of(name))
