"""Medians and their intervals from order statistics: no model of the distribution, no chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle. Raises ValueError for none."""
    if not values:
        raise ValueError("the median of no values")
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2.0


def median_or_never(values: Sequence[float | None]) -> float | None:
    """The median where None means never, later than everything; None where at least half are never."""
    known = sorted(value for value in values if value is not None)
    if 2 * len(known) <= len(values):
        return None
    half = len(values) // 2
    if len(values) % 2:
        return known[half]
    return (known[half - 1] + known[half]) / 2.0


def median_interval(values: Sequence[float], miss: float = 0.05) -> tuple[float, float]:
    """The interval between two order statistics that holds the true median with probability at least 1 - `miss`.

    For 20 values that is the 6th to the 15th (95.9 %). Where so few values allow none, from the least to the most.
    Source: David and Nagaraja, Order Statistics, 3rd edition (2003), section 7.1. Raises ValueError for no values.
    """
    if not values:
        raise ValueError("the interval of no values")
    ordered, count = sorted(values), len(values)
    rank, below = 0, comb(count, 0) / 2.0**count
    while below <= miss / 2.0 and rank < count // 2:
        rank += 1
        below += comb(count, rank) / 2.0**count
    rank = max(rank, 1)
    return ordered[rank - 1], ordered[count - rank]
