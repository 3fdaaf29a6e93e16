"""Ten-second windows in which an entry meets or misses its objective, made from its history a second.

Owns the one rule of "missed", which times, impact, communication and the caps all read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gameday.core.units import MICRO
from gameday.session.record import EntryHistory, SessionRecord

WINDOW = 10
"""Seconds in a window; windows are aligned to the start of the session."""

_ROUNDING = 1e-9


def missed_windows(history: EntryHistory, good: float) -> tuple[bool, ...]:
    """For each window, whether the share of bad requests exceeds `1 - good`. An empty window meets.

    A shorter last window (a session that somebody stopped) is judged by what is in it.
    """
    missed = []
    for start in range(0, len(history.judged), WINDOW):
        judged = sum(history.judged[start : start + WINDOW])
        bad = sum(history.bad[start : start + WINDOW])
        missed.append(bad > (1.0 - good) * judged + _ROUNDING)
    return tuple(missed)


def entries_missed(record: SessionRecord) -> Mapping[str, tuple[bool, ...]]:
    """The windows of each entry that has an objective."""
    objectives = record.exercise.scenario.slos
    return {
        name: missed_windows(record.entries[name], objective.good)
        for name, objective in objectives.items()
        if name in record.entries
    }


def any_missed(entries: Mapping[str, Sequence[bool]]) -> tuple[bool, ...]:
    """For each window, whether any entry missed it: every entry has to meet its objective."""
    length = max((len(windows) for windows in entries.values()), default=0)
    return tuple(any(windows[index] for windows in entries.values() if index < len(windows)) for index in range(length))


def window_of(at: int) -> int:
    """Number of the window that holds the instant `at` (microseconds)."""
    return at // (WINDOW * MICRO)


def start_of(window: int) -> int:
    """Microseconds at which a window starts."""
    return window * WINDOW * MICRO
