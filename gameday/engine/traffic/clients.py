"""Clients: root requests arrive, are judged by the objective, and end when the client knows or gives up.

Owns the two ends of a root request. Does not own when the next one comes (`arrivals`) or what is counted (`entries`).
"""

from __future__ import annotations

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.arrivals import Stream
from gameday.engine.traffic.calling import Calling
from gameday.engine.traffic.codes import (
    BLOCK,
    BLOCKED,
    DEADLINE,
    JUDGE,
    OK,
    ROOT,
    TRACE,
)
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.visits import Root


class Clients(Calling):
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
        c = entry.class_of(key)
        block = entry.block[c]
        if block and uniform(mix(key, BLOCK)) < block:
            entry.outcomes[BLOCKED] += 1
            entry.judged += 1
            entry.bad += 1
            return
        root = Root(entry, c, key, self.now)
        if self.sampler.share and uniform(mix(key, TRACE)) < self.sampler.share:
            self.sampler.begin_trace(root, *entry.station.class_names[c])
        self._wait_for(root, entry.patience, DEADLINE)
        if entry.judging is not None:
            self._wait_for(root, entry.judging, JUDGE)
        self._arrive(root)

    def _wait_for(self, root: Root, deadlines: DeadlineQueue[Root], kind: int) -> None:
        deadlines.visits.append(root)
        if not deadlines.armed:
            deadlines.armed = True
            self.schedule(root.sent + deadlines.timeout, kind, deadlines)

    def _root_over(self, root: Root, outcome: int) -> None:
        """The client has its answer, or has given up."""
        entry = root.entry
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
