"""Samples of what really ran: traces of a keyed share of roots, and the first few failures of each kind a second.

Facts only; the words for them are made elsewhere. Both are kept within a bound.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gameday.core.draws import SPARE, unsigned
from gameday.core.units import MICRO
from gameday.engine.traffic.codes import OK, OUTCOMES
from gameday.engine.traffic.visits import Root, Visit

if TYPE_CHECKING:
    from gameday.engine.traffic.edges import Edge
    from gameday.engine.traffic.stations import Station

_HELD: Final = 1000

_NOTES = 12
"""Notes of a span that are kept at most."""

_SPANS: Final = 2000
"""Spans of a trace that are kept at most: a message that everybody turns away is delivered for ever."""


@dataclass(slots=True)
class Span:
    """One attempt at one service; times in µs, None for what never happened. `status` is how it ended at the service.

    `gave_up` is when its caller stopped waiting. An attempt that was lost on the way has the status `lost`. `notes` are
    what else happened in it, each with its time: a cache answered, a connection came free. `replica` is who served it.
    """

    trace_id: int
    span_id: int
    parent_id: int | None
    service: str
    edge: str | None
    attempt: int
    sent: int
    arrived: int | None = None
    started: int | None = None
    work: int | None = None
    ended: int | None = None
    gave_up: int | None = None
    status: str = "open"
    replica: int | None = None
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Trace:
    """A root request and all that it set off. It is finished when its client knows and its last span has ended."""

    trace_id: int
    entry: str
    segment: str
    arrived: int
    ended: int | None = None
    outcome: str = "open"
    spans: list[Span] = field(default_factory=list)
    open_spans: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure as a log line would tell it. `edge` is None where the service itself failed, refused or shed.

    `waited` is in µs: since arrival at the service, or since the attempt on `edge` was sent. `queue` is the service's.
    `callee` is who was asked on the edge. `failed_call` is the edge and the cause of the call that failed the request.
    """

    time: int
    service: str
    edge: str | None
    cause: str
    entry: str
    segment: str
    attempt: int
    waited: int
    queue: int
    trace_id: int | None
    replica: int | None = None
    callee: str | None = None
    failed_call: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """What one service logged of one kind in the second that starts at `second` (µs): how many, and the first few."""

    second: int
    service: str
    edge: str | None
    cause: str
    count: int
    first: tuple[Failure, ...]


class Sampler:
    """Keeps finished traces (failed ones apart: good ones cannot push them out) and failures of the last minutes.

    A root is traced where the spare bits of its key are `below` a bound, which needs no draw: so `share` is rounded to
    2048ths. Spans know their trace by its id: a reference both ways would be garbage that only a collector takes away.
    """

    def __init__(self, *, share: float, traces: int | None, per_group: int, log_seconds: int) -> None:
        self.below = round(share * (SPARE + 1))
        self.open_traces: dict[int, Trace] = {}
        self.traces: deque[Trace] = deque(maxlen=traces)
        self.failed_traces: deque[Trace] = deque(maxlen=traces)
        self.failures: deque[FailureGroup] = deque()
        self._per_group = per_group
        self._log_seconds = log_seconds
        self._counts: dict[tuple[str, str | None, int], int] = {}
        self._first: dict[tuple[str, str | None, int], list[Failure]] = {}

    def begin_trace(self, root: Root, entry: str, segment: str) -> None:
        """Follow this root from now on."""
        trace = Trace(unsigned(root.call_key), entry, segment, root.sent)
        self.open_traces[trace.trace_id] = trace
        self._open(trace, root, None)

    def follow(self, visit: Visit, caller: Span) -> None:
        """Follow an attempt that a traced visit sends, or a client that comes back after its first one."""
        self._open(self.open_traces[caller.trace_id], visit, caller.span_id)

    def begin_work(self, span: Span, visit: Visit, now: int, work: int) -> None:
        """A worker begins with the attempt."""
        span.arrived, span.started, span.work = visit.arrived, now, work
        if visit.replica >= 0:
            span.replica = visit.replica

    def tell(self, span: Span, now: int, what: str) -> None:
        """Something happened in an attempt, said in a few words; the first ones are kept."""
        if len(span.notes) < _NOTES:
            span.notes += ((now, what),)

    def close(self, span: Span, now: int, status: str) -> None:
        """The attempt has ended at its service, or will never arrive."""
        span.ended = now
        span.status = status
        trace = self.open_traces[span.trace_id]
        trace.open_spans -= 1
        self._keep_if_finished(trace)

    def held(self, span: Span | None) -> Span | None:
        """Keep the trace of this span open for a message until `let_go`. None where too many are open already."""
        if span is None or len(self.open_traces) >= _HELD:
            return None
        self.open_traces[span.trace_id].open_spans += 1
        return span

    def let_go(self, span: Span | None) -> None:
        """The message that this span stored will set off nothing more."""
        if span is not None:
            trace = self.open_traces[span.trace_id]
            trace.open_spans -= 1
            self._keep_if_finished(trace)

    def close_root(self, span: Span, now: int, outcome: int) -> None:
        """The client knows how the root that began with this span has ended."""
        trace = self.open_traces[span.trace_id]
        trace.ended = now
        trace.outcome = OUTCOMES[outcome]
        self._keep_if_finished(trace)

    def note(
        self,
        station: Station,
        edge: str | None,
        cause: int,
        waited: int,
        visit: Visit,
        now: int,
        failed_call: tuple[Edge, int] | None = None,
    ) -> None:
        """Count one failure that `station` knows of; keep it while it is among the first of its kind this second."""
        kind = (station.name, edge, cause)
        count = self._counts.get(kind, 0)
        self._counts[kind] = count + 1
        if count < self._per_group:
            entry, segment = visit.station.class_names[visit.c]
            trace_id = None if visit.span is None else visit.span.trace_id
            replica = visit.replica if edge is None and visit.replica >= 0 else None
            callee = None if edge is None else visit.station.name
            call = None if failed_call is None else (failed_call[0].name, OUTCOMES[failed_call[1]])
            of = (entry, segment, visit.attempt, waited, station.waits(), trace_id, replica, callee, call)
            self._first.setdefault(kind, []).append(Failure(now, station.name, edge, OUTCOMES[cause], *of))

    def close_second(self, start: int) -> None:
        """File what was noted in the second from `start` and let go of what is too old."""
        for kind, count in self._counts.items():
            service, edge, cause = kind
            group = FailureGroup(start, service, edge, OUTCOMES[cause], count, tuple(self._first[kind]))
            self.failures.append(group)
        self._counts.clear()
        self._first.clear()
        oldest = start - self._log_seconds * MICRO
        while self.failures and self.failures[0].second < oldest:
            self.failures.popleft()

    def _open(self, trace: Trace, visit: Visit, parent_id: int | None) -> None:
        if len(trace.spans) >= _SPANS:
            return
        edge = None if visit.edge is None else visit.edge.name
        span = Span(trace.trace_id, unsigned(visit.key), parent_id, visit.station.name, edge, visit.attempt, visit.sent)
        visit.span = span
        trace.spans.append(span)
        trace.open_spans += 1

    def _keep_if_finished(self, trace: Trace) -> None:
        if trace.open_spans == 0 and trace.ended is not None:
            kept = self.traces if trace.outcome == OUTCOMES[OK] else self.failed_traces
            kept.append(trace)
            del self.open_traces[trace.trace_id]
