"""What the name of a component means: which services it concerns, and which teams own them."""

from __future__ import annotations

from gameday.scenario.models import Scenario


def services_of(scenario: Scenario, component: str) -> tuple[str, ...]:
    """A service itself, both ends of an edge, what a flag changes, an entry's door; empty where it means nothing."""
    system = scenario.system
    if component in system.services:
        return (component,)
    for dependency in system.dependencies:
        if dependency.name == component:
            return (dependency.caller, dependency.callee)
    if component in system.flags:
        targets = [effect.target for effect in system.flags[component].effects]
        found = [name for target in targets if target != component for name in services_of(scenario, target)]
        return tuple(dict.fromkeys(found))
    entry = system.traffic.entries.get(component)
    return (entry.to,) if entry is not None else ()


def owners_of(scenario: Scenario, component: str) -> tuple[str, ...]:
    """The teams that own the services of a component."""
    teams = [scenario.system.services[name].team for name in services_of(scenario, component)]
    return tuple(dict.fromkeys(team for team in teams if team is not None))
