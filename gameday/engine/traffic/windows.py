"""Windows: what happened in one second, per service, entry and edge, as plain values.

Owns how counters become rates, shares and quantiles. Does not own rounding for screens, or series over time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gameday.core.units import MICRO
from gameday.engine.traffic.codes import OK, causes
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.stations import Station


class ServiceWindow(NamedTuple):
    """One service in one second, as its own metrics would show it. Latencies of successes are in seconds.

    `rate` counts attempts that arrived, refused ones too; `goodput` successes whose caller still waited. `busy`,
    `capacity`, `queue` and `in_flight` are means over time. `saturation` is that of the scarcer resource, workers or
    in-flight slots, 0 to 1; without any workers it is 1 while somebody is there. `retries` are those that the service
    sent to others. `load` is the share of the workers at their own work: it leaves out those that are held by waiting
    for others, as a processor does. `latencies` are those of successes in µs, ascending.
    """

    rate: int
    ended: int
    failed: int
    causes: dict[str, int]
    goodput: int
    mean: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    busy: float
    capacity: float
    saturation: float
    queue: float
    in_flight: float
    retries: int
    load: float
    latencies: list[int]


class EntryWindow(NamedTuple):
    """One entry in one second, as its clients see it. `goodput` counts successes within the threshold.

    `judged` roots became known as good or bad in this second; `bad` of them are.
    """

    rate: int
    ended: int
    failed: int
    causes: dict[str, int]
    goodput: int
    mean: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    judged: int
    bad: int
    latencies: list[int]


class EdgeWindow(NamedTuple):
    """One edge in one second, as its caller sees it: attempts sent (of these `retries`), ended, failed by cause.

    `latencies` are the waits for successes in µs, ascending; of calls that nobody waits for there are none.
    """

    rate: int
    ended: int
    failed: int
    causes: dict[str, int]
    retries: int
    latencies: list[int]


class Window(NamedTuple):
    """The second that starts at `t` (µs)."""

    t: int
    services: dict[str, ServiceWindow]
    entries: dict[str, EntryWindow]
    edges: dict[str, EdgeWindow]


Latencies = tuple[float | None, float | None, float | None, float | None]
_NO_LATENCIES: Latencies = (None, None, None, None)


def latencies_of(micros: list[int]) -> Latencies:
    """Mean, p50, p95 and p99 in seconds; exact quantiles by nearest rank. Sorts the list."""
    count = len(micros)
    if not count:
        return _NO_LATENCIES
    micros.sort()
    p50, p95, p99 = (nearest_rank(micros, percent) / MICRO for percent in (50, 95, 99))
    return sum(micros) / count / MICRO, p50, p95, p99


def nearest_rank(ascending: Sequence[int], percent: int) -> int:
    """The least value that at least so many percent of all are not above."""
    return ascending[-(-len(ascending) * percent // 100) - 1]


class ServiceMeter:
    """Turns the ever-growing counters of a station into windows, by remembering where the last window ended."""

    __slots__ = ("_areas", "_arrived", "_capacity_area", "_late", "_outcomes", "_retried", "_station")

    def __init__(self, station: Station) -> None:
        self._station = station
        self._outcomes = station.outcomes.copy()
        self._arrived = self._late = self._retried = self._capacity_area = 0
        self._areas = (0, 0, 0, 0)

    def close(self, now: int) -> ServiceWindow:
        """The window that ends now."""
        station = self._station
        area = station.capacity_area + station.capacity * now
        capacity, self._capacity_area = (area - self._capacity_area) / MICRO, area
        if not station.visits and station.outcomes == self._outcomes:
            # Nobody was here: whoever had been would have left an outcome. Big systems are mostly at rest.
            return ServiceWindow(0, 0, 0, {}, 0, None, None, None, None, 0.0, capacity, 0.0, 0.0, 0.0, 0, 0.0, [])
        return self._close_busy(station, now, capacity)

    def _close_busy(self, station: Station, now: int, capacity: float) -> ServiceWindow:
        areas = (
            station.busy_area + station.busy * now,
            station.queue_area + len(station.queue) * now,
            station.flight_area + len(station.visits) * now,
            station.own_busy_area + station.own_busy * now,
        )
        busy, queue, in_flight, own = ((area - before) / MICRO for area, before in zip(areas, self._areas, strict=True))
        outcomes = [count - before for count, before in zip(station.outcomes, self._outcomes, strict=True)]
        ended, arrived = sum(outcomes), station.arrived - self._arrived
        late, retried = station.late - self._late, station.retried - self._retried
        self._areas, self._outcomes = areas, station.outcomes.copy()
        self._arrived, self._late, self._retried = station.arrived, station.late, station.retried
        saturation = min(1.0, busy / capacity) if capacity else float(in_flight > 0)
        if station.in_flight_limit:
            saturation = max(saturation, min(1.0, in_flight / station.in_flight_limit))
        latencies, station.latencies = station.latencies, []
        mean, p50, p95, p99 = latencies_of(latencies)
        return ServiceWindow(
            arrived,
            ended,
            ended - outcomes[OK],
            causes(outcomes),
            outcomes[OK] - late,
            mean,
            p50,
            p95,
            p99,
            busy,
            capacity,
            saturation,
            queue,
            in_flight,
            retried,
            min(1.0, own / capacity) if capacity else 0.0,
            latencies,
        )


class EntryMeter:
    """The same for an entry."""

    __slots__ = ("_entry", "_marks", "_outcomes")

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._outcomes = entry.outcomes.copy()
        self._marks = (0, 0, 0)

    def close(self) -> EntryWindow:
        """The window that ends now."""
        entry = self._entry
        marks = (entry.arrived, entry.judged, entry.bad)
        arrived, judged, bad = (mark - before for mark, before in zip(marks, self._marks, strict=True))
        outcomes = [count - before for count, before in zip(entry.outcomes, self._outcomes, strict=True)]
        self._marks = marks
        self._outcomes = entry.outcomes.copy()
        ended = sum(outcomes)
        latencies, entry.latencies = entry.latencies, []
        mean, p50, p95, p99 = latencies_of(latencies)
        failed = ended - outcomes[OK]
        good = judged - bad
        return EntryWindow(arrived, ended, failed, causes(outcomes), good, mean, p50, p95, p99, judged, bad, latencies)


class EdgeMeter:
    """The same for an edge."""

    __slots__ = ("_edge", "_outcomes", "_retried", "_sent")

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._outcomes = edge.outcomes.copy()
        self._sent = self._retried = 0

    def close(self) -> EdgeWindow:
        """The window that ends now."""
        edge = self._edge
        if edge.sent == self._sent and edge.outcomes == self._outcomes:
            return EdgeWindow(0, 0, 0, {}, 0, [])
        outcomes = [count - before for count, before in zip(edge.outcomes, self._outcomes, strict=True)]
        ended = sum(outcomes)
        latencies, edge.latencies = edge.latencies, []
        latencies.sort()
        failed, retried = ended - outcomes[OK], edge.retried - self._retried
        window = EdgeWindow(edge.sent - self._sent, ended, failed, causes(outcomes), retried, latencies)
        self._outcomes = edge.outcomes.copy()
        self._sent, self._retried = edge.sent, edge.retried
        return window
