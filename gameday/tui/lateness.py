"""Whether a service answers much later than it usually does: from what can be seen of it, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

BEGINS, ENDS = 4.0, 3.0
"""Times the usual from which an answer is late, and below which it no longer is: between them nothing flickers."""

LEAST = 0.02
"""Seconds later than usual that nobody would notice."""

ENOUGH_USUAL, ENOUGH_RECENT = 10, 5
"""Seconds with answers that are needed to know what is usual, and what is now."""


def middle(values: Sequence[float | None], enough: int) -> float | None:
    """The median of what is known; None where too little is. One odd second does not move it."""
    known = [value for value in values if value is not None]
    return median(known) if len(known) >= enough else None


def is_late(now: float | None, usual: float | None, was_late: bool) -> bool:
    """Whether answers that take `now` seconds are late where `usual` is usual; None is not known, and not late."""
    if now is None or usual is None:
        return False
    return now > (ENDS if was_late else BEGINS) * usual and now > usual + LEAST
