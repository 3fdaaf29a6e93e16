"""Followers: a replica of a database, and the writes of its primary that it has not taken in yet.

Owns where such a write is: with the primary, which ships it `lag` after it was done, with the replica, or being taken
in. Does not own when that is, nor who follows whom (`replication`).

While one of the two does not run, or nothing gets from one to the other, nothing is shipped: what the primary has done
and not shipped stays with it, and is shipped later, or is lost with it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from gameday.engine.traffic.codes import APPLY
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.specs import EdgeSpec
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.core.kinds.mechanisms import Replication
    from gameday.engine.traffic.agenda import Agenda
    from gameday.engine.traffic.stations import Station

NEVER: Final = 1 << 62

Cuts = dict[tuple[str, str], int]
"""Between which two services nothing gets through, and how often that was said."""


def both(one: str, other: str) -> tuple[str, str]:
    """Two services, whichever comes first."""
    return (one, other) if one < other else (other, one)


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
    its own queue: a replica with too much to do falls behind. Nothing is dropped: what it cannot take waits.
    `log` is with the primary, `relay` with the replica; `applied` counts what it has taken in and not undone.
    """

    __slots__ = (
        "_agenda",
        "_cuts",
        "again",
        "applied",
        "applying",
        "edge",
        "log",
        "primary",
        "relay",
        "spec",
        "station",
        "wakes_at",
    )

    def __init__(self, spec: Replication, primary: Station, station: Station, agenda: Agenda, cuts: Cuts) -> None:
        self.spec = spec
        self.primary = primary
        self.station = station
        name = f"replication of {primary.name} at {station.name}"
        # Of no plan and in no table: nobody asks for this.
        self.edge = Edge(EdgeSpec(name, primary.name, station.name, mode="async"), primary, station, agenda)
        self.log: deque[Write] = deque()
        self.relay: deque[Write] = deque()
        self.applying: dict[Write, None] = {}
        self.applied = 0
        self.again = 0  # the instant (µs) before which nothing is tried, after something could not be taken in
        self.wakes_at = NEVER  # the next instant (µs) that is in the agenda
        self._agenda = agenda
        self._cuts = cuts

    @property
    def behind(self) -> int:
        """Writes that the primary has done and the replica has not."""
        return len(self.log) + len(self.relay) + len(self.applying)

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
        for waiting in (self.relay, self.log):
            if waiting and waiting[0].time < oldest:
                oldest = waiting[0].time
        return max(self.delay, self._agenda.now - oldest)

    @property
    def is_shipped_to(self) -> bool:
        """Whether both run and what the one sends reaches the other."""
        if not (self.primary.is_up and self.station.is_up):
            return False
        return not self._cuts.get(both(self.primary.name, self.station.name))

    def ship(self) -> None:
        """What is due by now is with the replica, unless nothing is shipped.

        To be called before any of that changes, too: what was due before has been shipped.
        """
        if self.log and self.is_shipped_to:
            log, latest = self.log, self._agenda.now - self.delay
            while log and log[0].time <= latest:
                self.relay.append(log.popleft())

    def wake(self, time: int) -> None:
        """Look after what waits at this instant (µs), at the latest."""
        if time < self.wakes_at:
            self.wakes_at = time
            self._agenda.schedule(time, APPLY, self)

    def look(self) -> None:
        """Something has changed: look after what waits, if anything does, now."""
        if self.log or self.relay:
            self.wake(self._agenda.now)

    def lacking(self) -> dict[Key, None]:
        """The keys of all writes that its primary has done and it has not."""
        return {write.key: None for writes in (self.applying, self.relay, self.log) for write in writes}

    def forget(self, lost: dict[Key, None]) -> None:
        """These writes are nobody's any more: it will not take them in, or undoes them where it has."""
        before = self.behind
        self.log = deque([write for write in self.log if write.key not in lost])
        self.relay = deque([write for write in self.relay if write.key not in lost])
        self.applying = {write: None for write in self.applying if write.key not in lost}
        self.applied -= len(lost) - (before - self.behind)
        self.look()

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self.applied, len(self.log), len(self.relay), len(self.applying), self.station.lost_writes]
