"""Connection pools: how many attempts of one service may be on their way on one edge at once.

Owns connections and the line for them. Does not own what happens to an attempt that has one, or waits too long
(`guarding`).
"""

from __future__ import annotations

from collections import deque

from gameday.engine.traffic.attempts import CONNECTED, NEVER, UNPOOLED, WAITING, Attempt
from gameday.engine.traffic.codes import DOOMED, ENDED
from gameday.engine.traffic.stations import Station


class ConnectionPool:
    """The connections that all replicas of `caller` have to one callee, as one pool.

    A connection is held until the answer comes or the caller gives up; then it is closed and free, although the callee
    may go on working. Leaked ones are in use for good, by nobody. The line is served in order; `waiting` are in it.
    A size of 0 is no limit. Where the replicas of the caller differ, number n brings `sizes[n]`.
    """

    __slots__ = ("_caller", "_line", "held", "leaked", "sending", "size_each", "sizes", "wait", "waiting")

    def __init__(self, caller: Station, size_each: int, wait: int | None) -> None:
        """`size_each` for each replica of the caller; `wait` in µs, None: as long as the attempt's own timeout."""
        self._caller = caller
        self._line: deque[Attempt] = deque()
        self.size_each = size_each
        self.sizes: list[int] | None = None
        self.wait = NEVER if wait is None else wait
        self.held = 0
        self.leaked = 0
        self.waiting = 0
        self.sending = False  # while what came free is given out

    @property
    def size(self) -> int:
        """Connections that there are, leaked ones too."""
        if self.sizes is not None and self.size_each:
            running = self._caller.roster.running
            return sum([self.sizes[number] for number in running if number < len(self.sizes)]) or self.size_each
        return self.size_each * max(1, self._caller.replicas) if self.size_each else NEVER

    @property
    def in_use(self) -> int:
        """Connections that nobody can have now."""
        return self.held + self.leaked

    def ask(self, attempt: Attempt) -> None:
        """Get in line."""
        attempt.link = WAITING
        self._line.append(attempt)
        self.waiting += 1

    def lend(self) -> Attempt | None:
        """Who gets a connection now, first come, first served; None when there is none, or nobody waits."""
        line = self._line
        while line and self.held + self.leaked < self.size:
            attempt = line.popleft()
            if attempt.link == WAITING and not _is_being_called_off(attempt):
                attempt.link = CONNECTED
                self.waiting -= 1
                self.held += 1
                return attempt
        if not self.waiting and line:
            line.clear()
        return None

    def leave(self, attempt: Attempt) -> None:
        """Give back the connection, or go out of the line."""
        if attempt.link == CONNECTED:
            self.held -= 1
        elif attempt.link == WAITING:
            self.waiting -= 1
        attempt.link = UNPOOLED

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self.held, self.leaked, self.waiting]


def _is_being_called_off(attempt: Attempt) -> bool:
    # Its visit is over, and gives up on its attempts one after the other: what one gives back is not for the next.
    parent = attempt.parent
    return parent is not None and (parent.state == ENDED or parent.state == DOOMED)
