"""A condition that has been read: what it is made of, how it is written, and whether it holds.

Does not own how a text becomes one (`parser`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gameday.core.signals import Signals
from gameday.core.units import MICRO, format_duration


@dataclass(frozen=True, slots=True)
class Comparison:
    """`subject.metric operator threshold`, over a window of seconds. Without operator: is it above zero?

    `offset` is where it begins in the text, `window_offset` where its window is written.
    """

    subject: str
    metric: str
    operator: str
    threshold: float
    quantity: str
    window: int = 1
    offset: int = field(default=0, compare=False)
    window_offset: int = field(default=0, compare=False)

    def __str__(self) -> str:
        if not self.operator:
            return self.signal
        over = self.signal.removeprefix(self.path)
        return f"{self.path} {self.operator} {self.quantity}{over}"

    @property
    def path(self) -> str:
        """What it reads: `web>db.errors`."""
        return f"{self.subject}.{self.metric}"

    @property
    def signal(self) -> str:
        """What it reads, and over which window: `web>db.errors over 10s`."""
        return f"{self.path} over {format_duration(self.window * MICRO)}" if self.window > 1 else self.path

    def value(self, signals: Signals, second: int) -> float | None:
        """What it reads at a second; None where there is no data."""
        return signals.value(self.subject, self.metric, second, self.window)

    def holds(self, signals: Signals, second: int) -> bool:
        value = self.value(signals, second)
        return value is not None and _compare(value, self.operator, self.threshold)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The condition held at every one of the last `seconds` seconds; `offset` is where these are written."""

    condition: Condition
    seconds: int
    offset: int = field(default=0, compare=False)

    def __str__(self) -> str:
        inner = str(self.condition) if isinstance(self.condition, Comparison) else f"({self.condition})"
        return f"{inner} for {format_duration(self.seconds * MICRO)}"

    def holds(self, signals: Signals, second: int) -> bool:
        if second < self.seconds:
            return False
        return all(self.condition.holds(signals, second - ago) for ago in range(self.seconds))


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition

    def __str__(self) -> str:
        inner = str(self.condition)
        return f"not ({inner})" if isinstance(self.condition, (Every, Some)) else f"not {inner}"

    def holds(self, signals: Signals, second: int) -> bool:
        return not self.condition.holds(signals, second)


@dataclass(frozen=True, slots=True)
class Every:
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, (Every, Some)) else str(part) for part in self.conditions)

    def holds(self, signals: Signals, second: int) -> bool:
        return all(condition.holds(signals, second) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Some:
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, Some) else str(part) for part in self.conditions)

    def holds(self, signals: Signals, second: int) -> bool:
        return any(condition.holds(signals, second) for condition in self.conditions)


Condition = Comparison | Lasting | Not | Every | Some


def comparisons(condition: Condition) -> tuple[Comparison, ...]:
    """Every comparison in a condition, left to right: what a checker resolves and a screen shows."""
    if isinstance(condition, Comparison):
        return (condition,)
    if isinstance(condition, (Lasting, Not)):
        return comparisons(condition.condition)
    return tuple(leaf for part in condition.conditions for leaf in comparisons(part))


def _compare(value: float, operator: str, threshold: float) -> bool:
    match operator:
        case "<":
            return value < threshold
        case "<=":
            return value <= threshold
        case ">":
            return value > threshold
        case ">=":
            return value >= threshold
        case "==":
            return value == threshold
        case "!=":
            return value != threshold
        case _:
            return value > 0.0
