"""What every event is, and how a layer says that something happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from gameday.core.units import MICRO, format_clock


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events. `at` is in microseconds since the session began."""

    at: int
    visible: ClassVar[bool] = True

    @property
    def second(self) -> int:
        return self.at // MICRO

    @property
    def kind(self) -> str:
        return type(self).__name__

    def text(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{format_clock(self.at)} {self.text()}"


Publish = Callable[[Event], None]
"""How a layer says that something happened."""
