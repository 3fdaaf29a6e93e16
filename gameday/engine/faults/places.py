"""Faults of places: a zone that is lost, somebody else's service that has trouble."""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import ThirdParty, ZoneLoss
from gameday.core.units import format_rate
from gameday.engine.faults.base import FaultWorld, hold, source_of
from gameday.engine.residents.base import Steps


def run_zone(world: FaultWorld, fault: ZoneLoss, name: str) -> Steps:
    """All replicas in the zone die; when it is over, those of each service start in their own time."""
    hit = [service for service, model in world.scenario.system.services.items() if fault.zone in (model.zones or ())]
    rosters = {service: world.traffic.services[service].roster for service in hit}
    running = {service: tuple(roster.running) for service, roster in rosters.items()}
    for service in hit:
        world.book.put(_source(name, service), (Effect(service=service, lost=1.0, zone=fault.zone),))
    for service, roster in rosters.items():
        numbers = tuple(number for number in range(roster.size) if roster.zone(number) == fault.zone)
        world.traffic.kill_replicas(service, numbers, running[service])
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        for service in hit:
            world.env.process(_start(world, service, _source(name, service)))


def _source(name: str, service: str) -> str:
    return f"{source_of(name)} {service}"


def _start(world: FaultWorld, service: str, source: str) -> Steps:
    yield world.env.timeout(world.start_up(service))
    world.book.remove(source)


def run_third_party(world: FaultWorld, fault: ThirdParty, name: str) -> Steps:
    """Down, slow, failing or limited while it lasts; nobody here can restart it."""
    service = fault.service
    match fault.trouble:
        case "down":
            effect = Effect(service=service, lost=1.0)
        case "slow":
            effect = Effect(service=service, service_time=fault.factor)
        case "errors":
            effect = Effect(service=service, errors=fault.share)
        case "limited":
            effect = Effect.model_validate({"service": service, "limit": format_rate(fault.rate or 0.0)})
    source = source_of(name)
    if fault.trouble == "down" and not fault.ramp:
        world.book.put(source, (effect,))
        world.traffic.kill(service, 1.0)
    yield from hold(world, fault, source, (effect,))
