"""A history in one row of block characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gameday.tui.drawing.glyphs import UNICODE, Glyphs


def spark(values: Sequence[float | None], width: int, top: float | None = None, glyphs: Glyphs = UNICODE) -> str:
    """Exactly `width` cells, the newest value at the right edge; None and what lies before the history are gaps.

    A longer history is thinned to the largest value of each bin, so a peak is never lost. `top` is the value of a
    full block, at least the largest value; zero is always the lowest block.
    """
    if width <= 0:
        return ""
    bins = thin(values, width)
    known = [value for value in bins if value is not None]
    highest = max((*known, top or 0.0), default=0.0)
    steps = len(glyphs.blocks) - 1
    drawn = "".join(" " if value is None else glyphs.blocks[level(value, highest, steps)] for value in bins)
    return drawn.rjust(width)


def level(value: float, highest: float, steps: int) -> int:
    """The step of `value` where `steps` stands for `highest` and 0 for nothing; rounded, so the very small is 0."""
    if highest <= 0:
        return 0
    return min(max(round(steps * value / highest), 0), steps)


def thin(values: Sequence[float | None], width: int) -> list[float | None]:
    """At most `width` values: of a longer history each of `width` bins, as equal as can be, keeps its largest."""
    count = len(values)
    if count <= width:
        return list(values)
    edges = [place * count // width for place in range(width + 1)]
    bins = [values[low:high] for low, high in pairwise(edges)]
    return [max((value for value in chunk if value is not None), default=None) for chunk in bins]
