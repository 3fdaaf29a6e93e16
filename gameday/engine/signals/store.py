"""The store of what happened: windows of the traffic a second, read as metrics over any window of time.

Implements `gameday.core.signals.Signals`. Values are scaled by `traffic.scale` where they count requests. Owns no
physics: it is filled by the kernel's windows, and `refresh` advances the kernel before every reading. What responders
see of it is `gameday.engine.monitoring`'s.

Its size is bounded (`track`), but for what the score needs of every second: three numbers of each service or entry.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

from gameday.core.signals import EntryReading, ServiceReading
from gameday.core.units import MICRO
from gameday.engine.signals import metrics
from gameday.engine.signals.track import BLOCK, TIDY, Causes, Cut, Lost
from gameday.engine.traffic.windows import Window

ReadState = Callable[[str], float]
ReadFact = Callable[[str, int], float | None]
ReadGauge = Callable[[str], float | None]

_REMEMBERED = 4096
"""Values over more than a second that are kept: a condition that must hold for minutes asks for each again."""


class SignalStore:
    """Metrics of services, entries and edges, second by second. `upto` seconds have been closed.

    `named` are the edges that conditions read: they are known for as long as a service is, the others for ten minutes.
    """

    def __init__(
        self,
        services: Sequence[str],
        entries: Sequence[str],
        scale: float = 1.0,
        edges: Sequence[str] = (),
        named: Sequence[str] = (),
    ) -> None:
        self.upto = 0
        self.refresh: Callable[[], None] = _nothing
        self.version_of: Callable[[str], str] = _no_version
        self.queues: dict[str, array[float]] = {name: array("d") for name in services}
        self.judged: dict[str, array[int]] = {name: array("q") for name in entries}
        self.bad: dict[str, array[int]] = {name: array("q") for name in entries}
        self._scale = scale
        self._services = {name: metrics.service_track() for name in services}
        self._entries = {name: metrics.entry_track() for name in entries}
        self._edges = {name: metrics.edge_track(named=name in named) for name in edges}
        self._states: dict[str, ReadState] = {}
        self._facts: dict[str, ReadFact] = {}
        self._gauges: dict[str, list[tuple[str, ReadGauge]]] = {name: [] for name in (*services, *edges)}
        self._remembered: dict[tuple[str, str, int, int], float | None] = {}

    def add_state(self, subject: str, read: ReadState) -> None:
        """Let `subject.NAME` be read as a condition: 1.0 or 0.0."""
        self._states[subject] = read

    def add_fact(self, metric: str, read: ReadFact) -> None:
        """A metric of services that is known at any time, past ones too: `read(service, second)`."""
        self._facts[metric] = read

    def add_gauge(self, metric: str, read: ReadGauge, subjects: Iterable[str] | None = None) -> None:
        """A metric of these services or edges (all services, if unsaid) that is read off at the end of each second.

        `read(subject)` gives None where there is nothing to be known just now.
        """
        for name in self._services if subjects is None else subjects:
            self._gauges[name].append((metric, read))

    def is_state(self, subject: str) -> bool:
        """Whether the subject is a state, such as the flags, and nothing that is measured."""
        return subject in self._states

    def is_fact(self, metric: str) -> bool:
        """Whether the metric is known from elsewhere than from measuring."""
        return metric in self._facts

    def close(self, window: Window) -> None:
        """Takes in the next second."""
        self.upto = window.t // MICRO + 1
        if self.upto % TIDY == 0:
            self._remembered.clear()
        for name, service in window.services.items():
            track = self._services[name]
            metrics.add_service(track, service)
            for metric, read in self._gauges[name]:
                track.gauge(metric, read(name))
            self.queues[name].append(round(service.queue, 3) if service.queue else 0.0)
        for name, entry in window.entries.items():
            metrics.add_entry(self._entries[name], entry)
            self.judged[name].append(entry.judged)
            self.bad[name].append(entry.bad)
        for name, edge in window.edges.items():
            if name in self._edges:
                track = self._edges[name]
                metrics.add_edge(track, edge)
                for metric, read in self._gauges[name]:
                    track.gauge(metric, read(name))
        if self.upto % BLOCK == 0:
            for history in (*self._services.values(), *self._entries.values(), *self._edges.values()):
                history.settle()

    def value(self, subject: str, metric: str, second: int, length: int = 1, lost: Lost | None = None) -> float | None:
        """See `Signals.value`; an unknown subject or metric has no data. Seconds that are `lost` are left out."""
        self.refresh()
        if subject in self._states:
            return self._states[subject](metric)
        if metric in self._facts and subject in self._services:
            return self._facts[metric](subject, second)
        if length == 1 or lost is not None or second > self.upto:
            return self._measure(subject, metric, second, length, lost)
        key = (subject, metric, second, length)
        if key not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._measure(subject, metric, second, length, None)
        return self._remembered[key]

    def history(self, subject: str, metric: str, seconds: int) -> list[float | None]:
        """The metric at each of the last seconds, oldest first."""
        self.refresh()
        return [self.value(subject, metric, second) for second in range(max(1, self.upto - seconds + 1), self.upto + 1)]

    def reading(self, second: int) -> tuple[dict[str, ServiceReading], dict[str, EntryReading]]:
        """The second that ends at `second`, rounded as screens show it, with the versions that run now.

        Empty before the first second and for what is forgotten.
        """
        services = {name: seen for name in self._services if (seen := self.service_reading(name, second))}
        entries = {name: known for name in self._entries if (known := self.entry_reading(name, second))}
        return services, entries

    def service_reading(self, name: str, second: int) -> ServiceReading | None:
        """One service in the second that ends at `second`; None where nothing is known of it."""
        return metrics.read_service(self._services[name], second - 1, self._scale, self.version_of(name))

    def entry_reading(self, name: str, second: int) -> EntryReading | None:
        """One entry in the second that ends at `second`; None where nothing is known of it."""
        return metrics.read_entry(self._entries[name], second - 1, self._scale)

    def causes(self, subject: str, seconds: int, second: int | None = None, lost: Lost | None = None) -> Causes:
        """How the failures of the seconds up to `second` (now, if unsaid) ended, counted by cause."""
        end = self.upto if second is None else second
        cut = self._cut(subject, end - seconds, end, lost)
        return {} if cut is None else cut.causes()

    def _measure(self, subject: str, metric: str, second: int, length: int, lost: Lost | None) -> float | None:
        end = min(second, self.upto)
        cut = self._cut(subject, end - length, end, lost)
        return None if cut is None else metrics.measure(cut, metric, self._scale)

    def _cut(self, subject: str, begin: int, end: int, lost: Lost | None) -> Cut | None:
        track = self._services.get(subject) or self._entries.get(subject) or self._edges.get(subject)
        return None if track is None else track.cut(begin, end, lost)


def _nothing() -> None:
    return None


def _no_version(_: str) -> str:
    return ""
