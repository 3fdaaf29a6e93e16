"""Warm-up: a replica that has just started works slower, for empty caches, cold code and new connections."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import WarmUp


def coldness(warm_up: WarmUp, age: int) -> float:
    """The factor on a service time `age` µs after the start: from `factor` down to 1 in a straight line."""
    if age >= warm_up.lasts:
        return 1.0
    return warm_up.factor - (warm_up.factor - 1.0) * age / warm_up.lasts


def mean_coldness(warm_up: WarmUp, ages: list[int]) -> float:
    """Of replicas of these ages that share their queue: their mean; 1 where there are none."""
    if not ages:
        return 1.0
    total = 0.0
    for age in ages:
        total += coldness(warm_up, age)
    return total / len(ages)
