"""Provisioning: how many replicas can be had in all, and how long a new one takes to come.

Owns the quota and the orders under way. Who orders stands elsewhere: autoscalers, the action `scale`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.kinds.effects import Effect
from gameday.engine.residents.base import ResidentWorld, Steps
from gameday.engine.residents.crashes import crashed, end_crashes


@dataclass(frozen=True, slots=True)
class Shortage:
    """No more than `quota` replicas in all (None: as many as otherwise), each `delay` µs later than otherwise.

    `closed`: whoever has them has none to give, and no higher quota either.
    """

    quota: int | None = None
    delay: int = 0
    closed: bool = False


class Provisioning:
    """The replicas of all services: those that run, those that come, those that cannot be had."""

    def __init__(self, world: ResidentWorld) -> None:
        self._world = world
        self._shortages: dict[str, Shortage] = {}
        self._coming: dict[str, tuple[str, int]] = {}
        self._raised = 0

    @property
    def total(self) -> int:
        """All replicas that there are or that come, those of third parties aside."""
        return sum(self.wanted(name) for name in self._own())

    @property
    def quota(self) -> int | None:
        """How many there can be in all; None: as many as anybody wants."""
        quotas = [shortage.quota for shortage in self._shortages.values() if shortage.quota is not None]
        if self._world.scenario.system.quota is not None:
            quotas.append(self._world.scenario.system.quota)
        return min(quotas) + self._raised if quotas else None

    @property
    def is_limited(self) -> bool:
        """Whether there is a quota at all."""
        return self.quota is not None

    @property
    def is_closed(self) -> bool:
        """Whether no higher quota can be had now."""
        return any(shortage.closed for shortage in self._shortages.values())

    def extend(self, more: int) -> None:
        """So many more replicas can be had from now on, on top of any quota."""
        self._raised += more

    def limit(self, source: str, shortage: Shortage) -> None:
        """From now on replicas are short."""
        self._shortages[source] = shortage

    def lift(self, source: str) -> bool:
        """That shortage ends; False where there was none."""
        return self._shortages.pop(source, None) is not None

    def replicas(self, service: str) -> int:
        """How many the service is meant to have by what is in force."""
        base = self._world.scenario.system.services[service].replicas
        return round(self._world.book.combined(service, "replicas", base))

    def wanted(self, service: str) -> int:
        """How many it is going to have once those that were ordered have come."""
        return max(self.replicas(service), self._coming.get(service, ("", 0))[1])

    def start_up(self, service: str) -> int:
        """How long a new replica takes to come and to start, in microseconds."""
        delay = sum(shortage.delay for shortage in self._shortages.values())
        return self._world.start_up(service) + delay

    def granted(self, service: str, replicas: int) -> int:
        """How many the service can have when it asks for that many: never fewer than it has, or asks for."""
        has = self.wanted(service)
        if replicas <= has:
            return replicas
        quota = self.quota
        if quota is None or service not in self._own():
            return replicas
        return max(has, min(replicas, has + quota - self.total))

    def problem(self, service: str, replicas: int) -> str | None:
        """Why so many cannot be had, in words; None where they can."""
        granted = self.granted(service, replicas)
        if granted >= replicas:
            return None
        more = granted - self.wanted(service)
        return f"{service} cannot have {replicas} replicas: " + (f"only {more} more" if more else "no more can be had")

    def set_replicas(self, service: str, replicas: int, source: str) -> None:
        """The service has so many from now on. Of those that are too many, crashed ones go first, then the newest.

        The numbers of those that are left have no gaps: what ran beyond takes the number of one that has crashed, if it
        can in its own zone.
        """
        book, roster = self._world.book, self._world.traffic.services[service].roster
        down = [number for number in crashed(book, service) if number < replicas]
        places: dict[int, int] = {}
        for number in [number for number in roster.running if number >= replicas][: len(down)]:
            near = [place for place in down if roster.zone(place) == roster.zone(number)]
            place = (near or down)[0]
            down.remove(place)
            places[place] = number
        end_crashes(book, service, lambda place: place in places)
        for place, number in places.items():
            roster.started[place] = roster.started[number]
        book.put(source, (Effect(service=service, replicas=replicas),))
        end_crashes(book, service, lambda number: number >= replicas)

    def order(self, service: str, replicas: int, source: str, author: str) -> int:
        """The service is to have so many: fewer at once, more when they have started. How many it gets.

        Another order of the same service takes the place of what had not come yet, but what comes earlier comes.
        """
        granted = self.granted(service, replicas)
        now, has = int(self._world.env.now), self.replicas(service)
        short = "" if granted == replicas else f"; {replicas} wanted, no more can be had"
        self._world.changes.note(now, service, f"scale {service} to {granted}{short}", author)
        if granted <= has:
            self._coming.pop(service, None)
            self.set_replicas(service, granted, source)
        else:
            self._coming[service] = (source, granted)
            self._world.env.process(self._deliver(service, granted, source))
        return granted

    def _own(self) -> list[str]:
        services = self._world.scenario.system.services
        return [name for name, service in services.items() if service.kind != "external"]

    def _deliver(self, service: str, replicas: int, source: str) -> Steps:
        yield self._world.env.timeout(self.start_up(service))
        coming = self._coming.get(service)
        if coming is None or coming[0] != source:
            return
        arrived = min(replicas, coming[1])
        if arrived > self.replicas(service):
            self._world.book.put(source, (Effect(service=service, replicas=arrived),))
        if self.replicas(service) >= coming[1]:
            del self._coming[service]
