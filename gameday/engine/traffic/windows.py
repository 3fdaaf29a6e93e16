"""Windows: what happened in one second, per service, entry and edge, as plain values.

Owns how counters become rates, shares and quantiles. Does not own rounding for screens, or series over time.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

from gameday.core.units import MICRO
from gameday.engine.traffic.codes import OK, OUTCOMES, TAKEN_BACK, causes
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.stations import Station


class ServiceWindow(NamedTuple):
    """One service in one second, as its own metrics would show it. Latencies of successes are in seconds.

    `rate` counts attempts that arrived, refused ones too; `failed` those that ended badly, without what its caller took
    back or a client left (HTTP's 499: no failure of the service, but among the `causes`); `goodput` successes whose
    caller still waited. `busy`, `capacity`, `queue` and `in_flight` are means over time. `saturation` is that of the
    scarcer resource, workers or in-flight slots, 0 to 1; without any workers it is 1 while somebody is there. `retries`
    are those that the service sent to others. `load` is the share of the workers at their own work: it leaves out those
    that are held by waiting for others, as a processor does. `latencies` are those of successes in µs, ascending, and
    `time` is their sum.
    """

    rate: int
    ended: int
    failed: int
    causes: dict[str, int]
    goodput: int
    time: int
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
    latencies: array[int]

    @property
    def mean(self) -> float | None:
        """The mean time of a success in seconds."""
        return mean_of(self.latencies, self.time)


class EntryWindow(NamedTuple):
    """One entry in one second, as its clients see it. `goodput` counts successes within the threshold.

    `judged` roots became known as good or bad in this second; `bad` of them are.
    """

    rate: int
    ended: int
    failed: int
    causes: dict[str, int]
    goodput: int
    time: int
    p50: float | None
    p95: float | None
    p99: float | None
    judged: int
    bad: int
    latencies: array[int]

    @property
    def mean(self) -> float | None:
        """The mean time of a success in seconds."""
        return mean_of(self.latencies, self.time)


class EdgeWindow(NamedTuple):
    """One edge in one second, as its caller sees it: attempts sent (of these `retries`), ended, failed by cause.

    What the caller took back itself, such as the slower of two hedged ones, is among the `causes` and has not `failed`.
    `latencies` are the waits for successes in µs, ascending, and `time` is their sum; of calls that nobody waits for
    there are none.
    """

    rate: int
    ended: int
    failed: int
    causes: dict[str, int]
    retries: int
    time: int
    p50: float | None
    p95: float | None
    p99: float | None
    latencies: array[int]


class Window(NamedTuple):
    """The second that starts at `t` (µs). What is at rest shares its windows, so nobody may change one."""

    t: int
    services: dict[str, ServiceWindow]
    entries: dict[str, EntryWindow]
    edges: dict[str, EdgeWindow]


_SMALL = 1 << 32
NONE = array("I")
"""The latencies where nothing succeeded; nobody adds to them."""


class Summary(NamedTuple):
    """Latencies of successes: their sum in µs, their quantiles in seconds, and all of them in µs, ascending."""

    time: int
    p50: float | None
    p95: float | None
    p99: float | None
    latencies: array[int]


_EMPTY = Summary(0, None, None, None, NONE)


def summary_of(latencies: list[int]) -> Summary:
    """Sums them up, and sorts what it is given.

    Quantiles are exact, by nearest rank: the least value that so many percent of all are not above. The latencies are
    numbers side by side: windows are kept, and it takes long to come back to the objects in a list.
    """
    count = len(latencies)
    if not count:
        return _EMPTY
    latencies.sort()
    return Summary(
        sum(latencies),
        latencies[-(-count * 50 // 100) - 1] / MICRO,
        latencies[-(-count * 95 // 100) - 1] / MICRO,
        latencies[-(-count * 99 // 100) - 1] / MICRO,
        side_by_side(latencies, latencies[-1]),
    )


def side_by_side(numbers: list[int], largest: int) -> array[int]:
    """Numbers >= 0 without an object for each, in four bytes each where the largest fits."""
    return array("I" if largest < _SMALL else "Q", numbers)


def mean_of(latencies: array[int], time: int) -> float | None:
    """The mean in seconds of latencies whose sum in µs is `time`."""
    return time / len(latencies) / MICRO if latencies else None


class Outcomes:
    """How often everything has ended somehow, and how often it had when the last window ended (`before`)."""

    __slots__ = ("_now", "_total", "before")

    def __init__(self, now: list[int]) -> None:
        self._now = now
        self._total = sum(now)
        self.before = now.copy()

    def close(self) -> tuple[int, int, dict[str, int]]:
        """How many have ended since, how many of them well, and why the others failed. The next window begins."""
        now, before = self._now, self.before
        total = sum(now)
        ended, good = total - self._total, now[OK] - before[OK]
        self._total = total
        if ended == good:
            before[OK] = now[OK]
            return ended, good, {}
        self.before = now.copy()
        return ended, good, causes([count - then for count, then in zip(now, before, strict=True)])


class ServiceMeter:
    """Turns the ever-growing counters of a station into windows, by remembering where the last window ended.

    Big systems are mostly at rest: of a station where nobody was, all windows are one and the same.
    """

    __slots__ = (
        "_busy",
        "_capacity",
        "_capacity_area",
        "_flight",
        "_inside",
        "_late",
        "_outcomes",
        "_own",
        "_queue",
        "_rest",
        "_retried",
        "_station",
    )

    def __init__(self, station: Station) -> None:
        self._station = station
        self._outcomes = Outcomes(station.outcomes)
        self._inside = self._late = self._retried = 0
        self._busy = self._queue = self._flight = self._own = 0  # areas
        self._capacity, self._capacity_area = station.capacity, station.capacity_area
        self._rest = _at_rest(float(station.capacity))

    def close(self, now: int) -> ServiceWindow:
        """The window that ends now. Whoever had been here would have left an outcome."""
        station = self._station
        same = station.capacity == self._capacity and station.capacity_area == self._capacity_area
        rests = not station.visits and station.outcomes == self._outcomes.before
        if same and rests:
            return self._rest
        capacity = self._rest.capacity if same else self._mean_capacity(station, now)
        return _at_rest(capacity) if rests else self._close_busy(station, now, capacity)

    def _mean_capacity(self, station: Station, now: int) -> float:
        area = station.capacity_area + station.capacity * now
        mean = (area - self._capacity_area - self._capacity * (now - MICRO)) / MICRO
        self._capacity, self._capacity_area = station.capacity, station.capacity_area
        self._rest = _at_rest(float(station.capacity))
        return mean

    def _close_busy(self, station: Station, now: int, capacity: float) -> ServiceWindow:
        inside = len(station.visits)
        areas = (
            station.busy_area + station.busy * now,
            station.queue_area + len(station.queue) * now,
            station.flight_area + inside * now,
            station.own_busy_area + station.own_busy * now,
        )
        busy, queue = (areas[0] - self._busy) / MICRO, (areas[1] - self._queue) / MICRO
        in_flight, own = (areas[2] - self._flight) / MICRO, (areas[3] - self._own) / MICRO
        self._busy, self._queue, self._flight, self._own = areas
        ended, good, why = self._outcomes.close()
        late, retried = station.late - self._late, station.retried - self._retried
        arrived = ended + inside - self._inside
        self._inside, self._late, self._retried = inside, station.late, station.retried
        saturation = min(1.0, busy / capacity) if capacity else float(in_flight > 0)
        if station.in_flight_limit:
            saturation = max(saturation, min(1.0, in_flight / station.in_flight_limit))
        time, p50, p95, p99, latencies = summary_of(station.latencies)
        station.latencies = []
        return ServiceWindow(
            arrived,
            ended,
            _failed(ended, good, why),
            why,
            good - late,
            time,
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

    __slots__ = ("_arrived", "_bad", "_entry", "_judged", "_outcomes")

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._outcomes = Outcomes(entry.outcomes)
        self._arrived = self._judged = self._bad = 0

    def close(self) -> EntryWindow:
        """The window that ends now."""
        entry = self._entry
        arrived, judged = entry.arrived - self._arrived, entry.judged - self._judged
        if not arrived and not judged and entry.outcomes == self._outcomes.before:
            return _ENTRY_AT_REST
        bad = entry.bad - self._bad
        self._arrived, self._judged, self._bad = entry.arrived, entry.judged, entry.bad
        ended, good, why = self._outcomes.close()
        time, p50, p95, p99, latencies = summary_of(entry.latencies)
        entry.latencies = []
        failed, goodput = ended - good, judged - bad
        return EntryWindow(arrived, ended, failed, why, goodput, time, p50, p95, p99, judged, bad, latencies)


class EdgeMeter:
    """The same for an edge."""

    __slots__ = ("_edge", "_outcomes", "_retried", "_sent")

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._outcomes = Outcomes(edge.outcomes)
        self._sent = self._retried = 0

    def close(self) -> EdgeWindow:
        """The window that ends now."""
        edge = self._edge
        if edge.sent == self._sent and edge.outcomes == self._outcomes.before:
            return _EDGE_AT_REST
        sent, retried = edge.sent - self._sent, edge.retried - self._retried
        self._sent, self._retried = edge.sent, edge.retried
        ended, good, why = self._outcomes.close()
        summary = summary_of(edge.latencies)
        edge.latencies = []
        return EdgeWindow(sent, ended, _failed(ended, good, why), why, retried, *summary)


def _failed(ended: int, good: int, why: dict[str, int]) -> int:
    """How many have failed: who asked for the others did not want them any more."""
    failed = ended - good
    if why:
        for cause in TAKEN_BACK:
            failed -= why.get(OUTCOMES[cause], 0)
    return failed


def _at_rest(capacity: float) -> ServiceWindow:
    return ServiceWindow(0, 0, 0, {}, 0, 0, None, None, None, 0.0, capacity, 0.0, 0.0, 0.0, 0, 0.0, NONE)


_ENTRY_AT_REST = EntryWindow(0, 0, 0, {}, 0, 0, None, None, None, 0, 0, NONE)
_EDGE_AT_REST = EdgeWindow(0, 0, 0, {}, 0, 0, None, None, None, NONE)
