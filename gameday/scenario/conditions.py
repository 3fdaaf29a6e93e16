"""Which conditions an exercise has, wherever they are written, and which edges they name.

Does not own syntax and meaning (`gameday.core.expressions`), nor whether they make sense (`gameday.scenario.checks`).
"""

from __future__ import annotations

from gameday.core.expressions import comparisons, parse_condition
from gameday.scenario.exercise import Exercise


def conditions(exercise: Exercise) -> list[str]:
    """Those of alerts, injects, playbooks and mitigations, as they are written."""
    scenario = exercise.scenario
    written: list[str | None] = [alert.when for alert in scenario.alerts.values()]
    written += [inject.when for inject in scenario.injects]
    walks = [book.steps for book in exercise.playbooks.values()]
    walks += [mitigation.steps for mitigation in scenario.mitigations.values()]
    for step in (step for steps in walks for step in steps):
        written += [step.check, *(branch.when for branch in step.branches)]
    return [text for text in written if text is not None]


def edges_named(exercise: Exercise) -> tuple[str, ...]:
    """The edges whose signals conditions read. Raises ConditionError where one that may name some cannot be read."""
    names = tuple(edge.name for edge in exercise.scenario.system.dependencies)
    read: dict[str, None] = {}
    for text in conditions(exercise):
        if any(name in text for name in names):
            read |= dict.fromkeys(leaf.subject for leaf in comparisons(parse_condition(text)))
    return tuple(name for name in names if name in read)
