"""The gutter between two layers of the service map: each line that changes rows gets a lane of its own.

A line runs from its source row to its lane, along the lane, and from the lane to its target rows. Two lines that
share a row but not a target must not overlap there: the one that begins in the row has to turn before the other
comes in. Owns the order of lanes; knows neither names nor characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Source = TypeVar("Source")

_EXACT = 10
"""Lines up to which the best order is found by trying all subsets."""


@dataclass(frozen=True, slots=True)
class Gutter(Generic[Source]):
    """Lanes by source (those that run straight have none), how many columns they take, and what they cost.

    Not `sound`: no order of lanes keeps all lines apart.
    """

    lanes: Mapping[Source, int]
    columns: int
    crossings: int
    sound: bool


@dataclass(frozen=True, slots=True)
class _Line(Generic[Source]):
    source: Source
    row: int
    targets: tuple[int, ...]

    @property
    def low(self) -> int:
        return min(self.row, *self.targets)

    @property
    def high(self) -> int:
        return max(self.row, *self.targets)


def gutter(lines: Mapping[Source, tuple[int, Sequence[int]]]) -> Gutter[Source]:
    """The lanes of `lines`: source -> (its row, the rows of its targets)."""
    every = [_Line(source, row, tuple(targets)) for source, (row, targets) in lines.items() if targets]
    turning = [line for line in every if line.low != line.high]
    straight = [line for line in every if line.low == line.high]
    cost = [[_crossings(left, right) for right in turning] for left in turning]
    order, crossings = _order(cost)
    if crossings is None:
        return Gutter({}, len(turning), 0, False)
    crossings += sum(line.low < other.row < line.high for line in turning for other in straight)
    lanes: dict[Source, int] = {}
    placed: list[_Line[Source]] = []
    for index in order:
        line = turning[index]
        taken = [lanes[one.source] for one in placed if one.low <= line.high + 1 and line.low <= one.high + 1]
        lanes[line.source] = 1 + max(taken, default=-1)
        placed.append(line)
    return Gutter(lanes, 1 + max(lanes.values(), default=-1), crossings, True)


def _crossings(left: _Line[Source], right: _Line[Source]) -> int | None:
    """How often the two cross when `left` has the lane to the left; None when they would run into one another."""
    if right.row in left.targets:
        return None
    outward = sum(right.low <= row <= right.high and row not in right.targets for row in left.targets)
    return outward + (left.low <= right.row <= left.high)


def _order(cost: Sequence[Sequence[int | None]]) -> tuple[list[int], int | None]:
    """The order from left to right with the fewest crossings, and these; None when every order is forbidden."""
    if len(cost) > _EXACT:
        return _order_greedily(cost)
    best: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    everything = (1 << len(cost)) - 1
    for taken in range(everything):
        if taken not in best:
            continue
        so_far, order = best[taken]
        for index in range(len(cost)):
            if taken >> index & 1:
                continue
            added = _added(cost, order, index)
            if added is None:
                continue
            with_it = taken | 1 << index
            if with_it not in best or so_far + added < best[with_it][0]:
                best[with_it] = (so_far + added, [*order, index])
    crossings, order = best.get(everything, (None, []))
    return order, crossings


def _order_greedily(cost: Sequence[Sequence[int | None]]) -> tuple[list[int], int | None]:
    order: list[int] = []
    left = list(range(len(cost)))
    total = 0
    while left:
        free = [index for index in left if all(cost[index][other] is not None for other in left if other != index)]
        if not free:
            return [], None
        chosen = min(free, key=lambda index: sum(cost[index][other] or 0 for other in left if other != index))
        total += _added(cost, order, chosen) or 0
        order.append(chosen)
        left.remove(chosen)
    return order, total


def _added(cost: Sequence[Sequence[int | None]], order: Sequence[int], index: int) -> int | None:
    total = 0
    for before in order:
        crossings = cost[before][index]
        if crossings is None:
            return None
        total += crossings
    return total
