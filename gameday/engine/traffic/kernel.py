"""The traffic kernel as the world sees it: made from a specification, advanced to an instant, changed, read.

Owns the loop over events and the closing of windows. What happens to requests: `clients`, `calling`, `serving`.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop
from typing import Any

from gameday.core.draws import word
from gameday.core.units import MICRO
from gameday.engine.traffic.clients import Clients
from gameday.engine.traffic.codes import (
    ARRIVE,
    DEADLINE,
    GUARD,
    HIT,
    JUDGE,
    LEAVE,
    OK,
    PULL,
    REFILL,
    RETRY,
    RETURN,
    ROOT,
    STATION,
    WORK_DONE,
    counted,
)
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.sampling import Sampler
from gameday.engine.traffic.specs import EdgeSpec, TrafficSpec
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.windows import EdgeMeter, EntryMeter, ServiceMeter, Window

_WORD = 0xFFFF_FFFF_FFFF_FFFF


class Traffic(Clients):
    """All requests of one simulated system.

    `now` is the instant the kernel stands at: everything before it has happened, nothing at it. Parameters of
    `services`, `edges` and `entries` that the world sets take effect at `now`. A class is one (entry, segment) pair, an
    index into `classes`. `on_window` is called with each window as it closes. `trace_share` of the roots are traced.
    """

    def __init__(
        self,
        spec: TrafficSpec,
        seed_key: int,
        *,
        trace_share: float = 0.01,
        trace_limit: int | None = 500,
        failures_per_group: int = 3,
        log_seconds: int = 1200,
        on_window: Callable[[Window], None] | None = None,
    ) -> None:
        super().__init__(
            Sampler(share=trace_share, traces=trace_limit, per_group=failures_per_group, log_seconds=log_seconds)
        )
        self.spec = spec
        self.on_window = on_window
        self.classes: list[tuple[str, str]] = [
            (entry.name, segment)
            for entry in spec.entries
            for segment in ([one.name for one in entry.segments] or [""])
        ]
        self.services = {one.name: Station(one, self.classes, self) for one in spec.services}
        self.edges = {
            one.name: Edge(one, self.services[one.caller], self.services[one.callee], self) for one in spec.edges
        }
        self.entries = {}
        key = word(seed_key)
        for one in spec.entries:
            first = self.classes.index((one.name, one.segments[0].name if one.segments else ""))
            to, alternate = self.services[one.to], self.services[one.alternate or one.to]
            self.entries[one.name] = Entry(one, to, alternate, first, len(self.classes), key, self)
        self.priorities = [self.entries[entry].spec.priority for entry, _ in self.classes]
        self._plan()
        edges = list(self.edges.values())
        self._build_caches(edges, self.services, self.now)
        self._build_brokers(edges)
        self._build_replicas(self.services)
        for station in self.services.values():
            station.look_at_door()
        self._next_close = MICRO
        self._service_meters = {name: ServiceMeter(station) for name, station in self.services.items()}
        self._entry_meters = {name: EntryMeter(entry) for name, entry in self.entries.items()}
        self._edge_meters = {name: EdgeMeter(edge) for name, edge in self.edges.items()}

    def advance(self, to: int) -> None:
        """Let everything happen that happens before `to`; then `now` is `to`. Raises ValueError when that is past.

        Windows close exactly at whole seconds, so results do not depend on how often anybody calls this.
        """
        if to < self.now:
            raise ValueError(f"advance(to={to}) must be >= now(={self.now})")
        while self._next_close <= to:
            self._run(self._next_close)
            self._close_window()
        self._run(to)

    def class_indices(self, entry: str, segment: str | None = None) -> list[int]:
        """The classes of an entry, or the one of a segment of it."""
        return [c for c, (name, part) in enumerate(self.classes) if name == entry and segment in (None, part)]

    def digest_state(self) -> list[int]:
        """Everything that matters, as unsigned 64-bit integers. Through the areas it feels the time of each event."""
        words = [self.now, self.sequence, len(self.heap)]
        for station in self.services.values():
            outcomes, inside = station.outcomes, len(station.visits)
            words += (len(station.queue), station.busy, inside, station.capacity, sum(outcomes) + inside)
            words += (outcomes[OK] - station.late, station.retried)
            words += (station.busy_area & _WORD, station.flight_area & _WORD)
            words += counted(outcomes)
            words += _unsigned(station.words())
        for replaced in self.replaced.values():
            words += replaced.words()
        for edge in self.edges.values():
            words += (edge.sent, edge.retried, edge.failed_calls)
            words += counted(edge.outcomes)
            words += _unsigned(edge.words())
            if edge.budget is not None:
                words.append(round(edge.budget.tokens * MICRO) & _WORD)
        for entry in self.entries.values():
            words += _unsigned(entry.words())
        return words

    def _plan(self) -> None:
        """Give each station, per class, its stages of edges in ascending order."""
        for station in self.services.values():
            outgoing = [one for one in self.spec.edges if one.caller == station.name and one.mode != "pull"]
            station.plans = [self._stages(outgoing, entry) for entry, _ in self.classes]
            station.set_priorities(self.priorities)

    def _stages(self, outgoing: list[EdgeSpec], entry: str) -> tuple[tuple[Edge, ...], ...]:
        taken = [one for one in outgoing if one.entries is None or entry in one.entries]
        stages = sorted({one.stage for one in taken})
        return tuple(tuple(self.edges[one.name] for one in taken if one.stage == stage) for stage in stages)

    def _run(self, to: int) -> None:
        heap, work_done = self.heap, self._work_done
        while heap and heap[0][0] < to:
            self.now, _, kind, subject = heappop(heap)
            if kind == WORK_DONE:
                work_done(subject)
            elif kind == ROOT:
                self._root_arrives(subject)
            elif kind == DEADLINE:
                self._expire(subject)
            elif kind == RETRY:
                self._retry(subject)
            elif kind == ARRIVE:
                self._reach(subject)
            elif kind == JUDGE:
                self._judge(subject)
            elif kind == REFILL:
                self._refill(subject)
            else:
                self._run_mechanism(kind, subject)
        self.now = to

    def _run_mechanism(self, kind: int, subject: Any) -> None:  # noqa: ANN401 - as in the agenda
        """What happens only where a mechanism is."""
        if kind == GUARD:
            self._guard_due(subject)
        elif kind == HIT:
            self._hit(subject)
        elif kind == PULL:
            self._pull(subject)
        elif kind == RETURN:
            self._return(subject)
        elif kind == LEAVE:
            self._lose_patience(subject)
        elif kind == STATION:
            self._station_due(subject)
        else:
            self._apply_due(subject)

    def _close_window(self) -> None:
        now = self.now
        window = Window(
            now - MICRO,
            {name: meter.close(now) for name, meter in self._service_meters.items()},
            {name: meter.close() for name, meter in self._entry_meters.items()},
            {name: meter.close() for name, meter in self._edge_meters.items()},
        )
        self.sampler.close_second(now - MICRO)
        self._next_close = now + MICRO
        if self.on_window is not None:
            self.on_window(window)


def _unsigned(words: list[int]) -> list[int]:
    return [word & _WORD for word in words] if words else words
