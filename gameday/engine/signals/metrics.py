"""What the metrics are made of: the columns of a service, an entry and an edge, and the formula of each metric.

The names and units are those of `gameday.core.signals.METRICS`. Ratios are weighted by what they are ratios of.
"""

from __future__ import annotations

from math import isnan, nan

from gameday.core.signals import CAUSE_PREFIX, EntryReading, ServiceReading
from gameday.core.units import MICRO, round4
from gameday.engine.signals.track import LIVE, PERCENTS, SHARP, Cut, Rows, Track
from gameday.engine.traffic.windows import EdgeWindow, EntryWindow, ServiceWindow

_COMMON = ("rate", "goodput", "ended", "failed", "timed", "time")
_MEANS = frozenset({"saturation", "queue", "in_flight", "load"})
_LAST = frozenset({"replicas", "healthy", "breaker"})
_RATES = frozenset({"rate", "goodput", "retries"})


def service_track() -> Track:
    """The empty history of a service."""
    return Track((*_COMMON, "retries"), ("saturation", "queue", "in_flight", "load"), LIVE)


def entry_track() -> Track:
    """The empty history of an entry."""
    return Track((*_COMMON, "judged", "bad"), (), LIVE)


def edge_track(*, named: bool = False) -> Track:
    """The empty history of an edge: there are many, and of those that no condition names nobody asks for old ones."""
    columns = ("rate", "ended", "failed", "timed", "time", "retries")
    return Track(columns, (), LIVE) if named else Track(columns, (), SHARP, SHARP)


def add_service(track: Track, window: ServiceWindow) -> None:
    """The service's next second."""
    rate, ended, failed, why, goodput, time, p50, p95, p99, _, _, full, queue, inside, retries, load, times = window
    if p50 is None or p95 is None or p99 is None:
        p50 = p95 = p99 = nan
    counts = rate, goodput, ended, failed, len(times), time, retries
    track.add((*counts, full, queue, inside, load, p50, p95, p99), why, times)


def add_entry(track: Track, window: EntryWindow) -> None:
    """The entry's next second."""
    rate, ended, failed, causes, goodput, time, p50, p95, p99, judged, bad, times = window
    if p50 is None or p95 is None or p99 is None:
        p50 = p95 = p99 = nan
    track.add((rate, goodput, ended, failed, len(times), time, judged, bad, p50, p95, p99), causes, times)


def add_edge(track: Track, window: EdgeWindow) -> None:
    """The edge's next second."""
    rate, ended, failed, causes, retries, time, p50, p95, p99, times = window
    if p50 is None or p95 is None or p99 is None:
        p50 = p95 = p99 = nan
    track.add((rate, ended, failed, len(times), time, retries, p50, p95, p99), causes, times)


def measure(cut: Cut, metric: str, scale: float) -> float | None:
    """A metric over a stretch of time; None where there was no data, or the subject has no such metric."""
    rows = cut.pieces[0][0]
    if metric in _RATES:
        return cut.count(metric) * scale / cut.seconds if metric in rows.counts else None
    if metric in _MEANS:
        return cut.mean(metric) if metric in rows.means else None
    if metric in PERCENTS:
        return cut.quantile(metric)
    if metric == "mean":
        timed = cut.count("timed")
        return cut.count("time") / timed / MICRO if timed else None
    if metric == "bad":
        judged = cut.count("judged") if metric in rows.counts else 0
        return cut.count("bad") / judged if judged else None
    if metric in ("errors", "success") or metric.startswith(CAUSE_PREFIX):
        return _of_ended(cut, metric)
    if metric in _LAST:
        return cut.last(metric)
    if metric == "cache_hits":
        look_ups, hits = cut.gauge("look_ups"), cut.gauge("hits")
        return hits / look_ups if look_ups and hits is not None else None
    value = cut.gauge(metric)
    return value * scale if value is not None and metric == "backlog" else value


def _of_ended(cut: Cut, metric: str) -> float | None:
    ended = cut.count("ended")
    if not ended:
        return None
    if metric.startswith(CAUSE_PREFIX):
        return cut.causes().get(metric.removeprefix(CAUSE_PREFIX), 0) / ended
    failed = cut.count("failed") / ended
    return failed if metric == "errors" else 1.0 - failed


def read_service(track: Track, second: int, scale: float, version: str) -> ServiceReading | None:
    """The second of a service that begins at `second`, as screens show it; None where nothing is known of it."""
    found = track.row(second)
    if found is None:
        return None
    rows, place = found
    rate, goodput, ended, failed, timed, time, retries, saturation, queue, _, _, *exact = rows.row(place)
    p50, p95, p99 = _quantiles(track, rows, place) if rows.width > 1 else exact
    times = scale / rows.width
    known = _shown(rows, place, scale).get
    return ServiceReading(
        round4(rate * times),
        round4(goodput * times),
        _share(failed, ended),
        _mean(time, timed),
        _known(p50),
        _known(p95),
        _known(p99),
        round4(saturation),
        round4(queue),
        round4(retries * times),
        int(known("replicas", 0)),
        version,
        known("healthy"),
        known("pool"),
        known("cache_hits"),
        known("backlog"),
        known("lag"),
        known("canary"),
    )


def read_entry(track: Track, second: int, scale: float) -> EntryReading | None:
    """The second of an entry that begins at `second`, as screens show it; None where nothing is known of it."""
    found = track.row(second)
    if found is None:
        return None
    rows, place = found
    rate, goodput, ended, failed, timed, time, judged, bad, *exact = rows.row(place)
    p50, p95, p99 = _quantiles(track, rows, place) if rows.width > 1 else exact
    times = scale / rows.width
    return EntryReading(
        round4(rate * times),
        round4(goodput * times),
        _share(failed, ended),
        _mean(time, timed),
        _known(p50),
        _known(p95),
        _known(p99),
        _share(bad, judged),
    )


def _quantiles(track: Track, rows: Rows, place: int) -> tuple[float, float, float]:
    """The quantiles of a row of several seconds, NaN where there are none; a second has exact ones in its row."""
    cut = Cut(track, ((rows, place, place + 1),), rows.width)
    p50, p95, p99 = (nan if (value := cut.quantile(name)) is None else value for name in PERCENTS)
    return p50, p95, p99


def _known(value: float) -> float | None:
    return round4(value) if value == value else None


def _shown(rows: Rows, place: int, scale: float) -> dict[str, float]:
    """The gauges that are known, as they are shown: a cache's as the share of its look-ups that were hits."""
    columns = rows.gauges
    shown = {name: round4(value) for name, column in columns.items() if not isnan(value := column[place])}
    if shown.get("look_ups"):
        shown["cache_hits"] = round4(columns["hits"][place] / columns["look_ups"][place])
    if "backlog" in shown:
        shown["backlog"] = round4(columns["backlog"][place] * scale)
    return shown


def _mean(time: float, timed: float) -> float | None:
    return round4(time / timed / MICRO) if timed else None


def _share(part: float, whole: float) -> float | None:
    return round4(part / whole) if whole else None
