"""Whether an action is about a component; what a component is stands in `gameday.scenario.owners`."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.scenario.models import Scenario
from gameday.scenario.owners import services_of

_COMPONENT_KINDS = frozenset({"service", "edge", "flag", "entry", "component", "target", "drainable", "scope"})


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
