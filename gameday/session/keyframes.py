"""Keyframes: an observation as the cells of a journal's tick, and back. Needs no engine to be read.

A tick writes the readings of every service and entry; everything else only where it changed since the tick before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from gameday.core.errors import JournalError
from gameday.core.events import Event, LookCompleted
from gameday.core.signals import ENTRY_COLUMNS, SERVICE_COLUMNS, EntryReading, Observation, ServiceReading
from gameday.session.records import Changed, Header, Row, SeenEvent, Tick

NUMBER_COLUMNS = tuple(name for name in SERVICE_COLUMNS if name not in ("replicas", "version"))
"""The columns of a service that change every second; replicas and version are written when they change."""

_VIEWS = ("pages", "alerts", "actions", "playbook", "steps", "incident", "looks", "joined")
_Value = TypeVar("_Value")


def seen(events: Sequence[Event]) -> tuple[SeenEvent, ...]:
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
        self._before: dict[str, object] = {}

    def tick(self, observation: Observation, state: tuple[str, str, str], events: Sequence[Event]) -> Tick:
        """The tick of one second: digests, readings, views that changed, events since the tick before."""
        services = observation.services.values()
        views: dict[str, object] = {name: getattr(observation, name) for name in _VIEWS}
        views["replicas"] = tuple(reading.replicas for reading in services)
        views["versions"] = tuple(reading.version for reading in services)
        changed = {name: value for name, value in views.items() if self._before.get(name, _NOTHING) != value}
        self._before = views
        return Tick.model_construct(
            n=observation.second,
            state=state,
            s=tuple(_cells(reading, NUMBER_COLUMNS) for reading in services),
            e=tuple(_cells(reading, ENTRY_COLUMNS) for reading in observation.entries.values()),
            x=Changed.model_construct(_fields_set=None, **changed),  # type: ignore[arg-type]
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
        self._views = self._views.model_copy(update=tick.x.model_dump(exclude_none=True, round_trip=True) and {
            name: value for name in Changed.model_fields if (value := getattr(tick.x, name)) is not None
        })
        views = self._views
        names = self._header.services if tick.s else ()
        replicas, versions = views.replicas or (), views.versions or ()
        if not len(names) == len(tick.s) == len(replicas) == len(versions):
            raise JournalError(f"second {tick.n} of this journal does not show every service")
        services = {
            name: ServiceReading(**_numbers(row, NUMBER_COLUMNS, tick.n), replicas=count, version=version)
            for name, row, count, version in zip(names, tick.s, replicas, versions, strict=True)
        }
        return Observation(
            second=tick.n,
            services=services,
            entries=self._entries(tick),
            pages=views.pages or (),
            alerts=views.alerts or (),
            actions=views.actions or (),
            playbook=views.playbook or "",
            steps=views.steps or (),
            **({"incident": views.incident} if views.incident else {}),
            looks=views.looks or (),
            joined=views.joined or (),
        )
