"""What was seen so far, and the snapshots of services and entries that panels draw from it.

Fed with one observation a second, by a live session or a recording alike. Owns which status a service or entry has on
the screens. Does not own pages, steps and the channel (`rows`, `feed`), and never sees the hidden truth.
"""

from __future__ import annotations

from collections.abc import Sequence

from gameday.core.signals import EntryReading, Observation, ServiceReading
from gameday.core.units import MICRO
from gameday.scenario.models import Scenario
from gameday.tui.drawing.figures import latency, percent, short
from gameday.tui.drawing.state import (
    Burn,
    ChartState,
    EntryRow,
    MapState,
    Series,
    ServiceRow,
    SignalsState,
    TableState,
    Topology,
    Values,
)
from gameday.tui.lateness import ENOUGH_RECENT, ENOUGH_USUAL, is_late, middle
from gameday.tui.track import KEPT, Track

TREND = 120
"""Seconds that a spark line shows."""
RECENT = 10
"""Seconds that decide a status: the window in which objectives are judged."""

DOWN_SHARE = 0.5
DEGRADED_SHARE = 0.05
FULL = 0.95
BUDGET_SECONDS = 30 * 86_400

_SERVICE_SIGNALS = ("rate", "errors", "p50", "p99", "saturation", "queue", "retries")
_ENTRY_SIGNALS = ("rate", "goodput", "bad", "p50", "p99")
_LABELS = {
    "rate": "rps",
    "goodput": "good/s",
    "errors": "errors",
    "bad": "bad",
    "p50": "p50",
    "p99": "p99",
    "saturation": "busy",
    "queue": "queue",
    "retries": "retries",
}


class Seen:
    """Everything that observations have shown, in order."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.latest: Observation | None = None
        self.hurt_seconds = 0
        system = scenario.system
        self._tracks: dict[tuple[str, str], Track] = {}
        for names, metrics in ((system.services, _SERVICE_SIGNALS), (system.traffic.entries, _ENTRY_SIGNALS)):
            for name in names:
                for metric in metrics:
                    self._tracks[name, metric] = Track()
        self._answers = {name: Track() for name in system.services}
        self._late = dict.fromkeys(system.services, False)
        self._spent = dict.fromkeys(system.traffic.entries, 0.0)

    def take(self, observation: Observation) -> None:
        """The next whole second."""
        self.latest = observation
        for name, service in observation.services.items():
            self._add(name, service, _SERVICE_SIGNALS, observation.second)
            self._answers[name].add(observation.second, service.mean)
            self._late[name] = is_late(*self._answer_times(name), self._late[name])
        for name, entry in observation.entries.items():
            self._add(name, entry, _ENTRY_SIGNALS, observation.second)
            self._spent[name] += (entry.bad or 0.0) * entry.rate
        if any(self.entry_status(name) in ("degraded", "down") for name in self.scenario.slos):
            self.hurt_seconds += 1

    def _add(self, name: str, reading: ServiceReading | EntryReading, metrics: Sequence[str], second: int) -> None:
        for metric in metrics:
            value: float | None = getattr(reading, metric)
            self._tracks[name, metric].add(second, value)

    def last(self, subject: str, metric: str, seconds: int) -> Values:
        """The metric in the last seconds, oldest first; empty for what is not known."""
        track = self._tracks.get((subject, metric))
        return tuple(track.last(seconds)) if track is not None else ()

    def share(self, subject: str, metric: str, seconds: int) -> float | None:
        """A ratio over the last seconds, each weighted by its rate; None without data."""
        weighted = [
            (ratio, rate or 0.0)
            for ratio, rate in zip(
                self.last(subject, metric, seconds), self.last(subject, "rate", seconds), strict=True
            )
            if ratio is not None
        ]
        whole = sum(rate for _, rate in weighted)
        if not weighted:
            return None
        if not whole:
            return sum(ratio for ratio, _ in weighted) / len(weighted)
        return sum(ratio * rate for ratio, rate in weighted) / whole

    def entry_status(self, name: str) -> str:
        """`ok` while the objective is met over the last ten seconds, `down` when half of the requests are bad."""
        bad = self.share(name, "bad", RECENT)
        if bad is None:
            return "nodata"
        objective = self.scenario.slos.get(name)
        if bad >= DOWN_SHARE:
            return "down"
        return "degraded" if bad > (1.0 - objective.good if objective else DEGRADED_SHARE) + 1e-9 else "ok"

    def service_status(self, name: str) -> str:
        """By errors, full workers, answers far later than usual and replicas that serve; `nodata` without arrivals."""
        reading = self.latest.services.get(name) if self.latest else None
        if reading is None:
            return "nodata"
        if reading.replicas == 0:
            return "down"
        errors = self.share(name, "errors", RECENT)
        busy = [value for value in self.last(name, "saturation", RECENT) if value is not None]
        full = bool(busy) and sum(busy) / len(busy) >= FULL
        if errors is None:
            return "degraded" if full else "nodata"
        if errors >= DOWN_SHARE:
            return "down"
        return "degraded" if errors >= DEGRADED_SHARE or full or self._late[name] else "ok"

    def _answer_times(self, name: str) -> tuple[float | None, float | None]:
        """How long a service takes to answer in the middle, in seconds: lately, and usually."""
        track = self._answers[name]
        return middle(track.last(RECENT), ENOUGH_RECENT), middle(track.usual, ENOUGH_USUAL)

    def _answer_note(self, name: str) -> str:
        """How long a late service takes to answer; where nothing is usual yet, also half of what a caller waits."""
        now, usual = self._answer_times(name)
        if now is None or usual is not None:
            return f"{latency(now)}, was {latency(usual)}" if self._late[name] else ""
        waits = [one.timeout for one in self.scenario.system.dependencies if one.callee == name and one.timeout]
        return latency(now) if waits and 2 * now * MICRO > min(waits) else ""

    def status(self, subject: str) -> str:
        """The status of a service or an entry."""
        return self.service_status(subject) if subject in self.scenario.system.services else self.entry_status(subject)

    def table(self, selected: str | None = None) -> TableState:
        """Entries and services with their figures of the last second."""
        seen = self.latest
        services = seen.services if seen else {}
        entries = seen.entries if seen else {}
        return TableState(
            tuple(self._service_row(name, reading) for name, reading in services.items()),
            tuple(self._entry_row(name, reading) for name, reading in entries.items()),
            selected,
        )

    def map_state(self, selected: str | None = None) -> MapState:
        """Statuses, edges that retry, answers that are late, nodes that an action works on."""
        system = self.scenario.system
        names = (*system.traffic.entries, *system.services)
        statuses = {name: self.status(name) for name in names}
        hot = tuple(
            (edge.caller, edge.callee)
            for edge in system.dependencies
            if edge.mode == "sync" and self._retries(edge.caller) and statuses[edge.callee] != "ok"
        )
        notes = tuple((name, note) for name in system.services if (note := self._answer_note(name)))
        return MapState(tuple(statuses.items()), hot, selected, notes, self._acting())

    def topology(self, entries: bool = True) -> Topology:
        """Who calls whom; entries as nodes of their own where asked for."""
        system = self.scenario.system
        outer = tuple(system.traffic.entries) if entries else ()
        calls = tuple((name, system.traffic.entries[name].to) for name in outer)
        edges = tuple((edge.caller, edge.callee) for edge in system.dependencies)
        return Topology((*outer, *system.services), (*calls, *dict.fromkeys(edges)))

    def signals(self, subject: str) -> SignalsState:
        """The golden signals of a service or an entry."""
        is_service = subject in self.scenario.system.services
        names = _SERVICE_SIGNALS if is_service else _ENTRY_SIGNALS
        series = tuple(self._series(subject, name) for name in names) if self.latest else ()
        if is_service:
            return SignalsState(subject, self.status(subject), series, self._facts(subject))
        return SignalsState(
            subject,
            self.status(subject),
            series,
            objective=self._objective(subject),
            burns=(self._burn(subject, "1m", 60), self._burn(subject, "5m", 300)),
            budget=self._budget_left(subject),
        )

    def chart(self, subject: str, metrics: Sequence[str], title: str, unit: str) -> ChartState:
        """Histories of some metrics in one chart, up to ten minutes back."""
        lines = tuple((_LABELS[name], self.last(subject, name, KEPT)) for name in metrics)
        length = max((len(values) for _, values in lines), default=0)
        return ChartState(title, lines, start=f"{length} s ago" if length else "", end="now", unit=unit)

    def mechanisms(self, subject: str) -> str:
        """What there is to see of a service's mechanisms now, in a few words; nothing for those that have none."""
        reading = self.latest.services.get(subject) if self.latest is not None else None
        if reading is None:
            return ""
        healthy = reading.replicas if reading.healthy is None else round(reading.healthy)
        parts = [f"{healthy} of {reading.replicas} replicas healthy" if healthy < reading.replicas else ""]
        for name, value, kind in (
            ("pool", reading.pool, "share"),
            ("cache hits", reading.cache_hits, "share"),
            ("backlog", reading.backlog, "count"),
            ("lag", reading.lag, "time"),
            ("canary", reading.canary, "share"),
        ):
            if value is not None:
                text = f"{value:.0%}" if kind == "share" else f"{value:.1f}s" if kind == "time" else f"{value:.0f}"
                parts.append(f"{name} {text}")
        return " · ".join(part for part in parts if part)

    def worst(self, now: str | None = None) -> str:
        """What deserves a look first: the worst entry; `now`, what is looked at, gives way only to a worse one."""
        entries = list(self.scenario.system.traffic.entries)
        order = {"down": 0, "degraded": 1, "nodata": 2, "ok": 2}
        return min(entries, key=lambda name: (order[self.entry_status(name)], name != now, entries.index(name)))

    def _service_row(self, name: str, reading: ServiceReading) -> ServiceRow:
        service = self.scenario.system.services[name]
        return ServiceRow(
            name,
            self.service_status(name),
            rate=reading.rate,
            errors=self.share(name, "errors", 3),
            p50=reading.p50,
            p95=reading.p95,
            p99=reading.p99,
            saturation=reading.saturation,
            queue=reading.queue,
            retries=reading.retries,
            trend=self.last(name, "errors", TREND),
            team=service.team or "",
        )

    def _entry_row(self, name: str, reading: EntryReading) -> EntryRow:
        return EntryRow(
            name,
            self.entry_status(name),
            rate=reading.rate,
            bad=self.share(name, "bad", 3),
            p50=reading.p50,
            p99=reading.p99,
            objective=self._objective(name, short_form=True),
            trend=self.last(name, "bad", TREND),
        )

    def _series(self, subject: str, metric: str) -> Series:
        track = self._tracks[subject, metric]
        values = tuple(track.last(TREND))
        now = values[-1] if values else None
        usual = track.baseline
        text = f"was {figure(metric, usual)}" if usual is not None else ""
        return Series(_LABELS[metric], values, figure(metric, now), text, _style(metric, now, usual), _top(metric))

    def _facts(self, service: str) -> str:
        reading = self.latest.services.get(service) if self.latest else None
        if reading is None:
            return ""
        return f"{reading.version} · {reading.replicas} replica{'' if reading.replicas == 1 else 's'}"

    def _objective(self, entry: str, short_form: bool = False) -> str:
        objective = self.scenario.slos.get(entry)
        if objective is None:
            return ""
        good = f"{100 * objective.good:.4g}%"
        within = latency(objective.within / MICRO)
        return f"{good}<{within}" if short_form else f"{good} within {within}"

    def _burn(self, entry: str, window: str, seconds: int) -> Burn:
        objective = self.scenario.slos.get(entry)
        bad = self.share(entry, "bad", seconds)
        return Burn(window, None if objective is None or bad is None else bad / (1.0 - objective.good))

    def _budget_left(self, entry: str) -> float | None:
        objective = self.scenario.slos.get(entry)
        planned = self.scenario.system.traffic
        rate = planned.entries[entry].rate * planned.scale
        if objective is None or not rate:
            return None
        return 1.0 - self._spent[entry] / (BUDGET_SECONDS * rate * (1.0 - objective.good))

    def _retries(self, service: str) -> bool:
        recent = [value or 0.0 for value in self.last(service, "retries", 3)]
        rate = [value or 0.0 for value in self.last(service, "rate", 3)]
        return sum(recent) > 0.05 * sum(rate) and sum(recent) > 0

    def _acting(self) -> tuple[str, ...]:
        actions = self.latest.actions if self.latest else ()
        services = self.scenario.system.services
        named = (part for action in actions for word in action.text.split() for part in word.split(">"))
        return tuple(dict.fromkeys(name for name in named if name in services))


def figure(metric: str, value: float | None) -> str:
    """A metric's value in the unit that people read."""
    if metric in ("p50", "p99"):
        return latency(value)
    if metric in ("errors", "bad", "saturation"):
        return f"{percent(value)}%" if value is not None else percent(value)
    return short(value)


def _top(metric: str) -> float | None:
    return 1.0 if metric in ("saturation", "errors", "bad") else None


def _style(metric: str, now: float | None, usual: float | None) -> str:
    """Far from usual stands out; rates that are low are no trouble by themselves."""
    if now is None:
        return "nodata"
    if metric in ("errors", "bad"):
        return "down" if now >= DOWN_SHARE else "degraded" if now >= DEGRADED_SHARE else "value"
    if metric == "saturation":
        return "degraded" if now >= FULL else "value"
    if metric in ("p50", "p99", "queue", "retries") and usual is not None:
        return "degraded" if now > 3 * max(usual, 0.001 if metric.startswith("p") else 1.0) else "value"
    return "value"
