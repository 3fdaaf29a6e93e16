"""How full the memory of one service's replicas is, all alike or each by itself, and what follows from it.

Owns what a second of leaks does: how slow the collector makes the work, and when what is full is killed. Does not own
which leaks there are (`memory`) or what becomes of what was killed (`crashes`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gameday.core.draws import draw_name, mix, uniform
from gameday.core.kinds.effects import Effect
from gameday.core.units import MICRO
from gameday.engine.residents.base import ResidentWorld
from gameday.engine.residents.crashes import Crashes
from gameday.engine.residents.starts import Starts
from gameday.engine.traffic.codes import OK
from gameday.engine.traffic.mechanisms.fleets import Fleet
from gameday.engine.traffic.stations import Station

_FULLEST = 0.99
"""Beyond this the collector takes no longer: the service time would have no bound."""

_FULL = 1.0 - 1e-9


class MemoryWorld(ResidentWorld, Protocol):
    """What memory needs of the world: the seed too, for what was before the session."""

    seed: int


@dataclass(frozen=True, slots=True)
class Leak:
    """So much of the limit is lost in a microsecond, and with each request that a replica serves."""

    per_micro: float = 0.0
    per_request: float = 0.0

    def second(self, served: float, replicas: int = 1) -> float:
        """What is lost in a second in which so many replicas together serve so many requests."""
        return self.per_micro * MICRO + self.per_request * served / replicas


def slowdown(used: float, at_rest: float) -> float:
    """The factor on the service time: the share of the time that the collector leaves falls as 1 - used²."""
    full = min(used, _FULLEST)
    return (1.0 - at_rest * at_rest) / (1.0 - full * full)


class Fill:
    """The memory of one service."""

    @abstractmethod
    def fullest(self) -> float:
        """The share of the limit that is used where most of it is."""

    @abstractmethod
    def by_replica(self) -> tuple[float, ...]:
        """How full each replica is, where they may differ; else nothing."""

    @abstractmethod
    def pass_a_second(self, leaks: Sequence[Leak]) -> None:
        """What leaks leaks, what is full is killed, and what was started anew is at rest."""


class Together(Fill):
    """All replicas alike: they fill together, and die together."""

    def __init__(self, world: MemoryWorld, service: str, at_rest: float, starts: Starts, crashes: Crashes) -> None:
        self._world = world
        self._service = service
        self._at_rest = at_rest
        self._crashes = crashes
        self._watch = starts.watch(service)
        self._served = world.traffic.services[service].outcomes[OK]
        self._used = at_rest

    def fullest(self) -> float:
        """Of any of them."""
        return self._used

    def by_replica(self) -> tuple[float, ...]:
        """Nothing: there is one number for all."""
        return ()

    def pass_a_second(self, leaks: Sequence[Leak]) -> None:
        """Each replica has served its equal share."""
        world, station = self._world, self._world.traffic.services[self._service]
        before, self._served = self._served, station.outcomes[OK]
        if self._watch.is_fresh():
            self._set(self._at_rest)
            return
        used = self._used
        for leak in leaks:
            used += leak.second(self._served - before, max(1, station.replicas))
        if used >= _FULL:
            world.env.process(self._crashes.crash(self._service, "memory", "out of memory"))
            used = self._at_rest
        self._set(used)

    def _set(self, used: float) -> None:
        if used == self._used:
            return
        self._used = used
        source, factor = _source(self._service), slowdown(used, self._at_rest)
        if factor > 1.0:
            self._world.book.put(source, (Effect(service=self._service, service_time=factor),))
        else:
            self._world.book.remove(source)


class EachAlone(Fill):
    """Each replica by itself: they differ by age, by what they serve, and by when they were killed or restarted.

    What is full is slow alone. Where replicas share a queue, the kernel draws which of those that run a request meets:
    in the mean it meets their mean slowdown.
    """

    def __init__(
        self, world: MemoryWorld, service: str, at_rest: float, spread: float, starts: Starts, crashes: Crashes
    ) -> None:
        self._world = world
        self._service = service
        self._at_rest = at_rest
        self._crashes = crashes
        self._watch = starts.watch_replicas(service)
        station = world.traffic.services[service]
        self._served = station.outcomes[OK]
        self._answered = _answered(station)
        self._used = [self._at_first(number, started, spread) for number, started in enumerate(_started(station))]
        self._slow: tuple[Effect, ...] = ()

    def fullest(self) -> float:
        """Of the fullest one, as an alert on any of them would say."""
        return max(self._used, default=self._at_rest)

    def by_replica(self) -> tuple[float, ...]:
        """All that there are now; those that are down, or have come since the last second, are at rest."""
        size = self._world.traffic.services[self._service].roster.size
        there = self._used[:size]
        return (*there, *[self._at_rest] * (size - len(there)))

    def pass_a_second(self, leaks: Sequence[Leak]) -> None:
        """Each replica leaks by what it has served itself."""
        station = self._world.traffic.services[self._service]
        served, fresh = self._shares(station), self._watch.fresh()
        used = [self._at_rest] * station.roster.size
        for number, is_fresh in enumerate(fresh):
            if is_fresh or number >= len(self._used):
                continue
            used[number] = self._used[number]
            for leak in leaks:
                used[number] += leak.second(served[number])
            if used[number] >= _FULL:
                crash = self._crashes.crash(self._service, f"memory {number + 1}", "out of memory", number)
                self._world.env.process(crash)
                used[number] = self._at_rest
        self._used = used
        self._slow_down()

    def _at_first(self, number: int, started: int, spread: float) -> float:
        """Those that ran before the session have leaked for longer or shorter, nobody knows how long."""
        if started > 0:
            return self._at_rest
        drawn = uniform(mix(draw_name(self._world.seed, "memory", self._service), number))
        return self._at_rest + drawn * spread * (1.0 - self._at_rest)

    def _shares(self, station: Station) -> list[float]:
        """What each replica has served in the last second: as its balancer saw, or else an equal share."""
        before, self._served = self._served, station.outcomes[OK]
        counted, self._answered = self._answered, _answered(station)
        counted += [0] * (len(self._answered) - len(counted))
        weights = [now - then for now, then in zip(self._answered, counted, strict=True)]
        if not any(weights):
            weights = [0] * station.roster.size
            for number in station.roster.running:
                weights[number] = 1
        total = max(1, sum(weights))
        return [(self._served - before) * weight / total for weight in weights]

    def _slow_down(self) -> None:
        """To the nearest hundredth: what nobody can feel is not worth working out everything anew each second."""
        slow = tuple(
            Effect(service=self._service, replica=number + 1, service_time=factor)
            for number, used in enumerate(self._used)
            if (factor := round(slowdown(used, self._at_rest), 2)) > 1.0
        )
        if slow == self._slow:
            return
        self._slow = slow
        if slow:
            self._world.book.put(_source(self._service), slow)
        else:
            self._world.book.remove(_source(self._service))


def _source(service: str) -> str:
    return f"memory {service}"


def _started(station: Station) -> list[int]:
    """When each replica that there is was started."""
    return station.roster.started[: station.roster.size]


def _answered(station: Station) -> list[int]:
    """What each replica has answered in time, where a balancer tells them apart; those that were removed too."""
    lines = station.lines
    return [replica.served for replica in lines.replicas] if isinstance(lines, Fleet) else []
