"""Series over time: what was measured in each window of a session, by service and entry.

Owns the columns and how a running session fills them. Does not own how they are printed (`simulate`, `plot`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gameday.core.signals import ENTRY_METRICS, SERVICE_METRICS
from gameday.core.units import round4

if TYPE_CHECKING:
    from gameday.scenario.exercise import Exercise
    from gameday.session.session import Session

ENTRY_COLUMNS = ("rate", "goodput", "errors", "mean", "p50", "p95", "p99")
SERVICE_COLUMNS = (*ENTRY_COLUMNS, "saturation", "queue", "retries")
"""The keys of a series; units: `gameday.core.signals.METRICS`."""
TELLING = ("replicas", "backlog", "pool", "cache_hits", "lag")
"""Metrics that only some services have, or that seldom change: drawn where they tell something."""

Cells = list[float | None]


@dataclass
class Series:
    """What was measured, a value for each window; `t` is where each begins, in seconds."""

    services: tuple[str, ...]
    entries: tuple[str, ...]
    t: list[int] = field(default_factory=list)
    of_services: dict[str, dict[str, Cells]] = field(default_factory=dict)
    of_entries: dict[str, dict[str, Cells]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every metric that some service or entry has a column of."""
        every = (*self.of_services.values(), *self.of_entries.values())
        return tuple(dict.fromkeys(metric for cells in every for metric in cells))

    def to_json(self) -> dict[str, object]:
        return {
            "services": list(self.services),
            "entries": list(self.entries),
            "t": self.t,
            "series": {"services": self.of_services, "entries": self.of_entries},
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured: the services and entries, all if none is named, and the metrics, the usual if unsaid."""

    names: Sequence[str] = ()
    metrics: Sequence[str] = ()

    def among(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that are wanted."""
        return tuple(name for name in names if not self.names or name in self.names)

    def columns(self, usual: Sequence[str], had: Sequence[str]) -> tuple[str, ...]:
        """The metrics that are wanted of what can have those that it `had`."""
        return tuple(dict.fromkeys(metric for metric in self.metrics or usual if metric in had))


def follow(session: Session, exercise: Exercise, seconds: int, wanted: Wanted) -> Series:
    """The series that fills while the session runs, from windows of so many seconds."""
    system = exercise.scenario.system
    series = Series(wanted.among(system.services), wanted.among(system.traffic.entries))
    of_services = wanted.columns(SERVICE_COLUMNS, SERVICE_METRICS)
    of_entries = wanted.columns(ENTRY_COLUMNS, ENTRY_METRICS)
    series.of_services = {name: {column: [] for column in of_services} for name in series.services}
    series.of_entries = {name: {column: [] for column in of_entries} for name in series.entries}

    def take(second: int) -> None:
        if second == 0 or second % seconds:
            return
        series.t.append(second - seconds)
        for columns in (series.of_services, series.of_entries):
            for name, cells in columns.items():
                for column, values in cells.items():
                    value = session.signals.value(name, column, second, seconds)
                    values.append(None if value is None else round4(value))

    session.on_second(lambda observation: take(observation.second))
    return series
