"""The caller's side: the stages of a visit's calls, attempts with their deadlines, retries, fallbacks.

Owns what a caller makes of an attempt. Does not own what the service does with it (`serving`).
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.attempts import Attempt
from gameday.engine.traffic.codes import (
    CALLING,
    CALLS,
    DEADLINE,
    DEPENDENCY,
    DOOMED,
    ENDED,
    EXPIRED,
    LAUNCHING,
    OK,
    RETRY,
)
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.guarding import Guarding
from gameday.engine.traffic.visits import Root, Visit

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.caching import EdgeCache


class Calling(Guarding):
    """What happens to attempts between two services."""

    @abstractmethod
    def _root_over(self, root: Root, outcome: int) -> None:
        """The client has its answer, or has given up."""

    @abstractmethod
    def _look_up(self, edge: Edge, cache: EdgeCache, parent: Visit, call_key: Key) -> None:
        """A call on an edge with a cache begins."""

    @abstractmethod
    def _hit(self, parent: Visit) -> None:
        """One of the calls that a visit waits for has its answer."""

    @abstractmethod
    def _fetched(self, cache: EdgeCache, visit: Visit, parent: Visit) -> None:
        """A call on an edge with a cache has its answer: its caller goes on, and who else waits for it."""

    @abstractmethod
    def _fetch_failed(self, edge: Edge, cache: EdgeCache, call_key: Key, cause: int) -> None:
        """A call on an edge with a cache has failed for good."""

    @abstractmethod
    def _fetch_called_off(self, edge: Edge, call_key: Key) -> None:
        """A call whose visit is over was perhaps a fetch that others wait for."""

    @abstractmethod
    def _one_way_over(self, visit: Visit, edge: Edge, outcome: int) -> None:
        """An attempt for which no visit waits has ended: one that is fired and forgotten, a message, a write."""

    def _next_stage(self, visit: Visit) -> None:
        """All calls of the next stage that has any start at once; after the last stage the visit succeeds."""
        plan = visit.station.plans[visit.c]
        key, stage = visit.key, visit.stage
        while stage < len(plan):
            visit.state = LAUNCHING
            for edge in plan[stage]:
                indices = edge.indices
                if edge.fraction and uniform(mix(key, edge.key + CALLS)) < edge.fraction:
                    indices = edge.indices_and_one
                if edge.sync:
                    visit.pending += len(indices)
                if edge.cache is None:
                    for index in indices:
                        self._send(edge, visit, mix(key, edge.key + index), 0)
                else:
                    for index in indices:
                        self._look_up(edge, edge.cache, visit, mix(key, edge.key + index))
            stage += 1
            if visit.state == DOOMED:
                self._call_off(visit)
                self._end(visit, DEPENDENCY, self.doom)
                return
            if visit.pending:
                visit.stage = stage
                visit.state = CALLING
                return
        self._end(visit, OK)

    def _send(self, edge: Edge, parent: Visit, call_key: Key, attempt: int) -> None:
        if not edge.plain:
            self._send_guarded(edge, parent, call_key, attempt, None)
            return
        now = self.now
        sync = edge.sync
        visit = Visit(edge.callee, parent.c, edge, parent if sync else None, call_key, attempt, now)
        edge.sent += 1
        if sync:
            deadlines = edge.deadlines
            deadlines.visits.append(visit)
            if not deadlines.armed:
                deadlines.armed = True
                self.schedule(now + deadlines.timeout, DEADLINE, deadlines)
        if parent.span is not None:
            self.sampler.follow(visit, parent.span)
        self._arrive(visit)

    def _expire(self, deadlines: DeadlineQueue[Visit]) -> None:
        """Callers that have waited long enough give up; the work they asked for goes on."""
        visits, now = deadlines.visits, self.now
        while visits:
            visit = visits[0]
            if visit.open:
                due = visit.sent + deadlines.timeout
                if due > now:
                    self.schedule(due, DEADLINE, deadlines)
                    return
                self._give_up(visit)
            visits.popleft()
        deadlines.armed = False

    def _answer(self, visit: Visit, outcome: int) -> None:
        """The caller learns how its attempt ended, or decides that it has."""
        visit.open = False
        edge = visit.edge
        if edge is None:
            assert isinstance(visit, Root)
            self._root_over(visit, outcome)
            return
        edge.outcomes[outcome] += 1
        parent = visit.parent
        if edge.simple and outcome == OK and parent is not None:
            edge.latencies.append(self.now - visit.sent)
            parent.pending = pending = parent.pending - 1
            if not pending and parent.state == CALLING:
                self._next_stage(parent)
            return
        if not edge.plain and not self._settle(visit, edge, outcome):
            return
        if outcome != OK:
            self._attempt_failed(visit, edge, parent, outcome)
        elif parent is None:
            self._one_way_over(visit, edge, OK)
        else:
            edge.latencies.append(self.now - visit.sent)
            if edge.budget is not None:
                edge.budget.earn()
            if edge.cache is not None:
                self._fetched(edge.cache, visit, parent)
            else:
                self._hit(parent)

    def _attempt_failed(self, visit: Visit, edge: Edge, parent: Visit | None, cause: int) -> None:
        self.sampler.note(edge.caller, edge.name, cause, self.now - visit.sent, visit, self.now)
        if parent is None:
            self._one_way_over(visit, edge, cause)
            return
        if parent.state == ENDED or parent.state == DOOMED:
            if edge.cache is not None:
                self._fetch_called_off(edge, visit.call_key)
            return
        if isinstance(visit, Attempt) and visit.first is not None:
            visit = visit.first  # the next attempt is counted from the one that was hedged
        row = edge.row_of(parent)
        retries = edge.retries if row is None else row.retries
        if visit.attempt < retries and cause != EXPIRED and (edge.budget is None or edge.budget.grants()):
            self.schedule(self.now + edge.delay_after(visit), RETRY, visit)
            return
        self._call_failed(edge, parent, cause)
        if edge.cache is not None:
            self._fetch_failed(edge, edge.cache, visit.call_key, cause)

    def _call_failed(self, edge: Edge, parent: Visit, cause: int) -> None:
        """A call has failed for good: there is a fallback, or the caller fails."""
        edge.failed_calls += 1
        if not edge.required:
            for store in edge.callee.stores:
                store.did_not_answer(parent)
            parent.pending -= 1
            if not parent.pending and parent.state == CALLING:
                self._next_stage(parent)
        elif parent.state == LAUNCHING:
            parent.state = DOOMED
            self.doom = (edge, cause)
        else:
            self._end(parent, DEPENDENCY, (edge, cause))

    def _retry(self, failed: Visit) -> None:
        edge, parent = failed.edge, failed.parent
        if edge is not None and parent is not None and parent.state != ENDED:
            edge.retried += 1
            edge.caller.retried += 1
            self._send(edge, parent, failed.call_key, failed.attempt + 1)
        elif edge is not None and edge.cache is not None:
            self._fetch_called_off(edge, failed.call_key)
