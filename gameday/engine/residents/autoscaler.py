"""Autoscalers: a service's replicas follow a metric, as the horizontal autoscaler of Kubernetes does it.

Wanted replicas = ceil(serving x value / target), and no change while value / target is within 10 % of 1 (source: the
Kubernetes documentation, Horizontal Pod Autoscaling, algorithm details). The first decrease comes no sooner than its
cool-down after the session began.
"""

from __future__ import annotations

from math import ceil
from typing import Literal

from gameday.core.kinds.mechanisms import Autoscaling
from gameday.core.units import MICRO
from gameday.engine.residents.base import ResidentWorld, Steps
from gameday.engine.residents.provisioning import Provisioning

TOLERANCE = 0.1
AUTHOR = "autoscaler"
SHARES = ("load", "saturation")
"""Metrics that are a mean over replicas already; the others are totals, and their target is per replica."""
SHOWN_REAL = ("rate",)
"""Metrics that are shown in real requests, where a scenario sets simulated ones."""

Trouble = Literal["stuck", "shrinks", "flaps"]


class Autoscaler:
    """The autoscaler of one service. `frozen` may be set at any time: it changes nothing then."""

    def __init__(self, world: ResidentWorld, provisioning: Provisioning, service: str, settings: Autoscaling) -> None:
        self.frozen = False
        self.troubles: dict[str, Trouble] = {}  # by source: what it does instead of its work
        self._world = world
        self._provisioning = provisioning
        self._service = service
        self._settings = settings
        self._changed_at = 0
        world.env.process(self._live())

    def _live(self) -> Steps:
        while True:
            yield self._world.env.timeout(self._settings.every)
            if not self.frozen:
                self._look()

    def _look(self) -> None:
        has = self._provisioning.wanted(self._service)
        trouble = next(reversed(self.troubles.values()), None)
        wanted = self._wanted(has) if trouble is None else self._astray(trouble, has)
        if wanted != has and (wanted < has or self._provisioning.granted(self._service, wanted) > has):
            self._changed_at = int(self._world.env.now)
            self._provisioning.order(self._service, wanted, f"autoscaler {self._service}", AUTHOR)

    def _wanted(self, has: int) -> int:
        """What the metric asks for, within bounds, steps and cool-downs; `has` where it says nothing."""
        settings, signals = self._settings, self._world.signals
        serving = self._world.traffic.services[self._service].replicas
        window = max(1, settings.window // MICRO)
        value = signals.value(self._service, settings.metric, signals.upto, window)
        if value is None or serving <= 0:
            return has
        if settings.metric in SHOWN_REAL:
            value /= self._world.scenario.system.traffic.scale
        ratio = value / settings.target if settings.metric in SHARES else value / (serving * settings.target)
        if abs(ratio - 1.0) <= TOLERANCE:
            return has
        wanted = min(max(ceil(serving * ratio - 1e-9), settings.least), settings.most)
        if settings.step is not None:
            wanted = min(wanted, has + settings.step)
        cooled = int(self._world.env.now) - self._changed_at
        return has if cooled < (settings.up_cooldown if wanted > has else settings.down_cooldown) else wanted

    def _astray(self, trouble: Trouble, has: int) -> int:
        least, most = self._settings.least, self._settings.most
        if trouble == "shrinks":
            return max(min(least, has), has - max(1, has // 2))
        if trouble == "flaps":
            return most if has <= least else least if self._has_come(has) else has
        return has

    def _has_come(self, ordered: int) -> bool:
        """Whether what was ordered last has served for a while; or with a slow start nothing would come of it."""
        waited = int(self._world.env.now) - self._changed_at
        serving = self._world.traffic.services[self._service].replicas
        return serving >= ordered and waited > self._provisioning.start_up(self._service)


def autoscalers(world: ResidentWorld, provisioning: Provisioning) -> dict[str, Autoscaler]:
    """One for each service that has one."""
    return {
        name: Autoscaler(world, provisioning, name, service.autoscaling)
        for name, service in world.scenario.system.services.items()
        if service.autoscaling is not None
    }
