"""A visit: one attempt of somebody at one service, from the moment it is sent until it has ended there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import mix
from gameday.engine.traffic.codes import ENDED, TRAVELLING

if TYPE_CHECKING:
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
        "sent",
        "span",
        "stage",
        "state",
        "station",
    )

    arrived: int
    stage: int

    def __init__(
        self, station: Station, c: int, edge: Edge | None, parent: Visit | None, call_key: int, attempt: int, sent: int
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
        self.span: Span | None = None

    def caller_waits(self) -> bool:
        """Whether anybody would still take the answer. What is fired and forgotten never expires."""
        return self.open and (self.parent is None or self.parent.state != ENDED)


class Root(Visit):
    """The one attempt of a client from outside: a root request. `judged` once it is known to be good or bad."""

    __slots__ = ("entry", "judged")

    def __init__(self, entry: Entry, c: int, key: int, sent: int) -> None:
        super().__init__(entry.station, c, None, None, key, 0, sent)
        self.entry = entry
        self.judged = False
