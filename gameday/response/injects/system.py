"""Injects that the system feels, or that its alarms tell: deploys, faults, false alerts."""

from __future__ import annotations

from gameday.core.units import MICRO
from gameday.response.injects.scene import Scene, Steps
from gameday.scenario.models.injects import Inject

LASTS = 120 * MICRO
"""How long a false alert fires where nobody says."""


def enact(scene: Scene, inject: Inject, name: str) -> Steps:
    """A deploy or a fault happens now; a fault's own `at` counts from here."""
    scene.office.hands.enact(inject.model_copy(update={"name": name}))
    yield from ()


def raise_false(scene: Scene, inject: Inject, name: str) -> Steps:
    """An alert fires from the next second on, though nothing is the matter."""
    del name
    assert inject.alert is not None
    scene.alerting.raise_false(inject.alert, inject.lasts or LASTS)
    yield from ()
