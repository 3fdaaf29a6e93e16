"""The store of what can be seen: windows of the traffic a second, read as metrics over any window of time.

Implements `gameday.core.signals.Signals`. Values are scaled by `traffic.scale` where they count requests. Owns no
physics: it is filled by the kernel's windows, and `refresh` advances the kernel before every reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from typing import TypeVar

from gameday.core.signals import EntryReading, ServiceReading
from gameday.core.units import MICRO, round4
from gameday.engine.traffic.windows import EntryWindow, ServiceWindow, Window

KEPT = 3600
"""Seconds of windows that are kept for drill-downs and conditions."""

ReadState = Callable[[str], float]
_Window = TypeVar("_Window", ServiceWindow, EntryWindow)
_QUANTILES = frozenset({"p50", "p95", "p99"})


class SignalStore:
    """Metrics of services and entries, second by second. `upto` seconds have been closed."""

    def __init__(self, services: Sequence[str], entries: Sequence[str], scale: float) -> None:
        self.upto = 0
        self.refresh: Callable[[], None] = _nothing
        self.version_of: Callable[[str], str] = lambda _: ""
        self.queues: dict[str, list[float]] = {name: [] for name in services}
        self.judged: dict[str, list[int]] = {name: [] for name in entries}
        self.bad: dict[str, list[int]] = {name: [] for name in entries}
        self._scale = scale
        self._services: dict[str, list[ServiceWindow]] = {name: [] for name in services}
        self._entries: dict[str, list[EntryWindow]] = {name: [] for name in entries}
        self._dropped = 0
        self._states: dict[str, ReadState] = {}
        self._facts: dict[str, Callable[[str, int], float | None]] = {}

    def add_state(self, subject: str, read: ReadState) -> None:
        """Let `subject.NAME` be read as a condition: 1.0 or 0.0."""
        self._states[subject] = read

    def add_fact(self, metric: str, read: Callable[[str, int], float | None]) -> None:
        """A metric of services that does not come from traffic: `read(service, second)`."""
        self._facts[metric] = read

    def close(self, window: Window) -> None:
        """Takes in the next second."""
        for name, service in window.services.items():
            self._services[name].append(service)
            self.queues[name].append(round(service.queue, 3))
        for name, entry in window.entries.items():
            self._entries[name].append(entry)
            self.judged[name].append(entry.judged)
            self.bad[name].append(entry.bad)
        self.upto = window.t // MICRO + 1
        if self.upto - self._dropped >= 2 * KEPT:
            for services in self._services.values():
                del services[:KEPT]
            for entries in self._entries.values():
                del entries[:KEPT]
            self._dropped += KEPT

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        """See `Signals.value`; an unknown subject or metric has no data."""
        self.refresh()
        if subject in self._states:
            return self._states[subject](metric)
        if subject in self._services:
            if metric in self._facts:
                return self._facts[metric](subject, second)
            return _aggregate_service(self._cut(self._services[subject], second, length), metric, self._scale)
        if subject in self._entries:
            return _aggregate_entry(self._cut(self._entries[subject], second, length), metric, self._scale)
        return None

    def history(self, subject: str, metric: str, seconds: int) -> list[float | None]:
        """The metric at each of the last seconds, oldest first."""
        self.refresh()
        return [self.value(subject, metric, second) for second in range(max(1, self.upto - seconds + 1), self.upto + 1)]

    def reading(self, second: int) -> tuple[dict[str, ServiceReading], dict[str, EntryReading]]:
        """The second that ends at `second`, rounded as screens show it, with the versions that run now.

        Empty before the first second.
        """
        index = second - 1 - self._dropped
        if index < 0:
            return {}, {}
        services = {name: self._read_service(name, windows[index], second) for name, windows in self._services.items()}
        entries = {name: _read_entry(windows[index], self._scale) for name, windows in self._entries.items()}
        return services, entries

    def causes(self, subject: str, seconds: int) -> dict[str, int]:
        """How the failures of the last seconds ended, counted by cause."""
        windows = self._services.get(subject) or self._entries.get(subject) or []
        counts: dict[str, int] = {}
        for window in windows[-seconds:]:
            for cause, count in window.causes.items():
                counts[cause] = counts.get(cause, 0) + count
        return counts

    def _cut(self, windows: list[_Window], second: int, length: int) -> list[_Window]:
        end = min(second, self.upto) - self._dropped
        return windows[max(0, end - length) : max(0, end)]

    def _read_service(self, name: str, window: ServiceWindow, second: int) -> ServiceReading:
        replicas = self._facts["replicas"](name, second) if "replicas" in self._facts else None
        return ServiceReading(
            rate=round4(window.rate * self._scale),
            goodput=round4(window.goodput * self._scale),
            errors=_share(window.failed, window.ended),
            mean=_round(window.mean),
            p50=_round(window.p50),
            p95=_round(window.p95),
            p99=_round(window.p99),
            saturation=round4(window.saturation),
            queue=round4(window.queue),
            retries=round4(window.retries * self._scale),
            replicas=int(replicas or 0),
            version=self.version_of(name),
        )


def _read_entry(window: EntryWindow, scale: float) -> EntryReading:
    return EntryReading(
        rate=round4(window.rate * scale),
        goodput=round4(window.goodput * scale),
        errors=_share(window.failed, window.ended),
        mean=_round(window.mean),
        p50=_round(window.p50),
        p95=_round(window.p95),
        p99=_round(window.p99),
        bad=_share(window.bad, window.judged),
    )


def _aggregate_service(windows: list[ServiceWindow], metric: str, scale: float) -> float | None:
    if not windows:
        return None
    count = len(windows)
    match metric:
        case "saturation":
            return fsum(window.saturation for window in windows) / count
        case "queue":
            return fsum(window.queue for window in windows) / count
        case "retries":
            return sum(window.retries for window in windows) * scale / count
        case _:
            return _aggregate(windows, metric, scale)


def _aggregate_entry(windows: list[EntryWindow], metric: str, scale: float) -> float | None:
    if not windows:
        return None
    if metric == "bad":
        judged = sum(window.judged for window in windows)
        return sum(window.bad for window in windows) / judged if judged else None
    return _aggregate(windows, metric, scale)


def _aggregate(windows: Sequence[ServiceWindow | EntryWindow], metric: str, scale: float) -> float | None:
    count = len(windows)
    if metric == "rate":
        return sum(window.rate for window in windows) * scale / count
    if metric == "goodput":
        return sum(window.goodput for window in windows) * scale / count
    if metric in _QUANTILES:
        return max((value for window in windows if (value := getattr(window, metric)) is not None), default=None)
    ended = sum(window.ended for window in windows)
    failed = sum(window.failed for window in windows)
    if metric in ("errors", "success"):
        if not ended:
            return None
        return failed / ended if metric == "errors" else 1.0 - failed / ended
    if metric == "mean":
        good = ended - failed
        total = fsum(window.mean * (window.ended - window.failed) for window in windows if window.mean is not None)
        return total / good if good else None
    return None


def _share(part: int, whole: int) -> float | None:
    return round4(part / whole) if whole else None


def _round(value: float | None) -> float | None:
    return None if value is None else round4(value)


def _nothing() -> None:
    return None
