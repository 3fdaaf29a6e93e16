"""Threshold alerts: a process for each, awake at every whole second.

An alert fires when its condition has held for its `for`, and opens a page by its policy; it clears when the condition
has not held for the longer of `for` and 30 s, and closes that page if it is still open. Does not own what a
condition means (`gameday.core.expressions`).
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import AlertCleared, AlertFired, Publish
from gameday.core.expressions import Condition, parse_condition
from gameday.core.signals import Signals
from gameday.core.units import MICRO
from gameday.response.escalation import Escalation
from gameday.response.pages import Page, PageBook
from gameday.scenario.models import Scenario
from gameday.scenario.models.alerts import Alert

LEAST_CLEAR = 30 * MICRO
"""An alert that flickers stays one alert."""


class Alerting:
    """The alert rules of a scenario and which of them fire."""

    def __init__(
        self,
        env: simpy.Environment,
        scenario: Scenario,
        signals: Signals,
        pages: PageBook,
        escalation: Escalation,
        publish: Publish,
    ) -> None:
        self._env = env
        self._signals = signals
        self._pages = pages
        self._escalation = escalation
        self._publish = publish
        self._firing: dict[str, bool] = {}
        for name, alert in scenario.alerts.items():
            self._firing[name] = False
            env.process(self._watch(name, alert, parse_condition(alert.when)))

    @property
    def firing(self) -> tuple[str, ...]:
        """Names of the alerts that fire now, in the order of the scenario."""
        return tuple(name for name, fires in self._firing.items() if fires)

    def read(self, name: str) -> float:
        """The state subject `alerts`: whether NAME fires, or for `firing` whether any does."""
        return float(bool(self.firing) if name == "firing" else self._firing.get(name, False))

    def _watch(self, name: str, alert: Alert, condition: Condition) -> Generator[simpy.Event, object, None]:
        page: Page | None = None
        while True:
            yield from self._until(condition, holds=True, lasting=alert.hold)
            page = self._fire(name, alert, page)
            yield from self._until(condition, holds=False, lasting=max(alert.hold, LEAST_CLEAR))
            self._clear(name, page)

    def _until(self, condition: Condition, *, holds: bool, lasting: int) -> Generator[simpy.Event, object, None]:
        """Lets whole seconds pass until the condition has been so (held, or not held) for `lasting` microseconds."""
        since: int | None = None
        while True:
            yield self._env.timeout(MICRO)
            now = int(self._env.now)
            if condition.holds(self._signals, now // MICRO) is not holds:
                since = None
                continue
            since = now if since is None else since
            if now - since >= lasting:
                return

    def _fire(self, name: str, alert: Alert, page: Page | None) -> Page:
        self._firing[name] = True
        self._publish(AlertFired(int(self._env.now), name, alert.summary))
        if page is not None and page.is_open:
            return page
        return self._escalation.open(alert.policy, f"alert {name}", alert.summary, alert=name, urgency=alert.urgency)

    def _clear(self, name: str, page: Page) -> None:
        self._firing[name] = False
        self._publish(AlertCleared(int(self._env.now), name))
        if page.is_open:
            self._pages.resolve(page)
