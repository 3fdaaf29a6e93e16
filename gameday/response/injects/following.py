"""A condition that is looked at every second, so that `for 2m` holds of states too, which have no history.

It says the same as `Condition.holds` of everything that is measured, and remembers how long each part has held.
"""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.expressions import Condition, Every, Lasting, Not, Some
from gameday.core.signals import Signals

Look = Callable[[Signals, int], bool]
"""Whether it holds at a second; to be asked at every second, in order."""


def follow(condition: Condition) -> Look:
    """The condition, to be asked second by second."""
    match condition:
        case Lasting(inner, seconds):
            return _Streak(follow(inner), seconds).look
        case Not(inner):
            look = follow(inner)
            return lambda signals, second: not look(signals, second)
        case Every(parts):
            return _several(parts, all)
        case Some(parts):
            return _several(parts, any)
        case _:
            return condition.holds


def _several(parts: tuple[Condition, ...], enough: Callable[[list[bool]], bool]) -> Look:
    """Every part is looked at each second, whatever the others say: each counts its own seconds."""
    looks = [follow(part) for part in parts]

    def look(signals: Signals, second: int) -> bool:
        return enough([one(signals, second) for one in looks])

    return look


class _Streak:
    """How many seconds in a row something has held."""

    def __init__(self, inner: Look, seconds: int) -> None:
        self._inner = inner
        self._seconds = seconds
        self._held = 0

    def look(self, signals: Signals, second: int) -> bool:
        self._held = self._held + 1 if self._inner(signals, second) else 0
        return min(self._held, second) >= self._seconds
