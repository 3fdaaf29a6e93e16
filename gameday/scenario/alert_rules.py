"""What an alert rule asks of the signals: a condition, or a burn rate over two windows.

The response evaluates it and the `alerts` look explains it, both through the same `Rule`. Owns the arithmetic of burn
rates; does not own when an alert fires or clears (`gameday.response.alerting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from gameday.core.expressions import Comparison, Condition, comparisons, parse_condition
from gameday.core.signals import RATIO_METRICS, STATE_SUBJECTS, TIME_METRICS, Signals, breaker_word
from gameday.core.units import MICRO, format_duration, round4
from gameday.scenario.models.alerts import Alert
from gameday.scenario.models.scenario import Objective


class Rule(Protocol):
    """What an alert asks each second."""

    def holds(self, signals: Signals, second: int) -> bool:
        """Whether it holds by what could be seen up to `second`."""

    def has_data(self, signals: Signals, second: int) -> bool:
        """Whether everything that it asks for could be seen."""

    def says(self, signals: Signals, second: int) -> str:
        """What it sees, in words; `no data` where it sees nothing."""


NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class Threshold:
    """An alert's condition."""

    condition: Condition

    def __str__(self) -> str:
        return str(self.condition)

    def holds(self, signals: Signals, second: int) -> bool:
        return self.condition.holds(signals, second)

    def has_data(self, signals: Signals, second: int) -> bool:
        """Whether each of its metrics has data; a state, such as a flag, always is known."""
        return all(leaf.value(signals, second) is not None for leaf in self._measured())

    def says(self, signals: Signals, second: int) -> str:
        seen = [(leaf, leaf.value(signals, second)) for leaf in self._measured()]
        if seen and all(value is None for _, value in seen):
            return NO_DATA
        return ", ".join(dict.fromkeys(f"{leaf.signal} {_shown(leaf.metric, value)}" for leaf, value in seen))

    def _measured(self) -> list[Comparison]:
        return [leaf for leaf in comparisons(self.condition) if leaf.subject not in STATE_SUBJECTS]


@dataclass(frozen=True, slots=True)
class BurnRate:
    """Burn rate over two windows, in seconds. `good` is the objective.

    Burn rate = share of bad requests / (1 - objective): at 1 the budget is gone exactly when its period is over. Both
    windows must be beyond `rate`: the long one says that it matters, the short one that it still goes on. Before the
    session everything met its objective and traffic was as it is since: a window that begins there is as good as that.
    Source: The Site Reliability Workbook, chapter 5, "Alerting on SLOs", approach 6.
    """

    entry: str
    good: float
    rate: float
    long: int
    short: int

    def __str__(self) -> str:
        windows = f"{format_duration(self.long * MICRO)} and {format_duration(self.short * MICRO)}"
        return f"{self.entry} burns its budget faster than {self.rate:g}x over {windows}"

    @property
    def share(self) -> float:
        """The share of bad requests above which it holds."""
        return self.rate * (1.0 - self.good)

    def over(self, signals: Signals, second: int, window: int) -> float | None:
        """The burn rate of the `window` seconds up to `second`; None without data."""
        bad = signals.value(self.entry, "bad", second, window)
        return None if bad is None else bad * min(1.0, second / window) / (1.0 - self.good)

    def holds(self, signals: Signals, second: int) -> bool:
        for window in (self.short, self.long):
            burns = self.over(signals, second, window)
            if burns is None or burns <= self.rate:
                return False
        return True

    def has_data(self, signals: Signals, second: int) -> bool:
        return self.over(signals, second, self.short) is not None

    def says(self, signals: Signals, second: int) -> str:
        """`burns 22x over 5m, 9x over 1h, fires at 14.4x on both`."""
        seen = [(window, self.over(signals, second, window)) for window in (self.short, self.long)]
        if all(burns is None for _, burns in seen):
            return NO_DATA
        parts = [
            f"{NO_DATA if burns is None else f'{burns:.3g}x'} over {format_duration(window * MICRO)}"
            for window, burns in seen
        ]
        return f"burns {', '.join(parts)}, fires at {self.rate:g}x on both"

    def fires_after(self, share: float) -> float | None:
        """Seconds until it holds once `share` of the requests are bad, where all were good; None: never.

        The long window of w seconds is beyond the rate when t / w x share > rate x (1 - objective).
        """
        return None if share <= self.share else self.long * self.share / share

    def lets_go_after(self, share: float) -> float:
        """Seconds until it no longer holds, once none is bad after it held with `share` of them bad.

        The short window lets go first: when (w - t) / w x share is no longer beyond rate x (1 - objective).
        """
        return self.short * (1.0 - self.share / share)

    def spent(self, period: float) -> float:
        """The share of the error budget of `period` seconds that is gone when it begins to hold, however fast it burns.

        Holding after t s with a share of p bad: p x t / ((1 - objective) x period) = rate x long / period.
        """
        return self.rate * self.long / period


def rule_of(alert: Alert, objectives: Mapping[str, Objective]) -> Rule:
    """What the alert asks. Raises KeyError where it burns the budget of an entry without an objective."""
    if alert.burn is None:
        return Threshold(parse_condition(alert.when or ""))
    burn = alert.burn
    return BurnRate(burn.entry, objectives[burn.entry].good, burn.rate, burn.long // MICRO, burn.short // MICRO)


def _shown(metric: str, value: float | None) -> str:
    if value is None:
        return NO_DATA
    if metric == "breaker":
        return breaker_word(value)
    if metric in TIME_METRICS:
        return f"{value * 1000:.3g}ms" if value < 1.0 else f"{value:.3g}s"
    return f"{value * 100:.3g}%" if metric in RATIO_METRICS else f"{round4(value):g}"
