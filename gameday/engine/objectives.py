"""Watches the entries' objectives in windows of 10 s aligned to the start, and says when one is missed or met again.

For the review: what it says is hidden from responders, who have their signals. Times and score are measured from the
record (`gameday.scoring`), not from here.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import ObjectiveMissed, ObjectiveRestored, Publish
from gameday.core.units import MICRO
from gameday.engine.signals import SignalStore
from gameday.scenario.models import Scenario

WINDOW = 10
"""Seconds."""


def watch(
    env: simpy.Environment, scenario: Scenario, signals: SignalStore, publish: Publish
) -> Generator[simpy.Event, None, None]:
    """A process that never ends. An empty window meets the objective."""
    missing = dict.fromkeys(scenario.slos, False)
    while True:
        yield env.timeout(WINDOW * MICRO)
        now = int(env.now)
        for entry, objective in scenario.slos.items():
            bad = signals.value(entry, "bad", now // MICRO, WINDOW)
            missed = bad is not None and bad > 1.0 - objective.good
            if missed != missing[entry]:
                missing[entry] = missed
                publish(ObjectiveMissed(now, entry) if missed else ObjectiveRestored(now, entry))
