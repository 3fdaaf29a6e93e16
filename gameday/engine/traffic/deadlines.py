"""Deadlines of equal length: they expire in the order in which they were set, so one heap entry serves a queue."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

from gameday.engine.traffic.visits import Visit

Waiting = TypeVar("Waiting", bound=Visit)


class DeadlineQueue(Generic[Waiting]):
    """Visits that expire `timeout` µs after they were sent. `armed` while the agenda holds an entry for the first.

    Visits that no longer wait stay until the entry comes round: taking them out would cost more than passing them by.
    """

    __slots__ = ("armed", "timeout", "visits")

    def __init__(self, timeout: int) -> None:
        self.timeout = timeout
        self.visits: deque[Waiting] = deque()
        self.armed = False
