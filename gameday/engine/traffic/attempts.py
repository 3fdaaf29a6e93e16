"""Attempts on edges that have a mechanism: what such a visit knows beyond a plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.edges import Edge
    from gameday.engine.traffic.mechanisms.callers import CallerRow
    from gameday.engine.traffic.stations import Station

NEVER: Final = 1 << 62
"""A time (µs) that no session reaches."""

HEDGED: Final = 0x8000
"""The hedge of attempt n is attempt HEDGED + n: above all retries, below all purposes of a draw."""

# What an attempt has to do with its edge's pool of connections.
UNPOOLED: Final = 0
WAITING: Final = 1
CONNECTED: Final = 2


class Attempt(Visit):
    """One attempt on an edge that is not plain.

    `due` is when its caller gives up (`deferred` once others have had their turn at that instant), `deadline` what the
    callee knows of it, `wait_until` how long it waits for a connection (all in µs). `admitted` once every guard has let
    it through, in the breaker's `epoch`. `twin` is its hedge while that one is open; a hedge knows the `first` attempt,
    and its `sent` is that of the first, because that is since when its caller has waited. `row` is what differs at the
    replica of the caller that it comes from.
    """

    __slots__ = ("admitted", "deadline", "deferred", "due", "epoch", "first", "link", "row", "twin", "wait_until")

    def __init__(
        self, station: Station, c: int, edge: Edge, parent: Visit | None, call_key: Key, attempt: int, sent: int
    ) -> None:
        super().__init__(station, c, edge, parent, call_key, attempt, sent)
        self.due = NEVER
        self.deadline = NEVER
        self.wait_until = NEVER
        self.admitted = False
        self.deferred = False
        self.epoch = 0
        self.link = UNPOOLED
        self.row: CallerRow | None = None
        self.first: Attempt | None = None
        self.twin: Attempt | None = None

    def expired(self, now: int) -> bool:
        """Whether the deadline that travelled with it is over at `now` (µs)."""
        return now >= self.deadline


def deadline_of(visit: Visit) -> int:
    """Until when (µs) anybody waits for the visit, as far as its service has been told; NEVER where it has not."""
    return visit.deadline if isinstance(visit, Attempt) else NEVER
