"""Who is on duty at an instant: layers with rotations and restrictions, overrides, gaps.

The final schedule is PagerDuty's: of the layers that cover an instant the last in the list holds, and an override goes
before them all. An instant is an integer number of microseconds since 1970 in UTC. Turns and windows are counted on
the local clock of the schedule's time zone, so that a handoff at nine stays at nine when clocks change.

Owns the calendar. Does not own who is paged because of it (`gameday.response.schedules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from gameday.core.units import MICRO
from gameday.scenario.models.oncall import Layer, Override, Restriction, Schedule
from gameday.scenario.models.roster import Roster

DAY = 86_400 * MICRO
WEEK = 7 * DAY
MAX_CHANGES = 1_000
"""Of so many changes of a schedule at most is told who is on duty in between."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (the local clock's zero)
_MONDAY = 3 * DAY
"""What is added to the local clock so that its weeks begin on Mondays: 1970 began on a Thursday."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of time with one person on duty, or with nobody. Instants."""

    begin: int
    end: int
    person: str | None


@lru_cache(maxsize=4096)
def parse_instant(text: str, zone: str = "UTC") -> int:
    """The instant of a date with a time; one without an offset is on the local clock of `zone`."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(zone))
    return (moment.astimezone(UTC).replace(tzinfo=None) - _EPOCH) // timedelta(microseconds=1)


def format_instant(at: int) -> str:
    """`2026-03-14T02:10Z`, as people write it down; seconds only where there are some."""
    moment = _EPOCH + timedelta(microseconds=at)
    return moment.isoformat(timespec="seconds" if moment.second else "minutes") + "Z"


def on_duty(schedule: Schedule, at: int) -> str | None:
    """Who is on duty, or None: nobody."""
    zone = schedule.time_zone or "UTC"
    for override in reversed(schedule.overrides or ()):
        if parse_instant(override.start, zone) <= at < parse_instant(override.end, zone):
            return override.user
    if schedule.people is not None:
        return schedule.people[0]
    local = _local(at, zone)
    covering = (layer for layer in reversed(schedule.layers or ()) if _covers(layer, at, local, zone))
    return next((_in_turn(layer, local, zone) for layer in covering), None)


def shifts(schedule: Schedule, begin: int, length: int) -> Iterator[Shift]:
    """Who is on duty from `begin` on for `length`, one stretch after another; neighbours differ.

    A schedule of very many changes is told up to the last of `MAX_CHANGES`.
    """
    edges = sorted(dict.fromkeys((begin, *_changes(schedule, begin, begin + length), begin + length)))
    last: Shift | None = None
    for left, right in pairwise(edges[: MAX_CHANGES + 1]):
        person = on_duty(schedule, left)
        if last is not None and last.person == person:
            last = Shift(last.begin, right, person)
            continue
        if last is not None:
            yield last
        last = Shift(left, right, person)
    if last is not None:
        yield last


def gaps(schedule: Schedule, begin: int, length: int) -> list[Shift]:
    """The stretches in which nobody is on duty."""
    return [shift for shift in shifts(schedule, begin, length) if shift.person is None]


def everybody(schedule: Schedule) -> tuple[str, ...]:
    """All who can come to be on duty, in the order of the file."""
    if schedule.people is not None:
        names = list(schedule.people[:1])
    else:
        names = [name for layer in schedule.layers or () for name in layer.users]
    return tuple(dict.fromkeys([*names, *(override.user for override in schedule.overrides or ())]))


def beginning(roster: Roster) -> int:
    """The instant at which the file begins: `starts_at`, or the latest beginning among the layers of its schedules."""
    if roster.starts_at is not None:
        return parse_instant(roster.starts_at)
    starts = [
        parse_instant(text, schedule.time_zone or "UTC")
        for schedule in roster.schedules.values()
        for layer in schedule.layers or ()
        for text in (layer.start, layer.rotation_virtual_start)
        if text is not None
    ]
    return max(starts, default=0)


def _zone(name: str) -> tzinfo:
    """UTC is there also where the computer has no time zones."""
    return UTC if name == "UTC" else ZoneInfo(name)


def _local(at: int, zone: str) -> int:
    """What the local clock shows, in microseconds since its own 1970."""
    moment = (_EPOCH + timedelta(microseconds=at)).replace(tzinfo=UTC).astimezone(_zone(zone))
    return (moment.replace(tzinfo=None) - _EPOCH) // timedelta(microseconds=1)


def _instant(local: int, zone: str) -> int:
    """The instant at which the local clock shows this; the first one where it does so twice."""
    moment = (_EPOCH + timedelta(microseconds=local)).replace(tzinfo=_zone(zone))
    return (moment.astimezone(UTC).replace(tzinfo=None) - _EPOCH) // timedelta(microseconds=1)


def _covers(layer: Layer, at: int, local: int, zone: str) -> bool:
    if layer.start is not None and at < parse_instant(layer.start, zone):
        return False
    if layer.end is not None and at >= parse_instant(layer.end, zone):
        return False
    return layer.restrictions is None or any(
        (local - _window_start(window)) % _period(window) < window.duration for window in layer.restrictions
    )


def _period(window: Restriction) -> int:
    return DAY if window.start_day_of_week is None else WEEK


def _window_start(window: Restriction) -> int:
    """When a window begins on the local clock, any one of its beginnings."""
    hours, minutes, *seconds = map(int, window.start_time_of_day.split(":"))
    start = (hours * 3600 + minutes * 60 + sum(seconds)) * MICRO
    return start if window.start_day_of_week is None else start + (window.start_day_of_week - 1) * DAY - _MONDAY


def _rotation_start(layer: Layer, zone: str) -> int:
    """When the first turn began, on the local clock."""
    text = layer.rotation_virtual_start or layer.start
    return 0 if text is None else _local(parse_instant(text, zone), zone)


def _in_turn(layer: Layer, local: int, zone: str) -> str:
    turn = (local - _rotation_start(layer, zone)) // layer.rotation_turn_length
    return layer.users[turn % len(layer.users)]


def _changes(schedule: Schedule, begin: int, end: int) -> Iterator[int]:
    """Every instant in between at which who is on duty may change."""
    zone = schedule.time_zone or "UTC"
    edges = [edge for override in schedule.overrides or () for edge in _edges_of(override, zone)]
    for layer in schedule.layers or ():
        edges += [parse_instant(text, zone) for text in (layer.start, layer.end) if text is not None]
        if len(layer.users) > 1:
            edges += _repeats(_rotation_start(layer, zone), layer.rotation_turn_length, begin, end, zone)
        for window in layer.restrictions or ():
            start = _window_start(window)
            edges += _repeats(start, _period(window), begin, end, zone)
            edges += _repeats(start + window.duration, _period(window), begin, end, zone)
    return (edge for edge in edges if begin < edge < end)


def _edges_of(override: Override, zone: str) -> tuple[int, int]:
    return parse_instant(override.start, zone), parse_instant(override.end, zone)


def _repeats(start: int, every: int, begin: int, end: int, zone: str) -> list[int]:
    """The instants from `begin` to `end` at which the local clock shows `start` plus a multiple of `every`."""
    first = _local(begin, zone) - DAY
    local = first + (start - first) % every
    found: list[int] = []
    while local < _local(end, zone) + DAY and len(found) <= MAX_CHANGES:
        found.append(_instant(local, zone))
        local += every
    return found
