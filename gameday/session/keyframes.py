"""Keyframes: an observation as the cells of a journal's tick, and back. Needs no engine to be read.

A tick writes the readings of every service and entry; everything else only where it changed since the tick before. The
columns of a row are those that the journal's header names, so that a journal from before a column still plays back; a
row ends with the last of them that has a value, and is empty where nothing of the service could be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from gameday.core.errors import JournalError
from gameday.core.events import Event, EvidenceShared, LookCompleted, seen_by
from gameday.core.signals import (
    ENTRY_COLUMNS,
    SERVICE_COLUMNS,
    EntryReading,
    IncidentView,
    Observation,
    ServiceReading,
)
from gameday.session.records import Cell, Changed, Header, Row, SeenEvent, Tick

NUMBER_COLUMNS = tuple(name for name in SERVICE_COLUMNS if name not in ("replicas", "version"))
"""The columns of a service that change every second; replicas and version are written when they change."""

_NEEDED = ("rate", "goodput", "errors", "mean", "p50", "p95", "p99", "saturation", "queue", "retries")
"""Every journal has these of a service, and every row that is not empty."""

_NUMBERS: Callable[[object], Row] = attrgetter(*NUMBER_COLUMNS)
_ENTRY: Callable[[object], Row] = attrgetter(*ENTRY_COLUMNS)
_UNCHANGED = Changed()
_VIEWS = tuple(name for name in Changed.model_fields if name not in ("replicas", "versions"))


def seen(events: Iterable[Event], played: Collection[str]) -> tuple[SeenEvent, ...]:
    """The events that those who are played may see."""
    return tuple(
        SeenEvent(
            at=event.at,
            kind=event.kind,
            text=event.text(),
            lines=event.lines if isinstance(event, LookCompleted | EvidenceShared) else (),
        )
        for event in events
        if seen_by(event, played)
    )


class Encoder:
    """Turns observations into ticks, one after another; the first writes everything.

    `services` and `entries` are those of the header, in its order; unsaid, all that an observation shows. `played` are
    those whose looks are recorded.
    """

    def __init__(self, services: Sequence[str] = (), entries: Sequence[str] = (), played: Collection[str] = ()) -> None:
        self._played = played
        self._services = services
        self._entries = entries
        self._known: dict[str, tuple[int, str]] = {}
        self._before: dict[str, object] = {}

    def tick(self, observation: Observation, state: tuple[str, str, str], events: Sequence[Event]) -> Tick:
        """The tick of one second: digests, readings, views that changed, events since the tick before."""
        services, entries = observation.services, observation.entries
        views = self._views(observation)
        changed = {name: value for name, value in views.items() if value != self._before.get(name)}
        self._before = views
        return Tick(
            n=observation.second,
            state=state,
            s=_rows(services, self._services, _NUMBERS, len(_NEEDED)),
            e=_rows(entries, self._entries, _ENTRY, len(ENTRY_COLUMNS)),
            x=Changed.model_validate(changed) if changed else _UNCHANGED,
            seen=seen(events, self._played),
        )

    def _views(self, observation: Observation) -> dict[str, object]:
        """The fields of `Changed`. What a service that cannot be seen runs is what it was seen to run last."""
        for name, reading in observation.services.items():
            self._known[name] = (reading.replicas, reading.version)
        names = self._services or tuple(observation.services)
        known = [self._known.get(name, (0, "")) for name in names] if self._known else []
        return {
            "replicas": tuple(replicas for replicas, _ in known),
            "versions": tuple(version for _, version in known),
            **{name: getattr(observation, name) for name in _VIEWS},
        }


class Decoder:
    """Turns the ticks of one journal back into observations; they must come in order."""

    def __init__(self, header: Header) -> None:
        columns = header.service_columns
        if columns[: len(_NEEDED)] != _NEEDED or any(name not in NUMBER_COLUMNS for name in columns):
            raise JournalError("the columns of this journal are not the ones that this version shows")
        if header.entry_columns != ENTRY_COLUMNS:
            raise JournalError("the columns of this journal are not the ones that this version shows")
        self._header = header
        self._views = Changed()

    def observation(self, tick: Tick) -> Observation:
        """What could be seen at that second. Raises JournalError where rows and names do not fit together."""
        news = {name: value for name in Changed.model_fields if (value := getattr(tick.x, name)) is not None}
        self._views = views = self._views.model_copy(update=news)
        try:
            services, entries = self._readings(tick)
        except (ValueError, TypeError):
            raise JournalError(f"second {tick.n} of this journal does not show every service and entry") from None
        return Observation(
            second=tick.n,
            services=services,
            entries=entries,
            pages=views.pages or (),
            alerts=views.alerts or (),
            actions=views.actions or (),
            playbook=views.playbook or "",
            steps=views.steps or (),
            incident=views.incident or IncidentView(),
            looks=views.looks or (),
            joined=views.joined or (),
            people=views.people or (),
            questions=views.questions or (),
        )

    def _readings(self, tick: Tick) -> tuple[Mapping[str, ServiceReading], Mapping[str, EntryReading]]:
        if not tick.s and not tick.e:
            return {}, {}
        rows = zip(self._header.services, tick.s, self._views.replicas or (), self._views.versions or (), strict=True)
        columns = self._header.service_columns
        services = {name: _service(columns, row, replicas, version) for name, row, replicas, version in rows if row}
        entries = {name: _entry(row) for name, row in zip(self._header.entries, tick.e, strict=True) if row}
        return services, entries


def _rows(
    readings: Mapping[str, ServiceReading] | Mapping[str, EntryReading],
    names: Sequence[str],
    columns: Callable[[object], Row],
    needed: int,
) -> tuple[Row, ...]:
    """A row for each name; none at all before anything could be seen."""
    if not readings:
        return ()
    return tuple(
        _cells(columns(readings[name]), needed) if name in readings else () for name in names or tuple(readings)
    )


def _cells(values: Row, needed: int) -> Row:
    """Without what is not known at the end."""
    end = len(values)
    while end > needed and values[end - 1] is None:
        end -= 1
    return values[:end]


def _service(columns: tuple[str, ...], row: Row, replicas: int, version: str) -> ServiceReading:
    needed = len(_NEEDED)
    rate, goodput, errors, mean, p50, p95, p99, saturation, queue, retries = row[:needed]
    if len(row) > len(columns):
        raise ValueError("more cells than columns")
    return ServiceReading(
        _number(rate),
        _number(goodput),
        errors,
        mean,
        p50,
        p95,
        p99,
        _number(saturation),
        _number(queue),
        _number(retries),
        replicas,
        version,
        **dict(zip(columns[needed:], row[needed:], strict=False)),
    )


def _entry(row: Row) -> EntryReading:
    rate, goodput, errors, mean, p50, p95, p99, bad = row
    return EntryReading(_number(rate), _number(goodput), errors, mean, p50, p95, p99, bad)


def _number(cell: Cell) -> float:
    if cell is None:
        raise ValueError("a number is missing")
    return cell
