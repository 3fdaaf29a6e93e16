"""Every kind of inject and what it does: a generator function `come(scene, inject, name)`, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameday.response.injects import executive, journalist, outside, system
from gameday.response.injects.scene import Scene, Steps
from gameday.scenario.models.injects import Inject

Come = Callable[[Scene, Inject, str], Steps]

KINDS: Mapping[str, Come] = {
    "deploy": system.enact,
    "fault": system.enact,
    "false-alert": system.raise_false,
    "message": outside.message,
    "tickets": outside.tickets,
    "vendor": outside.vendor,
    "executive": executive.swoop,
    "journalist": journalist.call,
}
