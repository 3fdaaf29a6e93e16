"""Memory that fills: the collector takes ever more time, then the replicas are killed and start again empty.

Owns how full each service is; all its replicas are alike. Who leaks stands in `gameday.engine.faults`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.mechanisms import Memory
from gameday.core.units import MICRO
from gameday.engine.residents.base import ResidentWorld, Steps
from gameday.engine.residents.crashes import Crashes
from gameday.engine.residents.starts import Starts
from gameday.engine.traffic.codes import OK

_FULLEST = 0.99
"""Beyond this the collector takes no longer: the service time would have no bound."""


@dataclass(frozen=True, slots=True)
class Leak:
    """So much of the limit is lost in a microsecond, and with each request that a replica serves."""

    per_micro: float = 0.0
    per_request: float = 0.0


class Memories:
    """The memory of all services."""

    def __init__(self, world: ResidentWorld, starts: Starts, crashes: Crashes) -> None:
        self._world = world
        self._starts = starts
        self._crashes = crashes
        self._used: dict[str, float] = {}
        self._leaks: dict[str, dict[str, Leak]] = {}

    def used(self, service: str) -> float:
        """How full it is: a share of the limit."""
        return self._used.get(service, self.at_rest(service))

    def at_rest(self, service: str) -> float:
        """How full it is after a start."""
        return (self._world.scenario.system.services[service].memory or Memory()).used

    def leak(self, service: str, source: str, leak: Leak) -> None:
        """From now on the service leaks."""
        self._leaks.setdefault(service, {})[source] = leak
        if service not in self._used:
            self._used[service] = self.at_rest(service)
            self._world.env.process(self._fill(service))

    def seal(self, service: str, source: str) -> None:
        """That leak ends; what has leaked is not given back before the next start."""
        self._leaks[service].pop(source, None)

    def _fill(self, service: str) -> Steps:
        world, watch = self._world, self._starts.watch(service)
        served = self._served(service)
        while True:
            yield world.env.timeout(MICRO)
            before, served = served, self._served(service)
            if watch.is_fresh():
                self._set(service, self.at_rest(service))
                continue
            replicas = max(1, world.traffic.services[service].replicas)
            used = self._used[service]
            for leak in self._leaks[service].values():
                used += leak.per_micro * MICRO + leak.per_request * (served - before) / replicas
            if used >= 1.0 - 1e-9:
                world.env.process(self._crashes.crash(service, "memory", "out of memory"))
                used = self.at_rest(service)
            self._set(service, used)

    def _served(self, service: str) -> int:
        return self._world.traffic.services[service].outcomes[OK]

    def _set(self, service: str, used: float) -> None:
        """The share of the time that the collector leaves falls as 1 - used², relative to what it is at rest."""
        if used == self._used[service]:
            return
        self._used[service] = used
        rest, source = self.at_rest(service), f"memory {service}"
        full = min(used, _FULLEST)
        factor = (1.0 - rest * rest) / (1.0 - full * full)
        if factor > 1.0:
            self._world.book.put(source, (Effect(service=service, service_time=factor),))
        else:
            self._world.book.remove(source)
