"""The alert rules of a scenario: a process for each, awake at every whole second, and what follows when one fires.

Composition: how a rule stands is `watch`, which page it is on `grouping`, who has silenced it `silences`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import AlertCleared, AlertFired, FalseAlarmBegan, Publish, SilencedAlertFired
from gameday.core.signals import Signals
from gameday.core.units import MICRO
from gameday.response.alerting.grouping import AlertPages, told
from gameday.response.alerting.silences import Silences
from gameday.response.alerting.watch import Watch
from gameday.response.escalation import Escalation
from gameday.response.pages import PageBook
from gameday.scenario.alert_rules import rule_of
from gameday.scenario.models import Scenario

AGAIN_AFTER = 60 * MICRO
"""A page that was resolved by hand comes again after this, or after its rule's `for` where that is longer."""


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
        self._publish = publish
        self._pages = AlertPages(env, scenario.alerts, pages, escalation, publish)
        self.silences = Silences(env, publish, self._unsilenced)
        self._watches: dict[str, Watch] = {}
        for name, alert in scenario.alerts.items():
            self._watches[name] = watch = Watch(name, alert, rule_of(alert, scenario.slos))
            env.process(self._run(watch))

    @property
    def firing(self) -> tuple[str, ...]:
        """Names of the alerts that fire now, silenced ones too, in the order of the scenario."""
        return tuple(name for name, watch in self._watches.items() if watch.fires)

    def read(self, name: str) -> float:
        """The state subject `alerts`: whether NAME fires, or for `firing` whether any does."""
        if name == "firing":
            return float(bool(self.firing))
        return float(name in self._watches and self._watches[name].fires)

    def raise_false(self, name: str, lasts: int) -> None:
        """Lets an alert fire from the next whole second on for `lasts` microseconds, though nothing is the matter.

        Not where its rule is broken. Raises KeyError where there is no such alert, ValueError for no time.
        """
        if lasts <= 0:
            raise ValueError(f"lasts(={lasts}) must be > 0")
        watch = self._watches[name]
        begins = (int(self._env.now) // MICRO + 1) * MICRO
        watch.false_until = max(watch.false_until, begins + lasts)

    def _run(self, watch: Watch) -> Generator[simpy.Event, object, None]:
        while True:
            yield self._env.timeout(MICRO)
            if watch.step(self._signals, int(self._env.now)):
                if watch.fires:
                    self._fire(watch)
                else:
                    self._clear(watch)
            elif self._is_due_again(watch):
                self._fire(watch)

    def _is_due_again(self, watch: Watch) -> bool:
        """Whether its page was resolved by hand, and what it asks holds still: closing a page mends nothing."""
        closed = self._pages.closed_at(watch.name) if watch.is_pressing and not watch.muted else None
        return closed is not None and int(self._env.now) - closed >= max(watch.alert.hold, AGAIN_AFTER)

    def _fire(self, watch: Watch) -> None:
        now = int(self._env.now)
        if watch.groundless:
            self._publish(FalseAlarmBegan(now, watch.name))
        if self.silences.covers(watch.name):
            watch.muted = True
            self._publish(SilencedAlertFired(now, watch.name, told(watch.alert)))
        else:
            self._page(watch)

    def _page(self, watch: Watch) -> None:
        watch.muted = False
        self._publish(AlertFired(int(self._env.now), watch.name, told(watch.alert)))
        self._pages.fire(watch.name)

    def _clear(self, watch: Watch) -> None:
        watch.muted = False
        self._publish(AlertCleared(int(self._env.now), watch.name))
        self._pages.clear(watch.name)

    def _unsilenced(self, name: str) -> None:
        """What fired in silence pages now."""
        if self._watches[name].muted:
            self._page(self._watches[name])
