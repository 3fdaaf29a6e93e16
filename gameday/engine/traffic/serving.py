"""The service's side of a visit: admitted or refused, waiting, served, ended or killed.

Owns what a station does with visits. Does not own calls downstream and answers (`calling`) or demand (`clients`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from heapq import heappush

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.codes import (
    CALLING,
    DOWN,
    ENDED,
    ERROR,
    FAILING,
    KILL,
    KILLED,
    OK,
    OUTCOMES,
    QUEUED,
    REFUSED,
    SHED,
    SHEDDING,
    TIMEOUT,
    WORK_DONE,
    WORKING,
)
from gameday.engine.traffic.sampling import Sampler
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit


class Serving(Agenda):
    """What happens to visits at stations, one method for each thing that can happen."""

    def __init__(self, sampler: Sampler) -> None:
        super().__init__()
        self.sampler = sampler
        self.services: dict[str, Station] = {}

    @abstractmethod
    def _next_stage(self, visit: Visit) -> None:
        """The visit's own work is done, or a stage of its calls is: go on."""

    @abstractmethod
    def _answer(self, visit: Visit, outcome: int) -> None:
        """The caller learns how its attempt ended, or decides that it has."""

    def _arrive(self, visit: Visit) -> None:
        now, station = self.now, visit.station
        visit.arrived = now
        if not station.replicas:
            self._refuse(visit, station, DOWN, silently=False)
            return
        shed = station.shed[visit.c]
        if shed and uniform(mix(visit.key, SHEDDING)) < shed:
            self._refuse(visit, station, SHED, silently=False)
            return
        limit = station.in_flight_limit
        free = station.busy < station.capacity and not station.queue
        if (limit is not None and len(station.visits) >= limit) or not (
            free or len(station.queue) < station.queue_limit
        ):
            self._refuse(visit, station, REFUSED, silently=station.drops)
            return
        station.visits[visit] = None
        station.flight_area -= now
        if free:
            self._start(visit, station)
        else:
            visit.state = QUEUED
            station.queue.append(visit)
            station.queue_area -= now
            if visit.span is not None:
                visit.span.arrived = now

    def _refuse(self, visit: Visit, station: Station, cause: int, *, silently: bool) -> None:
        visit.state = ENDED
        station.outcomes[cause] += 1
        if cause != DOWN:
            self.sampler.note(station.name, None, cause, 0, len(station.queue), visit, self.now)
        if visit.span is not None:
            visit.span.arrived = self.now
            self.sampler.close(visit.span, self.now, OUTCOMES[cause])
        edge = visit.edge
        if not silently or (edge is not None and not edge.sync):
            self._answer(visit, cause)

    def _start(self, visit: Visit, station: Station) -> None:
        now = self.now
        visit.state = WORKING
        station.busy += 1
        station.busy_area -= now
        work = station.work_of(visit)
        if visit.span is not None:
            visit.span.arrived, visit.span.started, visit.span.work = visit.arrived, now, work
        self.sequence = sequence = self.sequence + 1
        heappush(self.heap, (now + work, sequence, WORK_DONE, visit))

    def _work_done(self, visit: Visit) -> None:
        if visit.state != WORKING:
            return
        station = visit.station
        if not station.thread:
            visit.state = CALLING
            self._release(station)
        error = station.error[visit.c]
        if error and uniform(mix(visit.key, FAILING)) < error:
            self._end(visit, ERROR)
            return
        if station.plans[visit.c]:
            visit.stage = 0
            self._next_stage(visit)
        else:
            self._end(visit, OK)

    def _end(self, visit: Visit, outcome: int) -> None:
        """The visit is over at its service, which frees what it held; whoever still waits for it is told."""
        now, station = self.now, visit.station
        visit.state = ENDED
        del station.visits[visit]
        station.flight_area += now
        station.outcomes[outcome] += 1
        if outcome == OK:
            station.latencies.append(now - visit.arrived)
            parent = visit.parent
            if not visit.open or (parent is not None and parent.state == ENDED):
                station.late += 1
        else:
            self.sampler.note(station.name, None, outcome, now - visit.arrived, len(station.queue), visit, now)
        if visit.span is not None:
            self.sampler.close(visit.span, now, OUTCOMES[outcome])
        if station.thread:
            station.busy -= 1
            station.busy_area += now
            if station.queue:
                self._refill(station)
        if visit.open:
            self._answer(visit, outcome)

    def _release(self, station: Station) -> None:
        station.busy -= 1
        station.busy_area += self.now
        if station.queue:
            self._refill(station)

    def _refill(self, station: Station) -> None:
        """Free workers take from the queue, and pass by work whose caller has given up where the service can tell."""
        now, queue = self.now, station.queue
        while queue and station.busy < station.capacity:
            visit = queue.popleft()
            station.queue_area += now
            if station.skip_expired and not visit.caller_waits():
                self._leave(visit, station, TIMEOUT)
            else:
                self._start(visit, station)

    def _leave(self, visit: Visit, station: Station, cause: int) -> None:
        """A visit goes without having ended its work."""
        now = self.now
        visit.state = ENDED
        del station.visits[visit]
        station.flight_area += now
        station.outcomes[cause] += 1
        if visit.span is not None:
            self.sampler.close(visit.span, now, OUTCOMES[cause])

    def kill(self, service: str, share: float = 1.0) -> None:
        """Every visit of the service, waiting or running, dies with probability `share`; callers know at once."""
        station = self.services[service]
        station.kills += 1
        killed = [visit for visit in station.visits if share >= 1.0 or _drawn_to_die(visit, station.kills, share)]
        for visit in killed:
            if visit.state == QUEUED:
                station.queue_area += self.now
            elif station.thread or visit.state == WORKING:
                station.busy -= 1
                station.busy_area += self.now
            self._leave(visit, station, KILLED)
        station.queue = deque(visit for visit in station.queue if visit.state == QUEUED)
        self._refill(station)
        for visit in killed:
            if visit.open:
                self._answer(visit, KILLED)


def _drawn_to_die(visit: Visit, kill: int, share: float) -> bool:
    # By the number of the kill: who survived one must not be safe from the next.
    return uniform(mix(mix(visit.key, KILL), kill)) < share
