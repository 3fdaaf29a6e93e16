"""The service's side of a visit: admitted or refused, waiting, served, ended or killed.

Owns what a station does with visits. Does not own lines that are more than one plain queue (`lining`), calls downstream
and answers (`calling`) or demand (`clients`).
"""

from __future__ import annotations

from abc import abstractmethod
from heapq import heappush

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.codes import (
    CALLING,
    CANCELLED,
    CERTIFICATE,
    DNS,
    DOOMED,
    DOWN,
    ENDED,
    ERROR,
    FAILING,
    KILL,
    KILLED,
    LAUNCHING,
    LIMITED,
    OK,
    OUTCOMES,
    QUEUED,
    REFUSED,
    SHED,
    SHEDDING,
    TRAVELLING,
    WORK_DONE,
    WORKING,
)
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.lining import Lining
from gameday.engine.traffic.mechanisms.fleets import Fleet
from gameday.engine.traffic.sampling import Sampler
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit


class Serving(Lining):
    """What happens to visits at stations, one method for each thing that can happen."""

    def __init__(self, sampler: Sampler) -> None:
        super().__init__()
        self.sampler = sampler
        self.services: dict[str, Station] = {}
        self.doom: tuple[Edge, int] | None = None  # which call, and how it failed, has doomed whoever is launching now

    @abstractmethod
    def _next_stage(self, visit: Visit) -> None:
        """The visit's own work is done, or a stage of its calls is: go on."""

    @abstractmethod
    def _call_off(self, visit: Visit) -> None:
        """A visit is over before its calls are."""

    @abstractmethod
    def _pass_on(self, visit: Visit, station: Station) -> None:
        """A visit has succeeded where others want to know: at a queue, or at a database with replicas."""

    def _arrive(self, visit: Visit) -> None:
        now, station = self.now, visit.station
        visit.arrived = now
        if station.guarded and self._is_dealt_with(visit, station):
            return
        shed = station.shed[visit.c]
        if shed and uniform(mix(visit.key, SHEDDING)) < shed:
            self._refuse(visit, station, SHED, silently=False)
            return
        limit = station.in_flight_limit
        free = station.busy < station.capacity and not station.line
        if (limit is not None and len(station.visits) >= limit) or not (
            free or len(station.line) < station.queue_limit
        ):
            self._refuse(visit, station, REFUSED, silently=station.drops)
            return
        station.visits[visit] = None
        station.flight_area -= now
        if free:
            self._start(visit, station)
        else:
            visit.state = QUEUED
            station.line.append(visit)
            station.queue_area -= now
            if visit.span is not None:
                visit.span.arrived = now

    def _is_dealt_with(self, visit: Visit, station: Station) -> bool:
        """Whether a guarded station has turned the visit away at its door, or has put it in a line."""
        cause, door, edge = OK, station.door, visit.edge
        if door.dns and (edge is None or edge.plain) and not door.is_found_by(visit):
            cause = DNS  # on edges that are not plain it was looked up before it left
        elif not station.replicas:
            cause = DOWN
        elif not door.is_trusted_by(visit):
            cause = CERTIFICATE
        elif station.shed[visit.c] and uniform(mix(visit.key, SHEDDING)) < station.shed[visit.c]:
            cause = SHED
        elif not self._is_within_limit(visit, station):
            cause = LIMITED
        if cause != OK:
            self._refuse(visit, station, cause, silently=False)
            return True
        if station.broker is not None and station.broker.is_full():
            self._refuse(visit, station, REFUSED, silently=station.drops)
            return True
        lines = station.lines
        if lines is None:
            return False
        self._join(visit, station, lines)
        return True

    def _is_within_limit(self, visit: Visit, station: Station) -> bool:
        """Whether the limit has room; where replicas differ, each of those behind a balancer says so itself."""
        door = station.door
        if not door.knows_replicas:
            return door.lets_in(self.now)
        return isinstance(station.lines, Fleet) or door.lets_in_at(station.number_of(visit), self.now)

    def _refuse(self, visit: Visit, station: Station, cause: int, *, silently: bool) -> None:
        """It is turned away as it comes; who does not find the service, or does not trust it, sends it no request."""
        visit.state = ENDED
        edge = visit.edge
        if cause != DOWN and cause != DNS:
            self.sampler.note(station, None, cause, 0, visit, self.now)
        if cause != DNS and cause != CERTIFICATE:
            station.outcomes[cause] += 1
            if visit.span is not None:
                visit.span.arrived = self.now
        elif edge is not None:
            edge.unsent += 1
        if visit.span is not None:
            self.sampler.close(visit.span, self.now, OUTCOMES[cause])
        if visit.open and (not silently or (edge is not None and not edge.sync)):
            self._answer(visit, cause)

    def _start(self, visit: Visit, station: Station) -> None:
        now = self.now
        visit.state = WORKING
        station.busy += 1
        station.busy_area -= now
        work = station.work_of(visit)
        if visit.span is not None:
            self.sampler.begin_work(visit.span, visit, now, work)
        self.sequence = sequence = self.sequence + 1
        heappush(self.heap, (now + work, sequence, WORK_DONE, visit))

    def _work_done(self, visit: Visit) -> None:
        if visit.state != WORKING:
            return
        station = visit.station
        if not station.thread:
            visit.state = CALLING
            station.busy -= 1
            station.busy_area += self.now
            if station.line:
                self._refill(station)
            elif station.lines is not None:
                self._hand_back(visit, station, station.lines)
                if visit.state == ENDED:
                    return  # who was dropped from the line had the same caller, which failed and took this one back
        error = station.error_of(visit) if station.altered else station.error[visit.c]
        if error and uniform(mix(visit.key, FAILING)) < error:
            self._end(visit, ERROR)
            return
        if station.plans[visit.c]:
            if station.thread:
                station.held += 1
                station.held_area -= self.now
            visit.stage = 0
            self._next_stage(visit)
        else:
            self._end(visit, OK)

    def _end(self, visit: Visit, outcome: int, failed_call: tuple[Edge, int] | None = None) -> None:
        """The visit is over at its service, which frees what it held; whoever still waits for it is told.

        `failed_call` is the edge, and the outcome, of the call without which it could not succeed.
        """
        now, station = self.now, visit.station
        state, visit.state = visit.state, ENDED
        del station.visits[visit]
        station.flight_area += now
        station.outcomes[outcome] += 1
        if outcome == OK:
            station.latencies.append(now - visit.arrived)
            parent = visit.parent
            if not visit.open or (parent is not None and parent.state == ENDED):
                station.late += 1
            if station.onward:
                self._pass_on(visit, station)
        else:
            self._note_failure(visit, station, outcome, failed_call)
        if visit.span is not None:
            self.sampler.close(visit.span, now, OUTCOMES[outcome])
        if station.lines is not None:
            self._end_in_lines(visit, station, station.lines, outcome, held=state != WORKING)
        elif station.thread:
            if state != WORKING:
                station.held -= 1
                station.held_area += now
            station.busy -= 1
            station.busy_area += now
            if station.line:
                self._refill(station)
        if visit.open:
            self._answer(visit, outcome)

    def _note_failure(self, visit: Visit, station: Station, outcome: int, failed_call: tuple[Edge, int] | None) -> None:
        now = self.now
        self.sampler.note(station, None, outcome, now - visit.arrived, visit, now, failed_call)
        if visit.pending > 1:  # not only the call that has failed
            self._call_off(visit)

    def _refill(self, station: Station) -> None:
        """Free workers take from the queue, and pass by work whose caller has given up where the service can tell."""
        now, queue, lines = self.now, station.line, station.lines
        if lines is not None:
            self._refill_lines(station, lines)
            return
        while queue and station.busy < station.capacity:
            visit = queue.popleft()
            station.queue_area += now
            if station.minds_time and (cause := self._too_late(visit, station)):
                self._leave(visit, station, cause)
            else:
                self._start(visit, station)

    def _leave(self, visit: Visit, station: Station, cause: int) -> None:
        """A visit goes without having ended its work."""
        now = self.now
        if station.lines is not None:
            self._step_out(visit, station, station.lines, cause)
        visit.state = ENDED
        del station.visits[visit]
        station.flight_area += now
        station.outcomes[cause] += 1
        self.sampler.note(station, None, cause, now - visit.arrived, visit, now)
        if visit.span is not None:
            self.sampler.close(visit.span, now, OUTCOMES[cause])

    def _let_go(self, visit: Visit, station: Station) -> None:
        """What an admitted visit holds, its turn in a line or a worker, is free. Nobody is given it yet."""
        now, lines = self.now, station.lines
        if visit.state == QUEUED:
            station.queue_area += now
            if lines is not None:
                del station.waiting[visit]
                lines.place_of(visit).line.discard(station.priorities[visit.c])
            return
        if station.thread and visit.state != WORKING:
            station.held -= 1
            station.held_area += now
        if station.thread or visit.state == WORKING:
            station.busy -= 1
            station.busy_area += now
            if lines is not None:
                lines.place_of(visit).busy -= 1

    def _leave_line(self, visit: Visit, outcome: int) -> None:
        """Who still waits in line leaves it at once, and whoever waits for it is told. Otherwise nothing happens."""
        station = visit.station
        if visit.state != QUEUED:
            return
        if station.lines is None:
            station.use_lines()
        self._let_go(visit, station)
        self._leave(visit, station, outcome)
        if visit.open:
            self._answer(visit, outcome)

    def _cancel(self, visit: Visit) -> None:
        """Its caller takes it back: it leaves its line or worker at once, and takes back what it asked of others."""
        station, state = visit.station, visit.state
        if state == LAUNCHING:
            visit.state = DOOMED  # it ends as soon as all its calls are out
        elif state == TRAVELLING:
            visit.state = ENDED
            if visit.span is not None:
                self.sampler.close(visit.span, self.now, OUTCOMES[CANCELLED])
        elif state in (QUEUED, WORKING, CALLING):
            if state == QUEUED and station.lines is None:
                station.use_lines()
            self._let_go(visit, station)
            self._leave(visit, station, CANCELLED)
            if visit.pending:
                self._call_off(visit)
            if state != QUEUED:
                self._refill(station)

    def kill(self, service: str, share: float = 1.0) -> None:
        """Every visit of the service, waiting or running, dies with probability `share`; callers know at once."""
        station = self.services[service]
        station.kills += 1
        for store in station.stores:
            store.lose(share, station.kills)
        if share >= 1.0:
            station.restarted(station.roster.running)
        self._kill(
            station,
            [visit for visit in station.visits if share >= 1.0 or _drawn_to_die(visit, station.kills, share)],
        )

    def kill_replicas(self, service: str, numbers: tuple[int, ...], running: tuple[int, ...] | None = None) -> None:
        """What waits or runs at these replicas dies, and they start anew. `running` served until now (None: they do).

        Where replicas share a queue nobody knows what is where: then every visit dies with the probability that its
        replica was one of these. What is there was at those that served, unless none did.
        """
        station = self.services[service]
        there = [number for number in numbers if number < station.roster.size]
        served = list(station.roster.running if running is None else running) or list(range(station.roster.size))
        share = len([number for number in there if number in served]) / max(1, len(served))
        if not isinstance(station.lines, Fleet):
            if share:
                self.kill(service, share)
            station.restarted(there)
            return
        station.kills += 1
        for store in station.stores:
            store.lose(share, station.kills)
        station.restarted(there)
        self._kill(station, [visit for visit in station.visits if visit.replica in numbers])

    def _kill(self, station: Station, killed: list[Visit]) -> None:
        for visit in killed:
            self._let_go(visit, station)
            self._leave(visit, station, KILLED)
        if station.lines is None:
            left = [visit for visit in station.line if visit.state == QUEUED]
            station.line.clear()
            station.line.extend(left)
        self._refill(station)
        for visit in killed:
            if visit.pending:
                self._call_off(visit)
            if visit.open:
                self._answer(visit, KILLED)


def _drawn_to_die(visit: Visit, kill: int, share: float) -> bool:
    # By the number of the kill: who survived one must not be safe from the next.
    return uniform(mix(mix(visit.key, KILL), kill)) < share
