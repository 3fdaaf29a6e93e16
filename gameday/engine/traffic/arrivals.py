"""Arrivals: streams of keyed root requests whose rate follows a shape.

Gaps are exponential draws of unit rate, keyed by the number of the arrival, added up and mapped through the inverse of
the shape's cumulative intensity (Çinlar 1975); so a change of one stream never stretches another's gaps.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from gameday.core.draws import exponential, mix
from gameday.core.units import MICRO
from gameday.engine.traffic.codes import GAP

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.entries import Entry

Shape = tuple[tuple[int, float], ...]


class Stream:
    """Arrivals at `factor` times a shape from `start` on. `number`: the next arrival, the identity of its root."""

    __slots__ = (
        "_area",
        "_gone",
        "_next_point",
        "_origin",
        "_rate",
        "_shape",
        "_slope",
        "active",
        "entry",
        "factor",
        "key",
        "number",
    )

    def __init__(self, entry: Entry, key: Key, shape: Shape, factor: float, start: int, number: int = 0) -> None:
        self.entry = entry
        self.key = key
        self.factor = factor
        self.number = number
        self.active = True
        self._shape = shape
        self._next_point = 0
        self._gone = 0.0  # cumulative intensity since the origin of the current piece
        while self._next_point < len(shape) and shape[self._next_point][0] <= start:
            self._next_point += 1
        self._enter(start)

    def next_time(self) -> int | None:
        """When arrival `number` comes, in µs; None where the rate stays zero for good. Call once per number."""
        self._gone += exponential(mix(mix(self.key, self.number), GAP), 1.0) / self.factor
        while self._next_point < len(self._shape) and self._gone >= self._area:
            self._gone -= self._area
            self._next_point += 1
            self._enter(self._shape[self._next_point - 1][0])
        rate, slope = self._rate, self._slope
        if slope:
            # The root of rate x + slope x²/2 = gone, in the form that loses no digits when the slope is small.
            root = rate + sqrt(max(0.0, rate * rate + 2.0 * slope * self._gone))
            return self._origin + (round(2.0 * self._gone / root) if root else 0)
        return self._origin + round(self._gone / rate) if rate else None

    def _enter(self, time: int) -> None:
        """Begin at `time` the piece that leads to the next point; rates are per µs, its area is what it holds."""
        shape, following = self._shape, self._next_point
        self._origin = time
        self._slope = self._area = 0.0
        before = shape[max(following - 1, 0)]
        self._rate = before[1] / MICRO
        if following == len(shape):
            return
        end, rate_at_end = shape[following]
        if following > 0 and end > before[0]:
            self._slope = (rate_at_end - before[1]) / MICRO / (end - before[0])
            self._rate += self._slope * (time - before[0])
        self._area = (self._rate + rate_at_end / MICRO) / 2.0 * (end - time)
