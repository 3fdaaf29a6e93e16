"""The caller's side: the stages of a visit's calls, attempts with their deadlines, retries, fallbacks.

Owns what a caller makes of an attempt. Does not own what the service does with it (`serving`).
"""

from __future__ import annotations

from abc import abstractmethod

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.codes import (
    ARRIVE,
    CALLING,
    CALLS,
    DEADLINE,
    DEPENDENCY,
    DOOMED,
    ENDED,
    LAUNCHING,
    LOSS,
    OK,
    RETRY,
    TIMEOUT,
)
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.serving import Serving
from gameday.engine.traffic.visits import Root, Visit


class Calling(Serving):
    """What happens to attempts between two services."""

    @abstractmethod
    def _root_over(self, root: Root, outcome: int) -> None:
        """The client has its answer, or has given up."""

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
                for index in indices:
                    self._send(edge, visit, mix(key, edge.key + index), 0)
            stage += 1
            if visit.state == DOOMED:
                self._end(visit, DEPENDENCY)
                return
            if visit.pending:
                visit.stage = stage
                visit.state = CALLING
                return
        self._end(visit, OK)

    def _send(self, edge: Edge, parent: Visit, call_key: int, attempt: int) -> None:
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
        if edge.loss and uniform(mix(visit.key, LOSS)) < edge.loss:
            self._lose(visit, edge)
        elif edge.latency:
            self.schedule(now + edge.latency, ARRIVE, visit)
        else:
            self._arrive(visit)

    def _lose(self, visit: Visit, edge: Edge) -> None:
        visit.state = ENDED
        if not edge.sync:
            edge.outcomes[TIMEOUT] += 1
        if visit.span is not None:
            self.sampler.close(visit.span, self.now, "lost")

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
                if visit.span is not None:
                    visit.span.gave_up = now
                self._answer(visit, TIMEOUT)
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
        if outcome != OK:
            self._attempt_failed(visit, edge, parent, outcome)
            return
        if parent is not None:
            if edge.budget is not None:
                edge.budget.earn()
            parent.pending = pending = parent.pending - 1
            if not pending and parent.state == CALLING:
                self._next_stage(parent)

    def _attempt_failed(self, visit: Visit, edge: Edge, parent: Visit | None, cause: int) -> None:
        caller = edge.caller
        self.sampler.note(caller.name, edge.name, cause, self.now - visit.sent, len(caller.queue), visit, self.now)
        if parent is None or parent.state == ENDED or parent.state == DOOMED:
            return
        if visit.attempt < edge.retries and (edge.budget is None or edge.budget.grants()):
            self.schedule(self.now + edge.delay_after(visit), RETRY, visit)
            return
        edge.failed_calls += 1
        if not edge.required:
            parent.pending -= 1
            if not parent.pending and parent.state == CALLING:
                self._next_stage(parent)
        elif parent.state == LAUNCHING:
            parent.state = DOOMED
        else:
            self._end(parent, DEPENDENCY)

    def _retry(self, failed: Visit) -> None:
        edge, parent = failed.edge, failed.parent
        if edge is not None and parent is not None and parent.state != ENDED:
            edge.retried += 1
            edge.caller.retried += 1
            self._send(edge, parent, failed.call_key, failed.attempt + 1)
