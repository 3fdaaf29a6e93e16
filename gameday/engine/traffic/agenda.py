"""The kernel's clock and the heap of what happens next. Owns order: by time, then by the sequence of scheduling."""

from __future__ import annotations

from heapq import heappush
from typing import Any

# The subject's type follows from the kind: a visit, a deadline queue, a stream of arrivals or a station.
Happening = tuple[int, int, int, Any]


class Agenda:
    """Integer time and a heap of `(time, sequence, kind, subject)`: plain data, no closures and no generators."""

    def __init__(self) -> None:
        self.now = 0
        self.heap: list[Happening] = []
        self.sequence = 0

    def schedule(self, time: int, kind: int, subject: object) -> None:
        """Let `subject` happen at `time` (µs, not before now), after all that is already scheduled for then."""
        self.sequence = sequence = self.sequence + 1
        heappush(self.heap, (time, sequence, kind, subject))
