"""Clients: root requests arrive, are judged by the objective, and end when the client knows or gives up for good.

Owns the two ends of a root request and of each of its attempts. Does not own when the next one comes (`arrivals`), how
long clients stay away (`returning`) or what is counted (`entries`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import SPARE, mix, uniform
from gameday.engine.traffic.arrivals import Stream
from gameday.engine.traffic.codes import (
    ABANDONED,
    BLOCK,
    BLOCKED,
    DEADLINE,
    JUDGE,
    LEAVE,
    LIMITED,
    OK,
    QUEUED,
    RETURN,
    ROOT,
    SHIFT,
)
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.mechanisms.returning import delay_of, patience_of
from gameday.engine.traffic.replication import Replicating
from gameday.engine.traffic.visits import Root

if TYPE_CHECKING:
    from gameday.core.draws import Key


class Clients(Replicating):
    """What happens to root requests."""

    def _root_arrives(self, stream: Stream) -> None:
        if not stream.active:
            return
        entry, number = stream.entry, stream.number
        key = mix(stream.key, number)
        stream.number = number + 1
        following = stream.next_time()
        if following is not None:
            self.schedule(following, ROOT, stream)
        entry.arrived += 1
        self._enter(entry, entry.class_of(key), key, 0, None)

    def _enter(self, entry: Entry, c: int, key: Key, attempt: int, first: Root | None) -> None:
        """An attempt of a client, its first or one after it came back, is turned away at the door or let in."""
        station = entry.station
        if entry.shift and uniform(mix(key, SHIFT)) < entry.shift:
            station = entry.alternate
        root = Root(entry, station, c, key, attempt, self.now, first)
        block = entry.block[c]
        if block and uniform(mix(root.key, BLOCK)) < block:
            self._turned_away(root, BLOCKED)
            return
        if entry.bucket is not None and not entry.bucket.takes(self.now):
            self._turned_away(root, LIMITED)
            return
        if first is not None:
            if first.span is not None:
                self.sampler.follow(root, first.span)
        elif key & SPARE < self.sampler.below:
            self.sampler.begin_trace(root, *station.class_names[c])
        self._wait_for(root, entry.patience, DEADLINE)
        if first is None and entry.judging is not None:
            self._wait_for(root, entry.judging, JUDGE)
        self._arrive(root)
        clients = entry.clients
        if clients is not None and clients.patience is not None and root.state == QUEUED:
            self.schedule(self.now + patience_of(clients.patience, root.key), LEAVE, root)

    def _turned_away(self, root: Root, cause: int) -> None:
        entry = root.entry
        root.open = False
        if root.first is None and entry.clients is not None and entry.judging is not None:
            self._wait_for(root, entry.judging, JUDGE)  # it may come back, and in time
        self._root_over(root, cause)

    def _wait_for(self, root: Root, deadlines: DeadlineQueue[Root], kind: int) -> None:
        deadlines.visits.append(root)
        if not deadlines.armed:
            deadlines.armed = True
            self.schedule(root.sent + deadlines.timeout, kind, deadlines)

    def _lose_patience(self, root: Root) -> None:
        """A client that still stands in line leaves it; one that is served by now stays."""
        if root.state == QUEUED and root.open:
            self._leave_line(root, ABANDONED)

    def _return(self, failed: Root) -> None:
        """A client is back, with the same request."""
        entry = failed.entry
        entry.returned += 1
        first = failed if failed.first is None else failed.first
        self._enter(entry, failed.c, failed.call_key, failed.attempt + 1, first)

    def _root_over(self, root: Root, outcome: int) -> None:
        """The client has its answer, or has given up; where it comes back, the request is not over."""
        entry, clients = root.entry, root.entry.clients
        if clients is not None:
            if outcome != OK and root.attempt < clients.retries:
                self.schedule(self.now + delay_of(clients, root.attempt, root.key), RETURN, root)
                return
            if root.first is not None:
                root = root.first
        entry.outcomes[outcome] += 1
        if outcome == OK:
            entry.latencies.append(self.now - root.sent)
        if not root.judged:
            root.judged = True
            entry.judged += 1
            if outcome != OK or self.now - root.sent > entry.spec.threshold:
                entry.bad += 1
        if root.span is not None:
            self.sampler.close_root(root.span, self.now, outcome)

    def _judge(self, judging: DeadlineQueue[Root]) -> None:
        """Roots that reach the objective's threshold without an answer are bad."""
        roots, now = judging.visits, self.now
        while roots:
            root = roots[0]
            if not root.judged:
                due = root.sent + judging.timeout
                if due > now:
                    self.schedule(due, JUDGE, judging)
                    return
                root.judged = True
                root.entry.judged += 1
                root.entry.bad += 1
            roots.popleft()
        judging.armed = False
