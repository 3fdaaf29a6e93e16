"""The score of a session: dimensions, total, rating, coverage and caps.

Owns the arithmetic of the whole; each dimension has a module of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gameday.core.units import format_clock
from gameday.scenario.models import Scenario
from gameday.scoring.caps import Cap, caps_of
from gameday.scoring.command import command
from gameday.scoring.communication import communication
from gameday.scoring.customer_impact import customer_impact
from gameday.scoring.diagnosis import diagnosis
from gameday.scoring.dimension import Case, Dimension, not_evaluated
from gameday.scoring.impact import Impact, measure_impact
from gameday.scoring.proof import Proof
from gameday.scoring.recovery import recovery_time
from gameday.scoring.rubric import COVERAGE_LEAST, RUBRIC, Rating, rate, weights_of, worse_of
from gameday.scoring.times import Times, measure_times
from gameday.session.record import SessionRecord


@dataclass(frozen=True, slots=True)
class ObjectiveRating:
    """How a learning objective was performed, by the dimensions that it names.

    None where none was evaluated, or nothing fell due in them: what nobody had to do earns no credit.
    """

    text: str
    rating: Rating | None


@dataclass(frozen=True)
class Score:
    """`total` 0..100 and `rating` are None where less than 80 % of the weight was evaluated; `coverage` is 0..1."""

    total: float | None
    rating: Rating | None
    coverage: float
    dimensions: Mapping[str, Dimension]
    caps: tuple[Cap, ...] = ()
    objectives: tuple[ObjectiveRating, ...] = ()
    rubric: str = RUBRIC

    def to_json(self) -> dict[str, object]:
        return {
            "total": self.total,
            "rating": self.rating,
            "coverage": self.coverage,
            "dimensions": {name: dimension.to_json() for name, dimension in self.dimensions.items()},
            "caps": [{"rating": cap.rating, "reason": cap.reason} for cap in self.caps],
            "objectives": [{"text": objective.text, "rating": objective.rating} for objective in self.objectives],
            "rubric": self.rubric,
        }


def score(record: SessionRecord, proof: Proof | None) -> Score:
    """Scores a session by the rubric. Without a proof recovery time and customer impact are not evaluated."""
    return score_case(case_of(record, proof, measure_times(record), measure_impact(record)))


def case_of(record: SessionRecord, proof: Proof | None, times: Times, impact: Impact) -> Case:
    """A session that has been measured, beside the proof of its variant."""
    if proof is None:
        return Case(record, times, impact, None)
    return Case(record, times, impact, proof.variants.get(record.variant), proof.seeds)


def score_case(case: Case) -> Score:
    """As `score`, for a session that has been measured already."""
    scenario = case.record.exercise.scenario
    weights = weights_of(scenario)
    measured = _by_the_end if not case.record.stopped_early else _not_to_the_end
    dimensions = {
        **measured(case, weights),
        "diagnosis": diagnosis(case, weights["diagnosis"]),
        "decisions": not_evaluated(weights["decisions"], "decisions are judged in a review"),
        "communication": communication(case, weights["communication"]),
        "command": command(case, weights["command"]),
    }
    return combine(dimensions, caps_of(case), scenario)


def _by_the_end(case: Case, weights: Mapping[str, float]) -> dict[str, Dimension]:
    return {
        "recovery_time": recovery_time(case, weights["recovery_time"]),
        "customer_impact": customer_impact(case, weights["customer_impact"]),
    }


def _not_to_the_end(case: Case, weights: Mapping[str, float]) -> dict[str, Dimension]:
    """What a session that was stopped before its horizon cannot be compared in: par went on."""
    why = f"the session was stopped at {format_clock(case.record.length)}, before it could be compared with par"
    return {name: not_evaluated(weights[name], why) for name in ("recovery_time", "customer_impact")}


def combine(dimensions: Mapping[str, Dimension], caps: tuple[Cap, ...], scenario: Scenario) -> Score:
    """total = 100 x sum of weight x value / sum of the evaluated weights, clipped to 0..100; then the caps."""
    total, evaluated = weighted_mean(dimensions.values())
    whole = math.fsum(dimension.weight for dimension in dimensions.values())
    coverage = round(evaluated / whole, 6) if whole else 0.0
    objectives = tuple(
        ObjectiveRating(objective.text, _rating_of(dimensions[name] for name in objective.dimensions))
        for objective in scenario.objectives
    )
    if total is None or coverage < COVERAGE_LEAST:
        return Score(None, None, coverage, dimensions, caps, objectives)
    rounded = round(min(max(total, 0.0), 100.0), 1)
    rating = rate(rounded)
    for cap in caps:
        rating = worse_of(rating, cap.rating)
    return Score(rounded, rating, coverage, dimensions, caps, objectives)


def weighted_mean(dimensions: Iterable[Dimension]) -> tuple[float | None, float]:
    """Mean of the values in points of a hundred (None where nothing was evaluated), and the weight behind it."""
    counted = [(dimension.value, dimension.evaluated) for dimension in dimensions if dimension.value is not None]
    evaluated = math.fsum(weight for _, weight in counted)
    if not evaluated:
        return None, 0.0
    return 100.0 * math.fsum(value * weight for value, weight in counted) / evaluated, evaluated


def _rating_of(dimensions: Iterable[Dimension]) -> Rating | None:
    mean, _ = weighted_mean(one for one in dimensions if any(check.due for check in one.checks))
    return None if mean is None else rate(mean)
