"""Replication of databases: a replica takes in what its primary wrote, later, and can take its place.

Owns the log between the two and what is lost at a failover. Does not own who reads or writes where.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from gameday.core.draws import mix
from gameday.core.units import MICRO
from gameday.engine.traffic.codes import APPLY, OK
from gameday.engine.traffic.consuming import Consuming
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.mechanisms.brokers import Delivery
from gameday.engine.traffic.specs import EdgeSpec
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.core.kinds.mechanisms import Replication
    from gameday.engine.traffic.agenda import Agenda
    from gameday.engine.traffic.stations import Station

_AGAIN: Final = MICRO
"""What the replica could not take in is tried again after so long."""


class Write:
    """A write that the primary has completed at `time`, `sent` to the replica so many times."""

    __slots__ = ("c", "key", "sent", "time")

    def __init__(self, key: Key, c: int, time: int) -> None:
        self.key = key
        self.c = c
        self.time = time
        self.sent = 0


class Applying(Visit):
    """A write that waits or works at the replica. It does not count any more once `follower` follows somebody else."""

    __slots__ = ("follower", "write")

    def __init__(self, follower: Follower, write: Write, call_key: Key, now: int) -> None:
        super().__init__(follower.station, write.c, follower.edge, None, call_key, write.sent, now)
        self.follower = follower
        self.write = write

    def share_of_work(self) -> float:
        """What it costs relative to any other request."""
        return self.follower.spec.apply


class Follower:
    """A service that follows its primary.

    Writes reach it `lag` after they were done and are applied in order, as many at once as it has workers, as work in
    its own queue: a replica with too much to do falls behind. Nothing is dropped: what it cannot take waits in the log.
    """

    __slots__ = ("_agenda", "again", "applied", "applying", "armed", "edge", "log", "primary", "spec", "station")

    def __init__(self, spec: Replication, primary: Station, station: Station, agenda: Agenda) -> None:
        self.spec = spec
        self.primary = primary
        self.station = station
        name = f"replication of {primary.name} at {station.name}"
        # Of no plan and in no table: nobody asks for this.
        self.edge = Edge(EdgeSpec(name, primary.name, station.name, mode="async"), primary, station, agenda)
        self.log: deque[Write] = deque()
        self.applying: dict[Write, None] = {}
        self.applied = 0
        self.armed = False
        self.again = 0  # the instant (µs) before which nothing is tried, after something could not be taken in
        self._agenda = agenda

    @property
    def behind(self) -> int:
        """Writes that the primary has done and the replica has not."""
        return len(self.log) + len(self.applying)

    @property
    def delay(self) -> int:
        """How long (µs) a write is on its way to the replica."""
        return self.spec.lag + self.station.lag_added

    @property
    def lag(self) -> int:
        """How far (µs) the replica is behind: the age of the oldest write that it has not, at least the lag at rest."""
        oldest = self._agenda.now
        for write in self.applying:
            oldest = write.time
            break
        if self.log and self.log[0].time < oldest:
            oldest = self.log[0].time
        return max(self.delay, self._agenda.now - oldest)

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self.applied, len(self.log), len(self.applying), self.station.lost_writes]


class Replicating(Consuming):
    """What happens to writes after their primary has completed them."""

    entries: dict[str, Entry]

    def _build_replicas(self, stations: dict[str, Station]) -> None:
        for station in stations.values():
            spec = station.spec.replication
            if spec is not None:
                primary = stations[spec.primary]
                station.replica_of = Follower(spec, primary, station, self)
                primary.followers.append(station.replica_of)
                primary.onward = True
                station.expect_special()

    def promote(self, service: str) -> int:
        """The replica takes its primary's place, which gets no requests any more; how many writes are lost.

        Edges and entries that led to the primary lead to it. Other replicas follow it. Later writes that the old
        primary still completes are lost as well. Raises ValueError when the service is no replica.
        """
        follower = self.services[service].replica_of if service in self.services else None
        if follower is None:
            raise ValueError(f'there is no replica that is called "{service}"')
        station, primary = follower.station, follower.primary
        for edge in self.edges.values():
            if edge.callee is primary:
                edge.callee = station
        for entry in self.entries.values():
            if entry.station is primary:
                entry.station = station
        lost = follower.behind
        station.lost_writes += lost
        follower.log.clear()
        follower.applying.clear()
        station.replica_of = None
        station.followers = [one for one in primary.followers if one is not follower]
        for other in station.followers:
            other.primary = station
        station.onward = station.onward or bool(station.followers)
        primary.followers = []
        primary.successor = station
        return lost

    def _pass_on(self, visit: Visit, station: Station) -> None:
        """A visit has succeeded at a queue or a primary: the message is stored, the write goes to the replicas."""
        if station.broker is not None:
            self._store(visit, station, station.broker)
        if visit.edge is None or not visit.edge.spec.writes:
            return
        if station.successor is not None:
            station.successor.lost_writes += 1
        for follower in station.followers:
            follower.log.append(Write(visit.key, visit.c, self.now))
            self._wake(follower, self.now + follower.delay)

    def _one_way_over(self, visit: Visit, edge: Edge, outcome: int) -> None:
        """An attempt for which no visit waits has ended: one that is fired and forgotten, a message, a write."""
        if isinstance(visit, Delivery):
            if edge.consumer is not None:
                self._delivered(visit, edge.consumer, outcome)
        elif isinstance(visit, Applying):
            self._applied(visit, outcome)

    def _wake(self, follower: Follower, time: int) -> None:
        if not follower.armed:
            follower.armed = True
            self.schedule(time, APPLY, follower)

    def _apply_due(self, follower: Follower) -> None:
        follower.armed = False
        self._apply(follower)

    def _apply(self, follower: Follower) -> None:
        """Writes that have come far enough go to the replica's queue, as many as it works on at once."""
        log, station, now = follower.log, follower.station, self.now
        if log and not station.replicas:
            follower.again = now + _AGAIN
        while log and now >= follower.again and len(follower.applying) < max(1, station.capacity):
            due = log[0].time + follower.delay
            if due > now:
                self._wake(follower, due)
                return
            write = log.popleft()
            follower.applying[write] = None
            visit = Applying(follower, write, mix(write.key, follower.edge.key), now)
            write.sent += 1
            follower.edge.sent += 1
            self._arrive(visit)
        if log and now < follower.again:
            self._wake(follower, follower.again)

    def _applied(self, visit: Applying, outcome: int) -> None:
        """The replica has taken a write in, or could not: then it is the next to be tried."""
        follower, write = visit.follower, visit.write
        if write not in follower.applying:
            return
        del follower.applying[write]
        if outcome == OK:
            follower.applied += 1
        else:
            follower.log.appendleft(write)
            follower.again = self.now + _AGAIN
        self._apply(follower)
