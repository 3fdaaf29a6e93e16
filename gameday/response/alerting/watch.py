"""One alert rule and how it stands: pending, firing, clearing.

It fires when what it asks has held for its `for`, and clears when that has not held for the longer of `for` and 30 s.
Does not own what it asks (`gameday.scenario.alert_rules`), nor what follows when it fires.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gameday.core.signals import Signals
from gameday.core.units import MICRO
from gameday.scenario.alert_rules import Rule
from gameday.scenario.models.alerts import Alert

LEAST_CLEAR = 30 * MICRO
"""An alert that flickers stays one alert."""


@dataclass(slots=True)
class Watch:
    """An alert under watch. Times in microseconds.

    `groundless`: it fires by a false alarm alone. `muted`: it fires, and nobody has been paged, as it is silenced.
    A rule that is broken asks nothing: it never begins to fire, and what fires clears as if it had let go.
    """

    name: str
    alert: Alert
    rule: Rule
    fires: bool = False
    groundless: bool = False
    muted: bool = False
    false_until: int = 0
    _since: int | None = field(default=None, repr=False)

    @property
    def is_pressing(self) -> bool:
        """Whether it fires and what it asks held at the last whole second: it is not about to clear."""
        return self.fires and self._since is None

    def step(self, signals: Signals, now: int) -> bool:
        """Takes in a whole second; whether the alert begins to fire or clears at it."""
        broken = self.alert.is_broken(now)
        holds = not broken and self._holds(signals, now // MICRO)
        false = not broken and (now < self.false_until or self.alert.is_false(now))
        changes = self._clears(holds, false, now) if self.fires else self._begins(holds, false, now)
        if changes:
            self.fires = not self.fires
            self._since = None
        return changes

    def _holds(self, signals: Signals, second: int) -> bool:
        if self.rule.holds(signals, second):
            return True
        return self.alert.no_data == "fire" and not self.rule.has_data(signals, second)

    def _begins(self, holds: bool, false: bool, now: int) -> bool:
        lasts = self._lasts(holds, now, self.alert.hold)
        self.groundless = false and not holds
        return lasts or false

    def _clears(self, holds: bool, false: bool, now: int) -> bool:
        """A false alarm clears as soon as it is over, unless there is a reason by then."""
        self.groundless = self.groundless and not holds
        lasts = self._lasts(not holds and not false, now, max(self.alert.hold, LEAST_CLEAR))
        return lasts or (self.groundless and not false)

    def _lasts(self, so: bool, now: int, lasting: int) -> bool:
        """Whether it has been so for that long."""
        if not so:
            self._since = None
            return False
        self._since = now if self._since is None else self._since
        return now - self._since >= lasting
