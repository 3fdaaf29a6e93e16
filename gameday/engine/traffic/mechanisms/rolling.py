"""Counts over the last so many seconds."""

from __future__ import annotations

from typing import Final

_STEPS: Final = 10


class Rolling:
    """How many there were within a window, and how many of them were marked.

    The window moves on by tenths of itself, so what is counted is between nine tenths of it and the whole.
    """

    __slots__ = ("_marks", "_step", "_totals", "_width", "marked", "total")

    def __init__(self, window: int) -> None:
        """`window` in µs."""
        self._width = max(1, window // _STEPS)
        self._step = 0
        self._totals = [0] * _STEPS
        self._marks = [0] * _STEPS
        self.total = 0
        self.marked = 0

    def count(self, now: int, total: int, marked: int) -> None:
        """Add to both at `now` (µs)."""
        self.advance(now)
        place = self._step % _STEPS
        self._totals[place] += total
        self._marks[place] += marked
        self.total += total
        self.marked += marked

    def advance(self, now: int) -> None:
        """Forget what lies before the window that ends at `now` (µs)."""
        step = now // self._width
        if step == self._step:
            return
        if step - self._step >= _STEPS:
            self.clear()
        else:
            for passed in range(self._step + 1, step + 1):
                place = passed % _STEPS
                self.total -= self._totals[place]
                self.marked -= self._marks[place]
                self._totals[place] = self._marks[place] = 0
        self._step = step

    def clear(self) -> None:
        """Forget everything."""
        for place in range(_STEPS):
            self._totals[place] = self._marks[place] = 0
        self.total = self.marked = 0
