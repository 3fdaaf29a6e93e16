"""Visits at a service with lines of its own: sent to a place, waiting in its line, served, dropped, gone.

Owns what `serving` does for one plain queue, for everything else: a queue for each replica, disciplines, priorities,
lines that visits leave. Does not own the choice of the place (`fleets`) or the order in a line (`disciplines`).
"""

from __future__ import annotations

from abc import abstractmethod

from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.codes import (
    ABANDONED,
    CANCELLED,
    DOWN,
    EXPIRED,
    LIMITED,
    OK,
    OVERDUE,
    QUEUED,
    REFUSED,
    STATION,
    TIMEOUT,
)
from gameday.engine.traffic.mechanisms.fleets import Fleet, Lines
from gameday.engine.traffic.mechanisms.replicas import Place, Replica
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit

_CALLERS_OWN = (EXPIRED, CANCELLED, ABANDONED)
"""Ends that say nothing about the replica."""


class Lining(Agenda):
    """What happens to visits in lines. All times in µs."""

    @abstractmethod
    def _answer(self, visit: Visit, outcome: int) -> None:
        """The caller learns how its attempt ended, or decides that it has."""

    @abstractmethod
    def _refuse(self, visit: Visit, station: Station, cause: int, *, silently: bool) -> None:
        """The visit is turned away as it comes."""

    @abstractmethod
    def _start(self, visit: Visit, station: Station) -> None:
        """A worker begins with it."""

    @abstractmethod
    def _leave(self, visit: Visit, station: Station, cause: int) -> None:
        """An admitted visit goes without having ended its work."""

    def _join(self, visit: Visit, station: Station, lines: Lines) -> None:
        """An attempt that the service lets in comes to a place, and is served, waits or is refused there."""
        place = lines.choose(visit)
        if place is None or (not place.workers and isinstance(place, Replica)):
            if isinstance(place, Replica):
                self._balancer_sees(station, place, DOWN)
            self._refuse(visit, station, DOWN, silently=False)
            return
        if isinstance(place, Replica) and not station.door.lets_in_at(place.number, self.now):
            self._refuse(visit, station, LIMITED, silently=False)
            return
        displaced: Visit | None = None
        if not place.has_room(station.queue_limit, station.in_flight_limit):
            displaced = place.line.displace(station.priorities[visit.c])
            if displaced is None:
                if isinstance(place, Replica):
                    self._balancer_sees(station, place, REFUSED)
                self._refuse(visit, station, REFUSED, silently=station.drops)
                return
            self._take_from_queue(displaced, station)
            self._leave(displaced, station, REFUSED)
        self._admit(visit, station, place)
        if displaced is not None:
            self._tell_dropped(displaced, station, REFUSED)

    def _admit(self, visit: Visit, station: Station, place: Place) -> None:
        visit.replica = place.number
        station.visits[visit] = None
        station.flight_area -= self.now
        place.inside += 1
        if place.has_free_worker():
            place.busy += 1
            self._start(visit, station)
            return
        visit.state = QUEUED
        station.waiting[visit] = None
        station.queue_area -= self.now
        place.line.put(visit, station.priorities[visit.c])
        if visit.span is not None:
            visit.span.arrived = self.now

    def _refill_lines(self, station: Station, lines: Lines) -> None:
        for place in lines.places():
            self._refill_place(station, place)

    def _refill_place(self, station: Station, place: Place) -> None:
        """Free workers take from the line. Who is dropped on the way is told when all have been given something."""
        dropped: list[Visit] = []
        line = place.line
        while line.length and place.busy < place.workers:
            visit = line.take(self.now, dropped)
            if visit is None:
                break
            self._take_from_queue(visit, station)
            if station.minds_time and (cause := self._too_late(visit, station)):
                self._leave(visit, station, cause)
            else:
                place.busy += 1
                self._start(visit, station)
        for visit in dropped:
            self._take_from_queue(visit, station)
            self._leave(visit, station, OVERDUE)
        for visit in dropped:
            self._tell_dropped(visit, station, OVERDUE)

    def _too_late(self, visit: Visit, station: Station) -> int:
        """Why a visit is not worth starting, where the service can tell; OK if it is."""
        if visit.expired(self.now):
            return EXPIRED
        return TIMEOUT if station.skip_expired and not visit.caller_waits() else OK

    def _hand_back(self, visit: Visit, station: Station, lines: Lines) -> None:
        """The worker that was held for this visit is free."""
        place = lines.place_of(visit)
        place.busy -= 1
        if place.line.length:
            self._refill_place(station, place)

    def _end_in_lines(self, visit: Visit, station: Station, lines: Lines, outcome: int, *, held: bool) -> None:
        """A visit is over; `held`: its thread was waiting for calls, if it has one."""
        self._step_out(visit, station, lines, outcome)
        if station.thread:
            station.busy -= 1
            station.busy_area += self.now
            if held:
                station.held -= 1
                station.held_area += self.now
            self._hand_back(visit, station, lines)

    def _step_out(self, visit: Visit, station: Station, lines: Lines, outcome: int) -> None:
        """An admitted visit has ended at its place."""
        place = lines.place_of(visit)
        place.inside -= 1
        if visit.open and isinstance(place, Replica):
            self._balancer_sees(station, place, outcome)

    def _take_from_queue(self, visit: Visit, station: Station) -> None:
        del station.waiting[visit]
        station.queue_area += self.now

    def _tell_dropped(self, visit: Visit, station: Station, cause: int) -> None:
        edge = visit.edge
        if visit.open and (not station.drops or (edge is not None and not edge.sync)):
            self._answer(visit, cause)

    def _note_silence(self, visit: Visit) -> None:
        """The caller stopped waiting for this one: to the balancer that is a failure of its replica."""
        station = visit.station
        lines = station.lines
        if lines is not None and visit in station.visits:
            place = lines.place_of(visit)
            if isinstance(place, Replica):
                self._balancer_sees(station, place, TIMEOUT)

    def _balancer_sees(self, station: Station, replica: Replica, outcome: int) -> None:
        fleet = station.lines
        if isinstance(fleet, Fleet) and outcome not in _CALLERS_OWN:
            until = fleet.saw(replica, outcome != OK, self.now)
            if until:
                self.schedule(until, STATION, station)

    def _station_due(self, station: Station) -> None:
        """Something of the service's own is due: checks, or ejected replicas that come back."""
        fleet = station.lines
        if isinstance(fleet, Fleet):
            following = fleet.wake(self.now, station.queue_limit)
            if following:
                self.schedule(following, STATION, station)
