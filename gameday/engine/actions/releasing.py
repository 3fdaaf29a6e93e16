"""The versions that there are to deploy, what each does, and how one takes the place of another."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Deploy
from gameday.engine.actions.base import ActionWorld, Steps, replicas_of, target_of


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a service with its effects; `migration` says that it changes the data."""

    text: str
    effects: tuple[Effect, ...] = ()
    migration: bool = False


def versions(world: ActionWorld, service: str) -> dict[str, Version]:
    """The first version, those that came out up to now, and those that are ready, by name."""
    now, scenario = int(world.env.now), world.scenario
    faults = scenario.variants[world.variant].faults if world.variant is not None else ()
    found = (
        Version(scenario.system.services[service].version),
        *(
            Version(fault.version, fault.effects, bool(fault.migration))
            for fault in faults
            if isinstance(fault, Deploy) and fault.service == service and fault.at <= now
        ),
        *(Version(version) for name, version in world.deployed if name == service),
        *(
            Version(release.version, release.effects or (), bool(release.migration))
            for release in scenario.releases or ()
            if release.service == service
        ),
    )
    return {version.text: version for version in found}


def replace_replicas(world: ActionWorld, command: Command, duration: int) -> Steps:
    """One replica after another is started anew; where the service has to warm up, each is cold then.

    What it worked on is done first, so nothing is killed.
    """
    service = target_of(command)
    warms_up = world.scenario.system.services[service].warm_up is not None
    count = replicas_of(world, service) if warms_up else 1
    for number in range(count):
        yield world.env.timeout(duration * (number + 1) // count - duration * number // count)
        station = world.traffic.services[service]
        if warms_up and number < station.roster.size:
            station.restarted([number])
    return None
