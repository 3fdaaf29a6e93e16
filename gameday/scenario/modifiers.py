"""Modifiers: what makes any scenario harder, as the real reports know it. A modifier turns a scenario into another.

None changes the traffic, the faults of the system or the variants, so a proof of the plain scenario stays a fair
measure. What comes in while it runs comes in as injects. They are put on in the order of `MODIFIERS`, each once,
whatever the order in which they are named. Source: what recurs in public post-mortems, docs/injects.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gameday.scenario import dressing
from gameday.scenario.models import Scenario
from gameday.scenario.offers import MODIFIER_WORDS


@dataclass(frozen=True, slots=True)
class Modifier:
    """Something that recurs in real incidents. `weight` says how much harder it makes them, in points of difficulty."""

    name: str
    summary: str
    weight: float
    apply: Callable[[Scenario], Scenario]


_APPLIED: dict[str, tuple[float, Callable[[Scenario], Scenario]]] = {
    "key-person-absent": (1.0, dressing.key_person_absent),
    "first-page-to-nobody": (0.5, dressing.first_page_to_nobody),
    "locked-out": (1.0, dressing.locked_out),
    "status-page-down": (0.5, dressing.status_page_down),
    "monitoring-shares-fate": (1.0, dressing.monitoring_shares_fate),
    "executive-swoop": (1.0, dressing.executive_swoop),
    "journalist": (0.5, dressing.journalist),
    "tickets": (0.25, dressing.tickets),
}

MODIFIERS: dict[str, Modifier] = {
    name: Modifier(name, summary, *_APPLIED[name]) for name, summary in MODIFIER_WORDS.items()
}
"""Every modifier, by name, in the order in which they are put on."""


def in_order(names: Sequence[str]) -> tuple[str, ...]:
    """These modifiers, each once, in the order in which they are put on. Raises KeyError for one that there is not."""
    for name in names:
        if name not in MODIFIERS:
            raise KeyError(name)
    return tuple(name for name in MODIFIERS if name in names)


def modified(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """The scenario with these modifiers. Raises KeyError for one that there is not."""
    for name in in_order(names):
        scenario = MODIFIERS[name].apply(scenario)
    return scenario


def difficulty(names: Sequence[str]) -> float:
    """How much harder these modifiers make a scenario, in points."""
    total = 0.0
    for name in in_order(names):
        total += MODIFIERS[name].weight
    return total
