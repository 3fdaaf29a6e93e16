"""Keyframes: an observation as the cells of a journal's tick, and back. Needs no engine to be read.

A tick writes the readings of every service and entry; everything else only where it changed since the tick before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from gameday.core.errors import JournalError
from gameday.core.events import Event, LookCompleted
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


def seen(events: Iterable[Event]) -> tuple[SeenEvent, ...]:
    """The events that responders may see."""
    return tuple(
        SeenEvent(
            at=event.at,
            kind=event.kind,
            text=event.text(),
            lines=event.lines if isinstance(event, LookCompleted) else (),
        )
        for event in events
        if event.visible
    )


class Encoder:
    """Turns observations into ticks, one after another; the first writes everything."""

    def __init__(self) -> None:
        self._before = Changed()

    def tick(self, observation: Observation, state: tuple[str, str, str], events: Sequence[Event]) -> Tick:
        """The tick of one second: digests, readings, views that changed, events since the tick before."""
        views = _views(observation)
        changed = {
            name: value
            for name in Changed.model_fields
            if (value := getattr(views, name)) != getattr(self._before, name)
        }
        self._before = views
        return Tick(
            n=observation.second,
            state=state,
            s=tuple(_cells(reading, NUMBER_COLUMNS) for reading in observation.services.values()),
            e=tuple(_cells(reading, ENTRY_COLUMNS) for reading in observation.entries.values()),
            x=Changed(**changed),
            seen=seen(events),
        )


class Decoder:
    """Turns the ticks of one journal back into observations; they must come in order."""

    def __init__(self, header: Header) -> None:
        if header.service_columns != NUMBER_COLUMNS or header.entry_columns != ENTRY_COLUMNS:
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
        )

    def _readings(self, tick: Tick) -> tuple[Mapping[str, ServiceReading], Mapping[str, EntryReading]]:
        if not tick.s and not tick.e:
            return {}, {}
        rows = zip(self._header.services, tick.s, self._views.replicas or (), self._views.versions or (), strict=True)
        services = {name: _service(row, replicas, version) for name, row, replicas, version in rows}
        return services, {name: _entry(row) for name, row in zip(self._header.entries, tick.e, strict=True)}


def _views(observation: Observation) -> Changed:
    services = observation.services.values()
    return Changed(
        replicas=tuple(reading.replicas for reading in services),
        versions=tuple(reading.version for reading in services),
        pages=observation.pages,
        alerts=observation.alerts,
        actions=observation.actions,
        playbook=observation.playbook,
        steps=observation.steps,
        incident=observation.incident,
        looks=observation.looks,
        joined=observation.joined,
    )


def _cells(reading: ServiceReading | EntryReading, columns: tuple[str, ...]) -> Row:
    return tuple(_finite(getattr(reading, name)) for name in columns)


def _finite(value: float | None) -> Cell:
    return None if value is None or not isfinite(value) else float(value)


def _service(row: Row, replicas: int, version: str) -> ServiceReading:
    rate, goodput, errors, mean, p50, p95, p99, saturation, queue, retries = row
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
    )


def _entry(row: Row) -> EntryReading:
    rate, goodput, errors, mean, p50, p95, p99, bad = row
    return EntryReading(_number(rate), _number(goodput), errors, mean, p50, p95, p99, bad)


def _number(cell: Cell) -> float:
    if cell is None:
        raise ValueError("a number is missing")
    return cell
