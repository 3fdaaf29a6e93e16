"""Replication of databases: a replica takes in what its primary wrote, later, and can take its place.

Owns when a replica takes writes in, what is lost at a failover, and how an old primary becomes a replica. Does not own
where a write is meanwhile (`following`), who asks which of two that think that they are primary (`succession`), nor
when that ends and when it follows again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gameday.core.draws import mix
from gameday.core.units import MICRO
from gameday.engine.traffic.codes import OK
from gameday.engine.traffic.consuming import Consuming
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.following import NEVER, Applying, Cuts, Follower, Write, both
from gameday.engine.traffic.mechanisms.brokers import Delivery
from gameday.engine.traffic.mechanisms.succession import Replaced
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.core.kinds.mechanisms import Replication
    from gameday.engine.traffic.stations import Station

_AGAIN: Final = MICRO
"""What the replica could not take in is tried again after so long."""


class Replicating(Consuming):
    """What happens to writes after their primary has completed them."""

    entries: dict[str, Entry]
    replaced: dict[str, Replaced]
    _cuts: Cuts

    def _build_replicas(self, stations: dict[str, Station]) -> None:
        self.replaced = {}  # primaries that others have replaced and that follow nobody, by name
        self._cuts = {}
        for station in stations.values():
            spec = station.spec.replication
            if spec is not None:
                self._follow(station, stations[spec.primary], spec)

    def _follow(self, station: Station, primary: Station, spec: Replication) -> None:
        station.replica_of = Follower(spec, primary, station, self, self._cuts)
        primary.followers.append(station.replica_of)
        primary.onward = True
        station.expect_special()

    def promote(self, service: str, *, split: bool = False) -> int:
        """The replica takes its primary's place, which gets no requests any more; how many writes are lost.

        Edges and entries that led to the primary lead to it. Other replicas follow it, and undo what it has not. Later
        writes that the old primary still completes are lost as well. With `split` half of the callers have not
        noticed: until `heal` they ask the old primary (who comes from outside goes to the new one). Raises ValueError
        when the service is no replica.
        """
        follower = self.services[service].replica_of if service in self.services else None
        if follower is None:
            raise ValueError(f'there is no replica that is called "{service}"')
        station, primary = follower.station, follower.primary
        replaced = self.replaced[primary.name] = Replaced(primary, station, follower.spec, asked=split)
        for edge in self.edges.values():
            if edge.callee is primary:
                edge.callee = station
                if edge.sync and edge.spec.deadline:
                    station.minds_time = True
                if split and edge.consumer is None:
                    edge.set_split(replaced)
        for entry in self.entries.values():
            if entry.station is primary:
                entry.station = station
        primary.successor = station
        return self._inherit(follower, station, primary)

    def _inherit(self, follower: Follower, station: Station, primary: Station) -> int:
        """What the new primary has is what has been written; how many writes of the old one are lost with that."""
        lost = follower.lacking()
        station.lost_writes += len(lost)
        follower.forget(lost)
        station.replica_of = None
        station.followers = [one for one in primary.followers if one is not follower]
        for other in station.followers:
            other.ship()
            other.primary = station
            other.forget(lost)
        station.onward = station.onward or bool(station.followers)
        primary.followers = []
        return len(lost)

    def cut(self, one: str, other: str) -> None:
        """From now on neither ships writes to the other, until `mend` was called as often."""
        for follower in self._between(one, other):
            follower.ship()
        self._cuts[both(one, other)] = self._cuts.get(both(one, other), 0) + 1

    def mend(self, one: str, other: str) -> None:
        """What `cut` did is over."""
        self._cuts[both(one, other)] -= 1
        for follower in self._between(one, other):
            follower.look()

    def is_cut(self, one: str, other: str) -> bool:
        """Whether nothing gets from one of them to the other."""
        return bool(self._cuts.get(both(one, other)))

    def _between(self, one: str, other: str) -> list[Follower]:
        followers = [self.services[name].replica_of for name in (one, other)]
        return [who for who in followers if who is not None and who.primary.name in (one, other)]

    def rewind(self, service: str) -> int:
        """It is as it was when the session began, as are those that follow it now; how many writes are lost.

        Those that callers were told are done and that were not lost before; none where others have them all, or it was
        replaced.
        """
        station = self.services[service]
        if station.replica_of is not None or station.successor is not None:
            return 0
        edges = [edge for edge in self.edges.values() if edge.spec.writes and edge.callee is station]
        gone = sum(one.diverged for one in self.replaced.values() if one.primary is station)
        gone += sum(one.lost_writes for one in self.services.values() if _origin(one) == _origin(station))
        lost = max(0, sum(edge.outcomes[OK] for edge in edges) - gone)
        station.lost_writes += lost
        for follower in station.followers:
            follower.forget(follower.lacking())
            follower.applied = 0
        return lost

    def heal(self, service: str) -> int:
        """Everybody has noticed that this primary was replaced: nobody asks it any more.

        How many writes are lost with it: all that it has completed since it was replaced. Raises ValueError when it
        was not.
        """
        replaced = self._replaced(service)
        for edge in self.edges.values():
            if edge.split is replaced:
                edge.set_split(None)
        return replaced.healed()

    def rejoin(self, service: str) -> str:
        """An old primary has copied everything and follows the database that is primary now; the name of that one.

        It starts anew: what it still worked at is killed, so that nothing of its own is left. Those who asked it for
        reads as a replica, before it ever was primary, do so again. Raises ValueError when nobody has replaced it, or
        some still ask it.
        """
        replaced = self._replaced(service)
        if replaced.asked:
            raise ValueError(f'"{service}" still takes writes')
        station, primary = replaced.station, replaced.primary
        self.kill(service)
        del self.replaced[service]
        station.successor = None
        self._follow(station, primary, replaced.spec)
        if station.spec.replication is not None:
            self._lead_back(station)
        return primary.name

    def _lead_back(self, station: Station) -> None:
        """Who is said to read from this replica does so."""
        for edge in self.edges.values():
            if edge.spec.callee == station.name and not edge.spec.writes:
                edge.callee = station
                edge.set_split(None)
        for entry in self.entries.values():
            if entry.spec.to == station.name:
                entry.station = station

    def _replaced(self, service: str) -> Replaced:
        replaced = self.replaced.get(service)
        if replaced is None:
            raise ValueError(f'nobody has taken the place of "{service}"')
        return replaced

    def _pass_on(self, visit: Visit, station: Station) -> None:
        """A visit has succeeded at a queue or a primary: the message is stored, the write goes to the replicas."""
        if station.broker is not None:
            self._store(visit, station, station.broker)
        if visit.edge is None or not visit.edge.spec.writes:
            return
        if station.successor is not None:
            self.replaced[station.name].completed()
        for follower in station.followers:
            follower.log.append(Write(visit.key, visit.c, self.now))
            follower.wake(self.now + follower.delay)

    def _one_way_over(self, visit: Visit, edge: Edge, outcome: int) -> None:
        """An attempt for which no visit waits has ended: one that is fired and forgotten, a message, a write."""
        if isinstance(visit, Delivery):
            if edge.consumer is not None:
                self._delivered(visit, edge.consumer, outcome)
        elif isinstance(visit, Applying):
            self._applied(visit, outcome)

    def _apply_due(self, follower: Follower) -> None:
        if self.now >= follower.wakes_at:
            follower.wakes_at = NEVER
        self._apply(follower)

    def _apply(self, follower: Follower) -> None:
        """Writes that have come far enough go to the replica's queue, as many as it works on at once."""
        follower.ship()
        relay, station, now = follower.relay, follower.station, self.now
        while relay and station.replicas and now >= follower.again and len(follower.applying) < station.capacity:
            write = relay.popleft()
            follower.applying[write] = None
            visit = Applying(follower, write, mix(write.key, follower.edge.key), now)
            write.sent += 1
            follower.edge.sent += 1
            self._arrive(visit)
        if relay and now < follower.again:
            follower.wake(follower.again)
        elif follower.log and not relay and follower.is_shipped_to:
            follower.wake(follower.log[0].time + follower.delay)

    def _applied(self, visit: Applying, outcome: int) -> None:
        """The replica has taken a write in, or could not: then it is the next to be tried."""
        follower, write = visit.follower, visit.write
        if write not in follower.applying:
            return
        del follower.applying[write]
        if outcome == OK:
            follower.applied += 1
        else:
            follower.relay.appendleft(write)
            follower.again = self.now + _AGAIN
        self._apply(follower)


def _origin(station: Station) -> str:
    """The database that all of its copies were copied from."""
    return station.name if station.spec.replication is None else station.spec.replication.primary
