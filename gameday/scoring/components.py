"""What the name of a component means in the system: which services it concerns, who owns them, what acts on it.

A component is the name of a service, an edge (`caller>callee`), a flag or an entry. Owns no scoring.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.effects import Effect
from gameday.scenario.models import Scenario

_COMPONENT_KINDS = frozenset({"service", "edge", "flag", "entry", "component", "target", "drainable", "scope"})


def services_of(scenario: Scenario, component: str) -> tuple[str, ...]:
    """The services that a component concerns: itself, both ends of an edge, what a flag changes, an entry's door.

    Empty where the name means nothing.
    """
    system = scenario.system
    if component in system.services:
        return (component,)
    for dependency in system.dependencies:
        if dependency.name == component:
            return (dependency.caller, dependency.callee)
    if component in system.flags:
        found = [name for effect in system.flags[component].effects for name in _services_of_effect(scenario, effect)]
        return tuple(dict.fromkeys(found))
    if component in system.traffic.entries:
        return (system.traffic.entries[component].to,)
    return ()


def owners_of(scenario: Scenario, component: str) -> tuple[str, ...]:
    """The teams that own the services of a component."""
    teams = [scenario.system.services[name].team for name in services_of(scenario, component)]
    return tuple(dict.fromkeys(team for team in teams if team is not None))


def acts_on(scenario: Scenario, command: Command, component: str) -> bool:
    """Whether an action's target is the component, an edge at it, or a flag that changes it."""
    targets = [
        value
        for number, parameter, value in (command.inner or command).given()
        if number is not None and parameter.kind in _COMPONENT_KINDS
    ]
    for target in targets:
        if target == component:
            return True
        if target not in scenario.system.services and component in services_of(scenario, target):
            return True
    return False


def _services_of_effect(scenario: Scenario, effect: Effect) -> tuple[str, ...]:
    return services_of(scenario, effect.target)
