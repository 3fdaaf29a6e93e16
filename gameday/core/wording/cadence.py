"""When the next public update falls due after one that was posted."""

from __future__ import annotations

from gameday.core.wording.updates import UpdateReading

FARTHEST = 2
"""A promise holds up to so many times the usual interval; one that is farther off is none."""


def interval(reading: UpdateReading, every: int) -> int:
    """Microseconds until the next update is due: what the last one promised, else `every`.

    An update that says that it is over, and names no next one, still counts as one: ask `ends` first.
    """
    promised = reading.next_update_in
    return promised if promised is not None and 0 < promised <= FARTHEST * every else every


def ends(reading: UpdateReading) -> bool:
    """Whether no further update is owed after this one, if what it says is so."""
    return reading.says_recovered and not reading.names_next_update
