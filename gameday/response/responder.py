"""The automatic responders by name: idle, playbook, random, and the runs of a scenario's mitigations.

Owns who plays and how soon they react; what they do stands in `policy`, `practice` and `scatter`.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from gameday.core.draws import draw_name, lognormal
from gameday.core.units import MICRO
from gameday.response.policy import NEVER, Decision, Idle, Policy
from gameday.response.practice import SPREAD, Practice
from gameday.response.scatter import Scatter
from gameday.scenario.exercise import Exercise

__all__ = ["NEVER", "RESPONDERS", "Decision", "Idle", "Policy", "make_policy", "mitigate", "reference"]

RESPONDERS = ("idle", "playbook", "random")
"""Names that `make_policy` takes."""

MITIGATION_REACTION = 60 * MICRO
"""How long after the first alert a mitigation that is tried begins."""


def make_policy(name: str, exercise: Exercise, seed: int) -> Policy[Any]:
    """The responder of that name. Raises KeyError for another name."""
    match name:
        case "idle":
            return Idle()
        case "playbook":
            return reference(exercise, seed)
        case "random":
            return Scatter(exercise.player, exercise.scenario, seed)
        case _:
            raise KeyError(name)


def reference(exercise: Exercise, seed: int) -> Practice:
    """Follows the reference playbook.

    Reacts to the first alert or page after the time that the person of the first seat is said to answer in, and never
    fails to; that time varies as little as the responder's other delays (`SPREAD`).
    """
    delay = exercise.scenario.people[exercise.player].responds.delay
    reaction = delay * lognormal(draw_name(seed, "responder", "reaction"), sqrt(1.0 + SPREAD), SPREAD)
    return Practice(
        exercise.player,
        exercise.scenario,
        exercise.reference_playbook.steps,
        seed,
        reaction=round(reaction),
        follows=True,
    )


def mitigate(exercise: Exercise, mitigation: str, seed: int, *, reaction: int = MITIGATION_REACTION) -> Practice:
    """Tries one of the scenario's mitigations, `reaction` microseconds after the first alert. Raises KeyError."""
    return Practice(
        exercise.player,
        exercise.scenario,
        exercise.scenario.mitigations[mitigation].steps,
        seed,
        reaction=reaction,
    )
