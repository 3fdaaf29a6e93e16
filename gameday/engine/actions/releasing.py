"""The versions that there are to deploy, what each does, and how one takes the place of another."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.commands import Command, parse_command
from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Deploy
from gameday.engine.actions.base import ActionWorld, Steps, replicas_of, rule_of, target_of

UNREADABLE = 0.3
"""Share of the requests that meet data which only a newer version can read, where the scenario does not say more."""


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


def unreadable(world: ActionWorld, service: str) -> tuple[Effect, ...]:
    """The harm of a version from before the data was changed: what the scenario says of a rollback, or errors."""
    rule = rule_of(world.scenario, parse_command(f"rollback {service}"))
    harm = rule.harm if rule is not None and rule.harm else (Effect(service=service, errors=UNREADABLE),)
    return world.changes.harmed(service, harm)


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
