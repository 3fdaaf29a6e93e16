"""Memory that fills: the collector takes ever more time, then what is full is killed and starts again empty.

Owns which services leak how fast. Does not own how full their replicas are (`fills`) or who leaks
(`gameday.engine.faults`).
"""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Memory
from gameday.core.units import MICRO
from gameday.engine.residents.base import Steps
from gameday.engine.residents.crashes import Crashes
from gameday.engine.residents.fills import EachAlone, Fill, Leak, MemoryWorld, Together
from gameday.engine.residents.starts import Starts

__all__ = ["Leak", "Memories"]


class Memories:
    """The memory of all services. What has never leaked is at rest."""

    def __init__(self, world: MemoryWorld, starts: Starts, crashes: Crashes) -> None:
        self._world = world
        self._starts = starts
        self._crashes = crashes
        self._fills: dict[str, Fill] = {}
        self._leaks: dict[str, dict[str, Leak]] = {}

    def used(self, service: str) -> float:
        """How full its fullest replica is: a share of the limit."""
        fill = self._fills.get(service)
        return self.at_rest(service) if fill is None else fill.fullest()

    def by_replica(self, service: str) -> tuple[float, ...]:
        """How full each of its replicas is, where each has a memory of its own that leaks; else nothing."""
        fill = self._fills.get(service)
        return () if fill is None else fill.by_replica()

    def at_rest(self, service: str) -> float:
        """How full it is after a start."""
        return self._settings(service).used

    def leak(self, service: str, source: str, leak: Leak) -> None:
        """From now on the service leaks."""
        self._leaks.setdefault(service, {})[source] = leak
        if service not in self._fills:
            settings = self._settings(service)
            if settings.spread is None:
                fill: Fill = Together(self._world, service, settings.used, self._starts, self._crashes)
            else:
                fill = EachAlone(self._world, service, settings.used, settings.spread, self._starts, self._crashes)
            self._fills[service] = fill
            self._world.env.process(self._run(service, fill))

    def seal(self, service: str, source: str) -> None:
        """That leak ends; what has leaked is not given back before the next start."""
        self._leaks[service].pop(source, None)

    def _settings(self, service: str) -> Memory:
        return self._world.scenario.system.services[service].memory or Memory()

    def _run(self, service: str, fill: Fill) -> Steps:
        while True:
            yield self._world.env.timeout(MICRO)
            fill.pass_a_second(tuple(self._leaks[service].values()))
