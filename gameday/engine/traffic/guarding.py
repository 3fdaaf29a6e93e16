"""Attempts on edges that are not plain: admitted or turned away, waiting for a connection, hedged, taken back.

Owns what mechanisms of the caller do to an attempt on its way and when its outcome is known. Does not own retries and
fallbacks (`calling`) or what each mechanism decides by (`breakers`, `throttles`, `guards`, `pools`, `hedges`).

The order is: nothing left of the deadline, breaker, throttle, limit, connection. An attempt's timeout runs from when it
asks for a connection. What is given up on frees its connection at once, and its callee's work where the edge cancels;
being taken back travels in no time. A visit that fails or is killed gives up on all that it still waits for.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.attempts import CONNECTED, HEDGED, NEVER, WAITING, Attempt, deadline_of
from gameday.engine.traffic.codes import (
    ARRIVE,
    AUTHORIZE,
    CANCELLED,
    DEADLINE,
    DNS,
    DOOMED,
    ENDED,
    EXPIRED,
    GUARD,
    LOSS,
    OK,
    OUTCOMES,
    POOL,
    TIMEOUT,
    TRAVELLING,
    UNAUTHORIZED,
)
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.mechanisms.pools import ConnectionPool
from gameday.engine.traffic.serving import Serving
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.core.draws import Key


class Guarding(Serving):
    """What happens to attempts on edges with mechanisms."""

    @abstractmethod
    def _fetch_called_off(self, edge: Edge, call_key: Key) -> None:
        """A call whose visit is over was perhaps a fetch that others wait for."""

    def _send_guarded(self, edge: Edge, parent: Visit, call_key: Key, number: int, first: Attempt | None) -> None:
        """An attempt on an edge that is not plain; `first` is the one that it hedges."""
        now, sync, split = self.now, edge.sync, edge.split
        callee = edge.callee if split is None else split.side_of(parent, edge.callee)
        attempt = Attempt(callee, parent.c, edge, parent if sync else None, call_key, number, now)
        attempt.row = edge.row_of(parent)
        edge.sent += 1
        if parent.span is not None:
            self.sampler.follow(attempt, parent.span)
        if first is not None:
            attempt.first, first.twin = first, attempt
            attempt.sent = first.sent
        if sync:
            self._set_due(attempt, edge, parent)
            if attempt.due <= now:
                self._turn_away(attempt, edge, EXPIRED)
                return
        refusal = edge.admit(attempt, now)
        if refusal != OK:
            self._turn_away(attempt, edge, refusal)
            return
        if sync:
            if edge.tracks:
                edge.waited_for.setdefault(parent, []).append(attempt)
            self._wait_for_answer(attempt, edge)
        pool = edge.pool
        if pool is None:
            self._travel(attempt, edge)
            return
        pool.ask(attempt)
        self._lend(pool)
        if attempt.link == WAITING and pool.wait != NEVER:
            attempt.wait_until = now + pool.wait
            self.schedule(attempt.wait_until, GUARD, attempt)

    def _set_due(self, attempt: Attempt, edge: Edge, parent: Visit) -> None:
        """When the caller gives up: at its timeout, for a hedge that of the first, and where deadlines travel never
        later than whoever waits for the caller."""
        first, deadlines = attempt.first, edge.deadlines if attempt.row is None else attempt.row.deadlines
        attempt.due = attempt.sent + deadlines.timeout if first is None else first.due
        if edge.spec.deadline:
            attempt.due = min(attempt.due, deadline_of(parent))
            attempt.deadline = attempt.due

    def _wait_for_answer(self, attempt: Attempt, edge: Edge) -> None:
        """Whatever ends the wait is put in the agenda: the timeout or something sooner, and when to hedge."""
        deadlines, hedging = edge.deadlines if attempt.row is None else attempt.row.deadlines, edge.hedging
        if attempt.first is None and attempt.due == attempt.sent + deadlines.timeout:
            deadlines.visits.append(attempt)
            if not deadlines.armed:
                deadlines.armed = True
                self.schedule(attempt.due, DEADLINE, deadlines)
        else:
            self.schedule(attempt.due, GUARD, attempt)
        if hedging is not None and attempt.first is None:
            hedging.count_call()
            if attempt.sent + hedging.after < attempt.due:
                self.schedule(attempt.sent + hedging.after, GUARD, attempt)

    def _turn_away(self, attempt: Attempt, edge: Edge, outcome: int) -> None:
        """It ends without having left its caller."""
        attempt.state = ENDED
        edge.unsent += 1
        if attempt.span is not None:
            self.sampler.close(attempt.span, self.now, OUTCOMES[outcome])
        self._answer(attempt, outcome)

    def _travel(self, attempt: Attempt, edge: Edge) -> None:
        """It leaves its caller, if that finds the callee: to be lost, to arrive later, or to arrive at once."""
        if not attempt.station.door.is_found_by(attempt):
            self._refuse(attempt, attempt.station, DNS, silently=False)
            return
        loss, latency = (edge.loss, edge.latency) if attempt.row is None else (attempt.row.loss, attempt.row.latency)
        if loss and uniform(mix(attempt.key, LOSS)) < loss:
            attempt.state = ENDED
            if attempt.span is not None:
                self.sampler.close(attempt.span, self.now, "lost")
            if not edge.sync:
                edge.outcomes[TIMEOUT] += 1
                self._settle(attempt, edge, TIMEOUT)
        elif latency:
            self.schedule(self.now + latency, ARRIVE, attempt)
        else:
            self._reach(attempt)

    def _reach(self, visit: Visit) -> None:
        """It comes to the callee, unless it was taken back on its way. Credentials are looked at before all else."""
        if visit.state != TRAVELLING:
            return
        station = visit.station
        if visit.expired(self.now):
            visit.arrived = self.now
            self._refuse(visit, station, EXPIRED, silently=True)
        elif station.replicas and self._is_unauthorized(visit):
            visit.arrived = self.now
            self._refuse(visit, station, UNAUTHORIZED, silently=False)
        else:
            self._arrive(visit)

    def _is_unauthorized(self, visit: Visit) -> bool:
        edge = visit.edge
        share = 0.0 if edge is None else edge.unauthorized
        if isinstance(visit, Attempt) and visit.row is not None:
            share = visit.row.unauthorized
        return share > 0.0 and uniform(mix(visit.key, AUTHORIZE)) < share

    def _guard_due(self, subject: Attempt | ConnectionPool) -> None:
        """Something that an attempt waited for has come, or a pool has grown."""
        if isinstance(subject, ConnectionPool):
            self._lend(subject)
            return
        now, edge = self.now, subject.edge
        if edge is None or not subject.open:
            return
        if now >= subject.due and not subject.deferred:
            # Who waits for the caller gives up before the caller does.
            subject.deferred = True
            self.schedule(now, GUARD, subject)
        elif now >= subject.due or (subject.link == WAITING and now >= subject.wait_until):
            self._give_up(subject)
        elif edge.hedging is not None and subject.first is None and now == subject.sent + edge.hedging.after:
            self._hedge(subject, edge)

    def _give_up(self, visit: Visit) -> None:
        """The caller has waited long enough: for the answer, or for a connection."""
        if isinstance(visit, Attempt):
            if visit.twin is not None:
                self._give_up(visit.twin)  # before it could take over what the first one held
            if visit.link == WAITING and visit.edge is not None:
                self._turn_away(visit, visit.edge, POOL)
                return
        if visit.span is not None:
            visit.span.gave_up = self.now
        if visit.station.lines is not None:
            self._note_silence(visit)
        self._answer(visit, TIMEOUT)

    def _hedge(self, first: Attempt, edge: Edge) -> None:
        """No answer yet: the same once more, unless it has not even been sent or its visit is over."""
        parent, hedging = first.parent, edge.hedging
        if parent is None or hedging is None or first.link == WAITING or parent.state in (ENDED, DOOMED):
            return
        if hedging.allow():
            self._send_guarded(edge, parent, first.call_key, HEDGED + first.attempt, first)

    def _lend(self, pool: ConnectionPool) -> None:
        """Who waits for a connection gets what is free."""
        if pool.sending:
            return  # the loop below, further up the stack, goes on with what has come free meanwhile
        pool.sending = True
        attempt = pool.lend()
        while attempt is not None:
            if attempt.span is not None and self.now > attempt.sent:
                self.sampler.tell(attempt.span, self.now, "a connection came free")
            if attempt.edge is not None:
                self._travel(attempt, attempt.edge)
            attempt = pool.lend()
        pool.sending = False

    def _settle(self, visit: Visit, edge: Edge, outcome: int) -> bool:
        """An attempt is over for its caller. Whether its call is decided by that: not while a twin is on its way."""
        if not isinstance(visit, Attempt):
            return True
        parent = visit.parent
        if visit.admitted:
            edge.learn(visit, outcome, self.now)
        if edge.waited_for and parent is not None:
            _forget(edge.waited_for, parent, visit)
        if outcome == CANCELLED and visit.span is not None:
            visit.span.gave_up = self.now
        if visit.state != ENDED and (edge.spec.cancels or visit.link == WAITING):
            edge.unsent += visit.link == WAITING
            self._cancel(visit)
        pool = edge.pool
        if pool is not None and visit.link in (WAITING, CONNECTED):
            pool.leave(visit)
            if pool.waiting:
                self._lend(pool)
        return self._decides(visit, outcome)

    def _decides(self, attempt: Attempt, outcome: int) -> bool:
        """Of two twins the first success decides, and the other is taken back; or else the last failure."""
        first = attempt.first
        other = attempt.twin if first is None else first
        if first is not None:
            first.twin = None
        if outcome == CANCELLED:
            return False
        if other is None or not other.open:
            return True
        if outcome == OK:
            self._answer(other, CANCELLED)
            return True
        return False

    def _call_off(self, visit: Visit) -> None:
        """A visit is over before its calls are: where edges keep track, it gives up on them."""
        for stage in visit.station.plans[visit.c]:
            for edge in stage:
                if not edge.waited_for:
                    continue
                for attempt in edge.waited_for.pop(visit, ()):
                    if attempt.open:
                        self._answer(attempt, CANCELLED)
                        if attempt.twin is None:
                            self._fetch_called_off(edge, attempt.call_key)


def _forget(waited_for: dict[Visit, list[Attempt]], parent: Visit, attempt: Attempt) -> None:
    attempts = waited_for.get(parent)
    if attempts is not None and attempt in attempts:
        attempts.remove(attempt)
        if not attempts:
            del waited_for[parent]
