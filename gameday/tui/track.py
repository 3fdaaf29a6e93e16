"""The history of one metric of one subject, as far back as panels can show, and what was usual."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

KEPT = 600
"""Seconds of history that panels can show."""
USUAL = (5, 45)
"""Seconds of the session whose mean is called usual: nothing has happened yet."""


@dataclass
class Track:
    """One value a second; None where there was no data."""

    values: deque[float | None] = field(default_factory=lambda: deque(maxlen=KEPT))
    usual: list[float] = field(default_factory=list)

    def add(self, second: int, value: float | None) -> None:
        """The next whole second."""
        self.values.append(value)
        if value is not None and USUAL[0] <= second < USUAL[1]:
            self.usual.append(value)

    def last(self, seconds: int) -> list[float | None]:
        """The newest, oldest first; at most so many."""
        values = self.values
        return [values[place] for place in range(max(len(values) - seconds, 0), len(values))]

    @property
    def baseline(self) -> float | None:
        """The mean of what is usual."""
        return sum(self.usual) / len(self.usual) if self.usual else None
