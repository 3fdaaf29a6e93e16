"""What the metrics are made of: the columns of a service, an entry and an edge, and the formula of each metric.

The names and units are those of `gameday.core.signals.METRICS`. Ratios are weighted by what they are ratios of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan

from gameday.core.signals import CAUSE_PREFIX, EntryReading, ServiceReading
from gameday.core.units import MICRO, round4
from gameday.engine.signals.track import LIVE, PERCENTS, SHARP, Cut, Rows, Track
from gameday.engine.traffic.windows import EdgeWindow, EntryWindow, ServiceWindow, nearest_rank

_COMMON = ("rate", "goodput", "ended", "failed", "timed", "time")
_MEANS = frozenset({"saturation", "queue", "in_flight", "load"})
_UNKNOWN = (nan, nan, nan)
_LAST = frozenset({"replicas", "healthy"})
_RATES = frozenset({"rate", "goodput", "retries"})


def service_track() -> Track:
    """The empty history of a service."""
    return Track((*_COMMON, "retries"), ("saturation", "queue", "in_flight", "load"), LIVE)


def entry_track() -> Track:
    """The empty history of an entry."""
    return Track((*_COMMON, "judged", "bad"), (), LIVE)


def edge_track() -> Track:
    """The empty history of an edge: there are many of them, and nobody asks how they were half an hour ago."""
    return Track(("rate", "ended", "failed", "timed", "time", "retries"), (), SHARP, SHARP)


def add_service(track: Track, window: ServiceWindow) -> None:
    """The service's next second."""
    track.add(
        (
            window.rate,
            window.goodput,
            window.ended,
            window.failed,
            len(window.latencies),
            sum(window.latencies),
            window.retries,
        ),
        (window.saturation, window.queue, window.in_flight, window.load, *_quantiles(window)),
        window.causes,
        window.latencies,
    )


def add_entry(track: Track, window: EntryWindow) -> None:
    """The entry's next second."""
    track.add(
        (
            window.rate,
            window.goodput,
            window.ended,
            window.failed,
            len(window.latencies),
            sum(window.latencies),
            window.judged,
            window.bad,
        ),
        _quantiles(window),
        window.causes,
        window.latencies,
    )


def add_edge(track: Track, window: EdgeWindow) -> None:
    """The edge's next second."""
    waits = window.latencies
    counts = (window.rate, window.ended, window.failed, len(waits), sum(waits), window.retries)
    quantiles = tuple(nearest_rank(waits, percent) / MICRO for percent in PERCENTS.values()) if waits else _UNKNOWN
    track.add(counts, quantiles, window.causes, waits)


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
    counts, means, gauges = rows.counts, rows.means, rows.gauges
    times = scale / rows.width
    p50, p95, p99 = _quantiles_of(track, rows, place)
    replicas = _known(gauges, "replicas", place)
    backlog = _known(gauges, "backlog", place)
    return ServiceReading(
        rate=round4(counts["rate"][place] * times),
        goodput=round4(counts["goodput"][place] * times),
        errors=_share(counts["failed"][place], counts["ended"][place]),
        mean=_mean(rows, place),
        p50=p50,
        p95=p95,
        p99=p99,
        saturation=round4(means["saturation"][place]),
        queue=round4(means["queue"][place]),
        retries=round4(counts["retries"][place] * times),
        replicas=int(replicas or 0),
        version=version,
        healthy=_known(gauges, "healthy", place),
        pool=_known(gauges, "pool", place),
        cache_hits=_hits(gauges, place),
        backlog=None if backlog is None else round4(backlog * scale),
        lag=_known(gauges, "lag", place),
        canary=_known(gauges, "canary", place),
    )


def read_entry(track: Track, second: int, scale: float) -> EntryReading | None:
    """The second of an entry that begins at `second`, as screens show it; None where nothing is known of it."""
    found = track.row(second)
    if found is None:
        return None
    rows, place = found
    counts, times = rows.counts, scale / rows.width
    p50, p95, p99 = _quantiles_of(track, rows, place)
    return EntryReading(
        rate=round4(counts["rate"][place] * times),
        goodput=round4(counts["goodput"][place] * times),
        errors=_share(counts["failed"][place], counts["ended"][place]),
        mean=_mean(rows, place),
        p50=p50,
        p95=p95,
        p99=p99,
        bad=_share(counts["bad"][place], counts["judged"][place]),
    )


def _quantiles(window: ServiceWindow | EntryWindow) -> tuple[float, float, float]:
    if window.p50 is None or window.p95 is None or window.p99 is None:
        return _UNKNOWN
    return window.p50, window.p95, window.p99


def _quantiles_of(track: Track, rows: Rows, place: int) -> tuple[float | None, ...]:
    cut = Cut(track, ((rows, place, place + 1),), rows.width)
    values = (cut.quantile(name) for name in PERCENTS)
    return tuple(None if value is None else round4(value) for value in values)


def _mean(rows: Rows, place: int) -> float | None:
    timed = rows.counts["timed"][place]
    return round4(rows.counts["time"][place] / timed / MICRO) if timed else None


def _known(gauges: Mapping[str, Sequence[float]], name: str, place: int) -> float | None:
    value = gauges[name][place] if name in gauges else nan
    return None if isnan(value) else round4(value)


def _hits(gauges: Mapping[str, Sequence[float]], place: int) -> float | None:
    look_ups = gauges["look_ups"][place] if "look_ups" in gauges else nan
    return round4(gauges["hits"][place] / look_ups) if look_ups > 0.0 else None


def _share(part: int, whole: int) -> float | None:
    return round4(part / whole) if whole else None
