"""Brokers: what a queue holds for its consumers, from the moment a message is stored until it is done or dead.

Owns the counts and their conservation: stored = done + dead + purged + backlog + in flight. Does not own when a
message is taken or comes back (`consuming`).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.edges import Edge
    from gameday.engine.traffic.sampling import Span
    from gameday.engine.traffic.stations import Station

LETTERS: Final = 100_000
"""So many dead letters are kept; beyond them the oldest is purged."""


class Message:
    """What a producer has stored. `receives` counts toward its death, `sent` all deliveries."""

    __slots__ = ("c", "key", "poison", "receives", "sent", "span", "stored")

    def __init__(self, key: Key, c: int, stored: int, poison: bool, span: Span | None) -> None:
        self.key = key
        self.c = c
        self.stored = stored
        self.poison = poison
        self.span = span
        self.receives = 0
        self.sent = 0


class Delivery(Visit):
    """One attempt of a consumer at a message. It stays in flight until it is answered or its visibility timeout ends.

    What timed out works on, so its message may be processed twice.
    """

    __slots__ = ("message",)

    def __init__(self, edge: Edge, message: Message, call_key: Key, now: int) -> None:
        super().__init__(edge.callee, message.c, edge, None, call_key, message.sent, now)
        self.message = message

    def is_poison(self) -> bool:
        """Its processing fails, whoever does it."""
        return self.message.poison


class Consumer:
    """The end of a pull edge: it takes up to `prefetch` messages at once for each replica of the callee.

    `paused` and `again`, the instant (µs) before which it does not ask, hold it back; `armed` while the agenda knows
    when it asks next, `taking` while a message is on its way to it.
    """

    __slots__ = ("again", "armed", "broker", "edge", "number", "paused", "prefetch", "receives", "taken", "taking")

    def __init__(self, broker: Broker, edge: Edge, prefetch: int, receives: int) -> None:
        self.broker = broker
        self.number = len(broker.consumers)
        self.edge = edge
        self.prefetch = prefetch
        self.receives = receives
        self.taken = 0
        self.paused = False
        self.armed = False
        self.taking = False
        self.again = 0

    def has_room(self, now: int) -> bool:
        """Whether it takes one more message now."""
        if self.paused or now < self.again:
            return False
        return self.taken < self.prefetch * self.edge.callee.replicas

    def limited_for(self, now: int) -> int:
        """How long (µs) it takes nothing because of rate limits, its edge's and its service's; 0: it may take one."""
        edge, door = self.edge.bucket, self.edge.callee.door
        wait = 0 if edge is None else edge.wait(now)
        return wait if door.bucket is None or door.knows_replicas else max(wait, door.bucket.wait(now))


class Broker:
    """The messages of one queue. `waiting` are its backlog in order, `letters` the dead ones.

    Killing the queue loses none of them: they are on disk.
    """

    __slots__ = ("consumers", "done", "letters", "purged", "redelivered", "station", "stored", "turn", "waiting")

    def __init__(self, station: Station) -> None:
        self.station = station
        self.consumers: list[Consumer] = []
        self.waiting: deque[Message] = deque()
        self.letters: deque[Message] = deque()
        self.stored = self.done = self.purged = self.redelivered = 0
        self.turn = 0

    @property
    def backlog(self) -> int:
        """Messages that wait to be taken."""
        return len(self.waiting)

    @property
    def in_flight(self) -> int:
        """Messages that consumers have taken and not answered for."""
        taken = 0
        for consumer in self.consumers:
            taken += consumer.taken
        return taken

    @property
    def dead(self) -> int:
        """Dead letters."""
        return len(self.letters)

    def oldest_age(self, now: int) -> int:
        """How long ago (µs) the message whose turn is next was stored; 0 where none waits."""
        return now - self.waiting[0].stored if self.waiting else 0

    def is_full(self) -> bool:
        """Whether a message that comes now might find no room, with those that the queue is about to store."""
        return len(self.waiting) + len(self.station.visits) >= self.station.queue_limit

    def bury(self, message: Message) -> None:
        """To the dead letters."""
        self.letters.append(message)
        if len(self.letters) > LETTERS:
            self.letters.popleft()
            self.purged += 1

    def requeue(self) -> int:
        """Dead letters begin anew at the end of the backlog; how many."""
        count = len(self.letters)
        for message in self.letters:
            message.receives = 0
        self.waiting.extend(self.letters)
        self.letters.clear()
        return count

    def purge(self, letters: bool) -> int:
        """Throw away the dead letters, or else the backlog; how many."""
        thrown = self.letters if letters else self.waiting
        count = len(thrown)
        thrown.clear()
        self.purged += count
        return count

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self.stored, self.done, self.purged, self.redelivered, self.backlog, self.in_flight, self.dead]
