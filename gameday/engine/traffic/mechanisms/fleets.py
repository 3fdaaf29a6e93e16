"""Where the visits of one service wait and work, when that is more than one plain queue for all workers.

Owns which place an attempt goes to, and what the balancer believes about its replicas. Does not own what happens to a
visit there (`lining`), nor how a balancer chooses (`balancing`), ejects (`ejection`) and checks (`health`).
"""

from __future__ import annotations

from abc import abstractmethod

from gameday.core.kinds.mechanisms import Replicas
from gameday.engine.traffic.mechanisms.balancing import Shards, balancer
from gameday.engine.traffic.mechanisms.disciplines import Line
from gameday.engine.traffic.mechanisms.ejection import Outliers
from gameday.engine.traffic.mechanisms.health import Checks
from gameday.engine.traffic.mechanisms.replicas import Place, Replica, ReplicaState, Roster
from gameday.engine.traffic.specs import ServiceSpec
from gameday.engine.traffic.visits import Visit


class Lines:
    """The places of one service."""

    @abstractmethod
    def places(self) -> list[Place]:
        """All of them, removed ones that still work too."""

    @abstractmethod
    def choose(self, visit: Visit) -> Place | None:
        """Where an attempt that arrives now is sent; None where there is nobody to send to."""

    @abstractmethod
    def place_of(self, visit: Visit) -> Place:
        """Where an admitted visit is."""

    @abstractmethod
    def set_capacity(self, roster: Roster, workers: list[int]) -> None:
        """From now on these replicas run, and replica n has `workers[n]`."""


class SharedLine(Lines):
    """One line for all replicas, with a discipline or priorities of its own."""

    def __init__(self, spec: ServiceSpec, workers: int) -> None:
        self.place = Place(-1, Line(spec.discipline, spec.codel), workers)

    def places(self) -> list[Place]:
        """The one."""
        return [self.place]

    def choose(self, visit: Visit) -> Place | None:  # noqa: ARG002 (the base's)
        """The one."""
        return self.place

    def place_of(self, visit: Visit) -> Place:  # noqa: ARG002 (the base's)
        """The one."""
        return self.place

    def set_capacity(self, roster: Roster, workers: list[int]) -> None:
        """All workers of all replicas that run."""
        self.place.workers = sum([workers[number] for number in roster.running])


class Fleet(Lines):
    """A line for each replica, behind a balancer.

    A replica that is down answers so at once to whatever is sent to it, until the balancer stops sending; what waits
    there waits on. What waits at one that is removed or drained is sent to others, even beyond their limits.
    """

    def __init__(self, spec: ServiceSpec, behind: Replicas) -> None:
        self._spec = spec
        self._panic = behind.panic
        self._shards = Shards(spec.name) if behind.balancing == "key" else None
        self._balancer = balancer(behind.balancing)
        self.outliers = None if behind.ejection is None else Outliers(behind.ejection)
        self.checks = None if behind.health is None else Checks(behind.health)
        self.replicas: list[Replica] = []
        self.size = spec.replicas
        self._grow(spec.replicas, spec.workers)
        self.candidates = self.replicas.copy()

    def places(self) -> list[Place]:
        """Every replica."""
        return list(self.replicas)

    def choose(self, visit: Visit) -> Place | None:
        """The shard of its key, or whom the balancer chooses."""
        if self._shards is not None and self.size:
            return self.replicas[self._shards.shard_of(visit, self.size)]
        if not self.candidates:
            return None
        return self._balancer.choose(visit, self.candidates)

    def place_of(self, visit: Visit) -> Place:
        """The replica that it was sent to."""
        return self.replicas[visit.replica]

    def set_capacity(self, roster: Roster, workers: list[int]) -> None:
        """Replicas come, go, fail and run again. New ones are trusted at once."""
        self._grow(roster.size, 0)
        self.size = roster.size
        for replica in self.replicas:
            removed = replica.number >= roster.size or replica.number in roster.drained
            if removed is not replica.removed:
                self._forgive(replica)
            replica.removed = removed
            replica.up = False
        for number in roster.running:
            self.replicas[number].up = True
        for replica in self.replicas:
            replica.workers = workers[replica.number] if replica.up else 0
        self.refresh()
        if roster.running:
            self._hand_over()

    def refresh(self) -> None:
        """Whom the balancer sends to: those it thinks well of; all, when those are fewer than the share `panic`."""
        there = [replica for replica in self.replicas[: self.size] if not replica.removed]
        good = [replica for replica in there if replica.is_thought_well_of()]
        self.candidates = good if len(good) >= self._panic * len(there) else there

    def thought_well_of(self) -> int:
        """How many the balancer would send to of its own accord; in a panic it sends to the others too."""
        return len([replica for replica in self.replicas[: self.size] if replica.is_thought_well_of()])

    def saw(self, replica: Replica, failed: bool, now: int) -> int:
        """The balancer learns how a request went. When this ejects the replica: until when; otherwise 0."""
        if not failed:
            replica.served += 1
        if self.outliers is None or not self.outliers.saw(replica, failed, now, self.size):
            return 0
        self.refresh()
        return replica.ejected_until

    def wake(self, now: int, queue_limit: int) -> int:
        """Does what is due: ejected replicas come back, checks are made. The time of the next check, or 0."""
        if self.outliers is not None:
            for replica in self.replicas:
                self.outliers.readmits(replica, now)
        following = 0
        if self.checks is not None and self.checks.due <= now:
            for replica in self.replicas[: self.size]:
                self.checks.look(replica, now, queue_limit)
            self.checks.next_round()
            following = self.checks.due
        self.refresh()
        return following

    def states(self, roster: Roster) -> list[ReplicaState]:
        """Each replica that has not been removed."""
        return [
            ReplicaState(
                replica.number,
                roster.zone(replica.number),
                replica.up,
                replica.healthy,
                replica.ejected_until > 0,
                replica.line.length,
                replica.busy,
            )
            for replica in self.replicas[: self.size]
        ]

    def words(self) -> list[int]:
        """The state of its replicas, for a digest."""
        words: list[int] = []
        for replica in self.replicas:
            words += replica.line.words()
            words += (replica.busy, replica.inside, replica.failures, replica.ejected_until, int(replica.healthy))
        return words

    def _grow(self, size: int, workers: int) -> None:
        for number in range(len(self.replicas), size):
            line = Line(self._spec.discipline, self._spec.codel)
            self.replicas.append(Replica(number, line, workers))

    def _forgive(self, replica: Replica) -> None:
        if self.outliers is not None:
            self.outliers.forget(replica)
        replica.trust()

    def _hand_over(self) -> None:
        for replica in [one for one in self.replicas if one.removed and one.line.length]:
            for visit in replica.line.take_all():
                place = self.choose(visit) or self.replicas[0]
                replica.inside -= 1
                place.inside += 1
                visit.replica = place.number
                place.line.put(visit, visit.station.priorities[visit.c])
