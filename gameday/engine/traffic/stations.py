"""Stations: a service at run time, with its queue, its workers and the parameters that effects change.

Owns the state of one service and its counters. Does not own what happens to a visit (`serving`, `lining`), how long its
work takes (`pace`), the places of a service that has several (`fleets`) or windows (`windows`).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.codes import OK, OUTCOMES, REFILL, STATION
from gameday.engine.traffic.mechanisms.door import Door
from gameday.engine.traffic.mechanisms.fleets import Fleet, Lines, SharedLine
from gameday.engine.traffic.mechanisms.replicas import ReplicaState
from gameday.engine.traffic.pace import Pace, ReplicaRow
from gameday.engine.traffic.specs import ServiceSpec
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.engine.traffic.edges import Edge
    from gameday.engine.traffic.following import Follower
    from gameday.engine.traffic.mechanisms.brokers import Broker
    from gameday.engine.traffic.mechanisms.stores import Store

__all__ = ["ReplicaRow", "Station"]


class Station(Pace):
    """One service. Lists that are indexed by class (`scale`, `delay`, `error`, `shed`) let an effect select a segment.

    `queue_limit`, `in_flight_limit` and those lists may be set at any time and hold for what happens after.
    Areas are sums of +t at each decrease and -t at each increase of a quantity N, so `area + N * now` is its integral
    from zero to now, exact in integers. Counters never go back.

    `line` is the queue where all visits are alike and share it. Where not, `lines` are the places at which they wait
    and work, and `waiting` holds those who wait; `queue` is whichever of the two there is, to be counted. `guarded` and
    `altered` are the one look that a station without mechanisms costs.
    """

    __slots__ = (
        "broker",
        "busy_area",
        "capacity",
        "capacity_area",
        "class_names",
        "door",
        "drops",
        "flight_area",
        "followers",
        "guarded",
        "held",
        "held_area",
        "hot_key",
        "in_flight_limit",
        "is_up",
        "kills",
        "lag_added",
        "late",
        "latencies",
        "line",
        "lost_writes",
        "minds_time",
        "name",
        "onward",
        "outcomes",
        "plans",
        "poison",
        "priorities",
        "queue",
        "queue_area",
        "queue_limit",
        "replica_of",
        "retried",
        "shed",
        "skip_expired",
        "spec",
        "stores",
        "successor",
        "thread",
        "visits",
        "waiting",
        "workers",
    )

    def __init__(self, spec: ServiceSpec, class_names: list[tuple[str, str]], agenda: Agenda) -> None:
        classes = len(class_names)
        super().__init__(spec, classes, agenda)
        self.spec = spec
        self.name = spec.name
        self.class_names = class_names
        self.thread = spec.kind == "thread"
        self.drops = spec.overflow == "drop"
        self.skip_expired = spec.skip_expired
        self.minds_time = spec.skip_expired  # or some of its callers tell it how long they wait
        self.queue_limit = spec.queue_limit
        self.in_flight_limit = spec.in_flight
        self.shed = [0.0] * classes
        self.plans: list[tuple[tuple[Edge, ...], ...]] = [()] * classes
        self.line: deque[Visit] = deque()
        self.waiting: dict[Visit, None] = {}
        self.queue: deque[Visit] | dict[Visit, None] = self.line
        self.priorities = [0] * classes
        self.visits: dict[Visit, None] = {}  # admitted and not ended, in order of admission
        self.workers = spec.workers
        self.capacity = spec.replicas * spec.workers
        self.busy_area = self.queue_area = self.flight_area = self.capacity_area = 0
        self.held = self.held_area = 0  # workers that wait for calls downstream
        self.hot_key = 0.0
        self.poison = 0.0
        self.lag_added = 0
        self.is_up = True  # some replica runs, in rotation or not
        self.door = Door(0.0, None) if spec.limit is None else Door(spec.limit.rate, spec.limit.burst)
        # What `consuming`, `replication` and `caching` put here. `onward`: it has a broker or followers, so successes
        # are passed on; `special`: messages or writes to take in come here, which are not like other visits.
        self.broker: Broker | None = None
        self.followers: list[Follower] = []
        self.replica_of: Follower | None = None
        self.successor: Station | None = None
        self.lost_writes = 0
        self.stores: list[Store] = []
        self.onward = False
        self.late = 0
        self.retried = 0
        self.kills = 0
        self.outcomes = [0] * len(OUTCOMES)
        self.latencies: list[int] = []
        self.guarded = False
        if spec.per_replica is not None:
            fleet = Fleet(spec, spec.per_replica)
            self._wait_in(fleet)
            if fleet.checks is not None:
                agenda.schedule(fleet.checks.due, STATION, self)
        elif spec.discipline != "fifo":
            self.use_lines()
        self.look_at_door()

    @property
    def in_flight(self) -> int:
        """Visits admitted and not ended."""
        return len(self.visits)

    def waits(self) -> int:
        """How many wait: at a queue with consumers the messages, at any other service the visits."""
        return len(self.queue) if self.broker is None else self.broker.backlog

    @property
    def arrived(self) -> int:
        """Attempts that arrived, refused ones too."""
        return sum(self.outcomes) + len(self.visits)

    @property
    def good(self) -> int:
        """Successes whose caller still waited; the others are `late`."""
        return self.outcomes[OK] - self.late

    @property
    def own_busy(self) -> int:
        """Workers at their own work: without those that are held while a thread waits for others."""
        return self.busy - self.held

    @property
    def own_busy_area(self) -> int:
        """The area of `own_busy`, which is what the metric `load` is made of."""
        return self.busy_area - self.held_area

    @property
    def certificate(self) -> float:
        """The share of callers who do not trust the service."""
        return self.door.certificate

    @certificate.setter
    def certificate(self, value: float) -> None:
        self.door.certificate = value
        self.look_at_door()

    @property
    def dns(self) -> float:
        """The share of attempts that do not find the service."""
        return self.door.dns

    @dns.setter
    def dns(self, value: float) -> None:
        self.door.dns = value
        self.look_at_door()

    @property
    def healthy(self) -> int:
        """Replicas that the balancer thinks well of, or without one those that run."""
        lines = self.lines
        return lines.thought_well_of() if isinstance(lines, Fleet) else self.replicas

    def replica_states(self) -> list[ReplicaState]:
        """Each replica, by number."""
        lines, roster = self.lines, self.roster
        if isinstance(lines, Fleet):
            return lines.states(roster)
        running = [False] * roster.size
        for number in roster.running:
            running[number] = True
        return [ReplicaState(n, roster.zone(n), up, up, False, None, None) for n, up in enumerate(running)]

    def set_capacity(
        self,
        replicas: int,
        workers: int,
        down: tuple[int, ...] = (),
        drained: tuple[int, ...] = (),
        each: list[int] | None = None,
    ) -> None:
        """From now on `replicas` of `workers` each, without those whose numbers are `down` or `drained`.

        Where they differ, replica n has `each[n]` of them.

        Running visits finish; none of either means that nothing starts. Replicas that did not run start now, and work
        slower at first where the service has to warm up. Raises ValueError when a number is negative.
        """
        if replicas < 0 or workers < 0:
            raise ValueError(f"{self.name}: replicas(={replicas}) and workers(={workers}) must be >= 0")
        agenda, roster = self._agenda, self.roster
        following = self.followers if self.replica_of is None else [self.replica_of, *self.followers]
        for follower in following:
            follower.ship()
        self.is_up = any(number not in down for number in range(replicas))
        roster.set(replicas, down, agenda.now, drained)
        replicas = len(roster.running)
        by_number = [workers] * roster.size if each is None else each
        capacity = sum([by_number[number] for number in roster.running])
        self.capacity_area += (self.capacity - capacity) * agenda.now
        self.replicas, self.workers, self.capacity = replicas, workers, capacity
        if self.lines is not None:
            self.lines.set_capacity(roster, by_number)
        self._warm()
        self.look_at_door()
        if self.queue:
            agenda.schedule(agenda.now, REFILL, self)
        for follower in following:
            follower.look()

    def set_limit(self, rate: float) -> None:
        """From now on at most `rate` requests a second are let in; 0: as many as come."""
        self.door.set_limit(rate, self._agenda.now)
        self.look_at_door()

    def set_limits(self, rates: list[float] | None) -> None:
        """From now on replica n lets in at most `rates[n]` a second, with all that have this limit; None: all alike."""
        self.door.set_limits(rates, self._agenda.now)
        self.look_at_door()

    def set_priorities(self, priorities: list[int]) -> None:
        """Which priority each class has; the lowest number is served first. Before anybody has come."""
        self.priorities = priorities
        if min(priorities) < max(priorities) and self.lines is None:
            self.use_lines()

    def use_lines(self) -> None:
        """Give the shared queue a line that can be left, and that serves by discipline and priority."""
        shared = SharedLine(self.spec, self.capacity)
        place = shared.place
        place.busy, place.inside = self.busy, len(self.visits)
        self._wait_in(shared)
        for visit in self.line:
            self.waiting[visit] = None
            place.line.put(visit, self.priorities[visit.c])
        self.line.clear()

    def words(self) -> list[int]:
        """The state of its mechanisms, for a digest; none where it has none."""
        lines, words = self.lines, self.door.words()
        if isinstance(lines, Fleet):
            words += lines.words()
        elif lines is not None and self.spec.discipline == "codel":
            words += lines.places()[0].line.words()
        if self.broker is not None:
            words += self.broker.words()
        if self.replica_of is not None:
            words += self.replica_of.words()
        elif self.lost_writes:
            words.append(self.lost_writes)
        if self.warm_up is not None:
            words += (self.cold_until, *self.roster.started)
        return words

    def _wait_in(self, lines: Lines) -> None:
        self.lines = lines
        self.queue = self.waiting
        self.look_at_door()

    def look_at_door(self) -> None:
        """What guards the station may have changed."""
        self.guarded = (
            not self.replicas or self.lines is not None or self.broker is not None or not self.door.stands_open
        )
