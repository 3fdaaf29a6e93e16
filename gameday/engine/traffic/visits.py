"""A visit: one attempt of somebody at one service, from the moment it is sent until it has ended there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import mix
from gameday.engine.traffic.codes import ENDED, TRAVELLING

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.edges import Edge
    from gameday.engine.traffic.entries import Entry
    from gameday.engine.traffic.sampling import Span
    from gameday.engine.traffic.stations import Station


class Visit:
    """One attempt. `open` while its caller waits for the answer; `parent` is the visit that waits, None if none does.

    It knows its call's key, so that the next attempt of the same call can be made from it. The first attempt's key is
    the call's own: that of attempt n > 0 is mixed from it.
    """

    __slots__ = (
        "arrived",
        "attempt",
        "c",
        "call_key",
        "edge",
        "key",
        "open",
        "parent",
        "pending",
        "replica",
        "sent",
        "span",
        "stage",
        "state",
        "station",
    )

    arrived: int
    stage: int

    def __init__(
        self, station: Station, c: int, edge: Edge | None, parent: Visit | None, call_key: Key, attempt: int, sent: int
    ) -> None:
        self.key = mix(call_key, attempt) if attempt else call_key
        self.station = station
        self.c = c
        self.edge = edge
        self.parent = parent
        self.call_key = call_key
        self.attempt = attempt
        self.sent = sent
        self.state = TRAVELLING
        self.open = True
        self.pending = 0
        self.replica = -1  # its number, where it matters
        self.span: Span | None = None

    def caller_waits(self) -> bool:
        """Whether anybody would still take the answer. What is fired and forgotten never expires."""
        return self.open and (self.parent is None or self.parent.state != ENDED)

    def expired(self, now: int) -> bool:  # noqa: ARG002 (those with a deadline look)
        """Whether a deadline that travelled with it is over at `now` (µs); most know of none."""
        return False

    def is_poison(self) -> bool:
        """Whether its work fails whoever does it: a message from a queue may."""
        return False

    def share_of_work(self) -> float:
        """What it costs relative to any other request: a write that a replica takes in costs less."""
        return 1.0


class Root(Visit):
    """One attempt of a client from outside; the first is the root request itself, later ones know it as `first`.

    `judged` is said of the first: once it is known to be good or bad.
    """

    __slots__ = ("entry", "first", "judged")

    def __init__(
        self, entry: Entry, station: Station, c: int, key: Key, attempt: int, sent: int, first: Root | None
    ) -> None:
        super().__init__(station, c, None, None, key, attempt, sent)
        self.entry = entry
        self.first = first
        self.judged = False
