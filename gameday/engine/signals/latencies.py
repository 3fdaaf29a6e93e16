"""Latencies of a window, such that windows can be put together and still asked for any quantile.

A window with few values keeps them; a fuller one keeps how many fell into each bucket. Buckets are those of
HdrHistogram: 64 to each power of two, found in integers, so that they are the same everywhere. A value taken from a
bucket is its middle, at most 1/128 (0.8 %) away from what was measured; putting windows together adds no error.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from gameday.core.units import MICRO
from gameday.engine.traffic.windows import side_by_side

EXACT = 1024
"""Up to so many values are kept as they are."""

_SIGNIFICANT = 7
"""Bits of a value that decide its bucket: 64 buckets to each power of two."""


class Latencies:
    """Values in µs, ascending, and how often each came; `counts` is None where each came once."""

    __slots__ = ("counts", "values")

    def __init__(self, values: array[int], counts: array[int] | None = None) -> None:
        self.values = values
        self.counts = counts

    def __len__(self) -> int:
        return len(self.values) if self.counts is None else sum(self.counts)


NONE = Latencies(array("I"))
"""Of a window in which nothing succeeded."""


def pack(ascending: array[int]) -> Latencies:
    """From ascending values in µs, which nobody may change any more."""
    if not ascending:
        return NONE
    return Latencies(ascending) if len(ascending) <= EXACT else _bucketed(ascending)


def merge(parts: Iterable[Latencies]) -> Latencies:
    """All of them together, in buckets where they are many."""
    parts = [part for part in parts if part is not NONE]
    if len(parts) < 2:
        return parts[0] if parts else NONE
    single: list[int] = []
    for part in parts:
        if part.counts is None:
            single.extend(part.values)
    single.sort()
    bucketed = [part for part in parts if part.counts is not None]
    if not bucketed and len(single) <= EXACT:
        return Latencies(side_by_side(single, single[-1]))
    counts = _counted([*bucketed, _bucketed(single)])
    ordered = sorted(counts)
    often = [counts[value] for value in ordered]
    return Latencies(side_by_side(ordered, ordered[-1]), side_by_side(often, max(often)))


def quantile(parts: Iterable[Latencies], percent: int) -> float | None:
    """The quantile of all of them together in seconds, by nearest rank; None where there is no value."""
    merged = merge(parts)
    count = len(merged)
    if not count:
        return None
    left = -(-count * percent // 100)
    if merged.counts is None:
        return merged.values[left - 1] / MICRO
    for value, here in zip(merged.values, merged.counts, strict=True):
        left -= here
        if left <= 0:
            return value / MICRO
    raise AssertionError("a rank lies within the count")


def _bucketed(ascending: Sequence[int]) -> Latencies:
    """A bucket at a time: as many steps as there are buckets, however many values there are."""
    middles: list[int] = []
    counts: list[int] = []
    place, count = 0, len(ascending)
    while place < count:
        middle, end = _bucket(ascending[place])
        following = bisect_left(ascending, end, place)
        middles.append(middle)
        counts.append(following - place)
        place = following
    return Latencies(side_by_side(middles, middles[-1]), side_by_side(counts, count)) if middles else NONE


def _counted(parts: Iterable[Latencies]) -> dict[int, int]:
    """How many fell into each bucket, all parts together; each of them has counts."""
    counts: dict[int, int] = {}
    for part in parts:
        for middle, count in zip(part.values, part.counts or (), strict=True):
            counts[middle] = counts.get(middle, 0) + count
    return counts


def _bucket(value: int) -> tuple[int, int]:
    """The middle of the value's bucket, and where the next one begins; below 128 µs a bucket is a µs."""
    shift = max(value.bit_length() - _SIGNIFICANT, 0)
    begin = value >> shift << shift
    width = 1 << shift
    return begin + width // 2, begin + width
