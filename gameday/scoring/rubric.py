"""The rubric: weights, thresholds and its version, which every score names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from gameday.core.units import MICRO
from gameday.scenario.models import Scenario

RUBRIC = "gameday-1"
"""Version of everything in `gameday.scoring` that decides a score."""

Rating = Literal["P", "S", "M", "U"]

WEIGHTS = {
    "recovery_time": 25.0,
    "customer_impact": 30.0,
    "diagnosis": 10.0,
    "decisions": 10.0,
    "communication": 15.0,
    "command": 10.0,
}
RECOVERY_PARTS = {"acknowledged": 5.0, "engaged": 5.0, "mitigated": 7.0, "recovered": 8.0}
PAR_LEAST = 120.0
"""Seconds: the least time in which being late halves a part of the recovery."""

COVERAGE_LEAST = 0.8
"""Below this share of evaluated weight there is neither total nor rating."""

BORDERS: tuple[tuple[float, Rating], ...] = ((85.0, "P"), (65.0, "S"), (40.0, "M"))
RATINGS = "PSMU"
RATING_WORDS: dict[Rating, str] = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}
"""HSEEP's words."""

IMPACT_FIRST_STATUS = 480 * MICRO
"""A first public update falls due this long after impact began, declared or not."""

SCOPE_AFTER = 300 * MICRO
"""And one that says what is hurt, this long after the first fell due."""


def weights_of(scenario: Scenario) -> dict[str, float]:
    """The rubric's weights, with what the scenario changes."""
    changed = {str(name): weight for name, weight in scenario.scoring.weights.items()}
    return {name: changed.get(name, weight) for name, weight in WEIGHTS.items()}


def rate(total: float) -> Rating:
    """P from 85, S from 65, M from 40, else U (HSEEP's words)."""
    return next((rating for border, rating in BORDERS if total >= border), "U")


def legend(ratings: Iterable[Rating | None]) -> str:
    """What the letters mean that stand somewhere, best first."""
    shown = set(ratings)
    parts = [f"{rating}: {words}" for rating, words in RATING_WORDS.items() if rating in shown]
    return "; ".join([*parts, "–: nothing fell due"] if None in shown else parts)


def worse_of(rating: Rating, cap: Rating) -> Rating:
    return rating if RATINGS.index(rating) >= RATINGS.index(cap) else cap
