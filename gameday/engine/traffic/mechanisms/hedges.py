"""Hedging: a call that takes long is sent once more. Source: Dean and Barroso, The Tail at Scale (2013).

Owns how many may be hedged. Does not own which answer counts (`guarding`).
"""

from __future__ import annotations

from collections import deque
from typing import Final

from gameday.core.kinds.mechanisms import Hedge

_CALLS: Final = 100


class Hedging:
    """The hedges of one edge: at most the share `most` of its last 100 calls, one at least. `sent` counts them."""

    __slots__ = ("_allowed", "_calls", "_recent", "after", "sent")

    def __init__(self, spec: Hedge) -> None:
        self.after = spec.after
        self.sent = 0
        self._allowed = max(1, round(spec.most * _CALLS))
        self._calls = 0
        self._recent: deque[int] = deque()  # how many calls there had been at each hedge of the last hundred calls

    def count_call(self) -> None:
        """One attempt that is no hedge."""
        self._calls += 1

    def allow(self) -> bool:
        """Whether one more may be sent; it counts then."""
        recent = self._recent
        while recent and recent[0] <= self._calls - _CALLS:
            recent.popleft()
        if len(recent) >= self._allowed:
            return False
        recent.append(self._calls)
        self.sent += 1
        return True

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self._calls, len(self._recent), self.sent]
