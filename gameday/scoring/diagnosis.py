"""Diagnosis: how near the declared cause came to the true one."""

from __future__ import annotations

import math

from gameday.core.events import CauseDiagnosed
from gameday.scenario.graph import service_graph
from gameday.scenario.models import Scenario
from gameday.scenario.models.scenario import Cause
from gameday.scenario.owners import services_of
from gameday.scoring.dimension import Case, Check, Dimension
from gameday.scoring.sources import TRUTH

_NOTHING = (None, "", "none")


def diagnosis(case: Case, weight: float) -> Dimension:
    """Component 1 / (1 + hops), mechanism, sustaining effect, a third each (halves where nothing sustains it).

    The last declared cause counts; different guesses divide it by their number.
    """
    scenario = case.record.exercise.scenario
    cause = scenario.variants[case.record.variant].cause
    guesses = [event for event in case.record.events if isinstance(event, CauseDiagnosed)]
    if not guesses:
        check = Check("a cause was declared", due=True, met=False, detail="none was", source=TRUTH)
        return Dimension(weight, 0.0, (check,), evaluated=weight)
    guess = guesses[-1]
    different = len({(event.component, event.mechanism, event.sustaining) for event in guesses})
    nearness, checks = judge(scenario, cause, guess)
    if different > 1:
        checks = (*checks, Check("one cause was declared", due=True, met=False, detail=f"{different} guesses divide"))
    return Dimension(weight, nearness / different, checks, evaluated=weight)


def judge(scenario: Scenario, cause: Cause, guess: CauseDiagnosed) -> tuple[float, tuple[Check, ...]]:
    """The value of one guess, 0..1, and what was found."""
    hops = hops_between(scenario, guess.component, cause.component)
    near = 0.0 if hops is None else 1.0 / (1.0 + hops)
    distance = "unconnected" if hops is None else f"{hops} hop{'s' * (hops > 1)} away" if hops else "exactly"
    mechanism = guess.mechanism == cause.mechanism
    parts = [near, float(mechanism)]
    checks = [
        Check(f"component {guess.component}", True, hops == 0, distance, source=TRUTH, value=near),
        Check(f"mechanism {guess.mechanism}", True, mechanism, source=TRUTH),
    ]
    if cause.sustaining not in _NOTHING:
        right = guess.sustaining == cause.sustaining
        parts.append(float(right))
        checks.append(Check(f"sustaining effect {guess.sustaining or 'not named'}", True, right, source=TRUTH))
    return math.fsum(parts) / len(parts), tuple(checks)


def hops_between(scenario: Scenario, one: str, other: str) -> int | None:
    """Least number of dependencies between two components, whichever way; 0 only for the same name.

    An edge stands at both of its services, a flag at those that it changes. None where nothing connects them.
    """
    if one == other:
        return 0
    import networkx as nx  # loaded here: a headless run that declares no cause does not pay for it

    graph = service_graph(scenario.system).to_undirected(as_view=True)
    distances = [
        nx.shortest_path_length(graph, start, end)
        for start in services_of(scenario, one)
        for end in services_of(scenario, other)
        if nx.has_path(graph, start, end)
    ]
    return max(1, int(min(distances))) if distances else None
