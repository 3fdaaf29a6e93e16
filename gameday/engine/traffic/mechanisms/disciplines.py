"""Lines: visits that wait for workers, in the order that a discipline and their priorities give.

Owns who is next, who is dropped by controlled delay, and who makes room for a better one. Does not own what happens to
any of them (`lining`). A plain queue, first come, first served and all alike, needs none of this: it is a deque.
"""

from __future__ import annotations

from collections import deque
from math import sqrt

from gameday.core.kinds.mechanisms import CoDel
from gameday.engine.traffic.codes import QUEUED
from gameday.engine.traffic.visits import Visit

_SLACK = 64


class Rank:
    """Those of one priority. Who leaves while waiting is only counted off, and passed by when its turn comes."""

    __slots__ = ("_last_first", "length", "priority", "visits")

    def __init__(self, priority: int, *, last_first: bool) -> None:
        self.priority = priority
        self.length = 0
        self.visits: deque[Visit] = deque()
        self._last_first = last_first

    def put(self, visit: Visit) -> None:
        """At the end."""
        self.visits.append(visit)
        self.length += 1
        if len(self.visits) > 2 * self.length + _SLACK:
            self.visits = deque(one for one in self.visits if one.state == QUEUED)

    def pop(self) -> Visit | None:
        """Who is next by turn."""
        return self.newest() if self._last_first else self._oldest()

    def newest(self) -> Visit | None:
        """Takes the one that came last."""
        visits = self.visits
        while visits:
            visit = visits.pop()
            if visit.state == QUEUED:
                self.length -= 1
                return visit
        return None

    def _oldest(self) -> Visit | None:
        visits = self.visits
        while visits:
            visit = visits.popleft()
            if visit.state == QUEUED:
                self.length -= 1
                return visit
        return None


class Controller:
    """Controlled delay: once waits have been above `target` for `interval`, it drops from the head, ever faster.

    The n-th drop in a row comes interval / sqrt(n) after the one before. Source: Nichols and Jacobson 2012, as RFC 8289
    (2018) writes it, with one request for a packet: when at most one is left behind, nothing is dropped.
    """

    __slots__ = ("_above_from", "_before", "_count", "_dropping", "_interval", "_next", "_target")

    def __init__(self, spec: CoDel) -> None:
        self._target = spec.target
        self._interval = spec.interval
        self._above_from = 0  # when drops may begin; 0: the last wait was short
        self._next = 0
        self._count = self._before = 0
        self._dropping = False

    def take(self, rank: Rank, now: int, dropped: list[Visit]) -> Visit | None:
        """Who is served next; those who are not any more go to `dropped`."""
        visit = rank.pop()
        too_long = self._is_too_long(visit, rank.length, now)
        if self._dropping:
            self._dropping = too_long
            while self._dropping and now >= self._next and visit is not None:
                dropped.append(visit)
                self._count += 1
                visit = rank.pop()
                self._dropping = self._is_too_long(visit, rank.length, now)
                if self._dropping:
                    self._next += self._gap()
        elif too_long and visit is not None:
            dropped.append(visit)
            visit = rank.pop()
            self._is_too_long(visit, rank.length, now)
            self._begin(now)
        return visit

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self._above_from, self._next, self._count, int(self._dropping)]

    def _begin(self, now: int) -> None:
        # Where drops ended only a moment ago, go on at the pace that was found then.
        recent = self._count - self._before
        self._count = recent if recent > 1 and now - self._next < 16 * self._interval else 1
        self._before = self._count
        self._next = now + self._gap()
        self._dropping = True

    def _gap(self) -> int:
        return round(self._interval / sqrt(self._count))

    def _is_too_long(self, visit: Visit | None, left: int, now: int) -> bool:
        if visit is None or left <= 1 or now - visit.arrived < self._target:
            self._above_from = 0
            return False
        if not self._above_from:
            self._above_from = now + self._interval
            return False
        return now >= self._above_from


class Line:
    """Visits that wait for the same workers: by priority, and within one by the discipline. `length` counts them."""

    __slots__ = ("_codel", "_controllers", "_last_first", "_ranks", "length")

    def __init__(self, discipline: str, codel: CoDel | None) -> None:
        self.length = 0
        self._last_first = discipline == "lifo"
        self._codel = (codel or CoDel()) if discipline == "codel" else None
        self._ranks: list[Rank] = []
        self._controllers: list[Controller] = []

    def put(self, visit: Visit, priority: int) -> None:
        """At the end of its priority."""
        self._rank(priority).put(visit)
        self.length += 1

    def take(self, now: int, dropped: list[Visit]) -> Visit | None:
        """Who is served next at `now`; whom controlled delay drops before, goes to `dropped`. None: nobody is left."""
        for number, rank in enumerate(self._ranks):
            if not rank.length:
                continue
            if self._codel is None:
                self.length -= 1
                return rank.pop()
            before = rank.length
            visit = self._controllers[number].take(rank, now, dropped)
            self.length -= before - rank.length
            if visit is not None:
                return visit
        return None

    def displace(self, priority: int) -> Visit | None:
        """Takes out the newest of the worst priority, where that is worse than `priority`."""
        for rank in reversed(self._ranks):
            if rank.priority <= priority:
                return None
            if rank.length:
                self.length -= 1
                return rank.newest()
        return None

    def discard(self, priority: int) -> None:
        """One of this priority has left the line; its state says which."""
        self._rank(priority).length -= 1
        self.length -= 1

    def take_all(self) -> list[Visit]:
        """Empties the line; in the order of arrival."""
        waiting = [visit for rank in self._ranks for visit in rank.visits if visit.state == QUEUED]
        for rank in self._ranks:
            rank.visits.clear()
            rank.length = 0
        self.length = 0
        waiting.sort(key=_arrival)
        return waiting

    def waits_since(self) -> int | None:
        """When the one that waits longest came (µs)."""
        arrivals = [visit.arrived for rank in self._ranks for visit in _first_waiting(rank)]
        return min(arrivals) if arrivals else None

    def words(self) -> list[int]:
        """Its state, for a digest."""
        words = [self.length]
        for controller in self._controllers:
            words += controller.words()
        return words

    def _rank(self, priority: int) -> Rank:
        ranks = self._ranks
        for number, rank in enumerate(ranks):
            if rank.priority == priority:
                return rank
            if rank.priority > priority:
                return self._new_rank(number, priority)
        return self._new_rank(len(ranks), priority)

    def _new_rank(self, number: int, priority: int) -> Rank:
        rank = Rank(priority, last_first=self._last_first)
        self._ranks.insert(number, rank)
        if self._codel is not None:
            self._controllers.insert(number, Controller(self._codel))
        return rank


def _arrival(visit: Visit) -> int:
    return visit.arrived


def _first_waiting(rank: Rank) -> list[Visit]:
    for visit in rank.visits:
        if visit.state == QUEUED:
            return [visit]
    return []
