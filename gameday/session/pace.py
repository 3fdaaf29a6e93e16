"""How fast simulated time goes: the only place that reads a clock.

Owns the mapping of wall time to simulated time, with pauses and changes of speed. Does not advance a session: whoever
plays polls `due` (screens) or calls `wait_until` (line mode) and then runs the session there.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from gameday.core.units import MICRO

LONGEST_STEP = 2.0
"""Seconds of wall time that one poll accounts for at most: a machine that slept does not make the game jump."""


class Pace:
    """Simulated time over wall time. `speed` is simulated seconds a second, above 0; it starts paused at `at` (µs)."""

    def __init__(self, speed: float = 1.0, *, at: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._speed = _checked(speed)
        self._at = float(at)
        self._read_at: float | None = None

    @property
    def speed(self) -> float:
        return self._speed

    @property
    def paused(self) -> bool:
        return self._read_at is None

    def resume(self) -> None:
        """Let time go; nothing happens when it goes already."""
        if self._read_at is None:
            self._read_at = self._clock()

    def pause(self) -> None:
        """Let time stand still; nothing happens when it does already."""
        self.due()
        self._read_at = None

    def change_speed(self, speed: float) -> None:
        """From now on; what has passed stays. Raises ValueError when it is not above 0."""
        speed = _checked(speed)
        self.due()
        self._speed = speed

    def set_back(self, at: int) -> None:
        """Goes on from `at` (µs): the clock gives way to what it times."""
        self.due()
        self._at = float(at)

    def due(self) -> int:
        """The simulated time (µs) that a session should have reached now. It never goes back by itself."""
        if self._read_at is not None:
            now = self._clock()
            self._at += min(max(now - self._read_at, 0.0), LONGEST_STEP) * self._speed * MICRO
            self._read_at = now
        return int(self._at)

    def seconds_until(self, t: int) -> float | None:
        """Seconds of wall time until simulated time `t` (µs) is due: 0.0 when it is, None while paused."""
        left = t - self.due()
        if left <= 0:
            return 0.0
        return None if self.paused else left / (self._speed * MICRO)

    def wait_until(self, t: int, sleep: Callable[[float], None] = time.sleep) -> None:
        """Blocks until simulated time `t` (µs) is due. Raises ValueError while paused, since it would never come."""
        while (left := self.seconds_until(t)) != 0.0:
            if left is None:
                raise ValueError("time stands still: resume first")
            sleep(min(left, LONGEST_STEP / 2))


def _checked(speed: float) -> float:
    if not 0.0 < speed < 1e6:
        raise ValueError(f"speed(={speed}) must be above 0 and below a million")
    return speed
