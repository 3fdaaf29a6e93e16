"""Fresh starts: when a service has begun anew, so that what had piled up in its processes is gone.

A service has begun anew when each of its replicas has: all at once, or one after another. The roster knows when each
was started; whoever starts all anew past it (a release of what need not warm up) notes it here.
"""

from __future__ import annotations

from gameday.core.units import MICRO
from gameday.engine.residents.base import ResidentWorld


class Starts:
    """How often each service has begun anew by hand."""

    def __init__(self, world: ResidentWorld) -> None:
        self._world = world
        self._noted: dict[str, int] = {}

    def note(self, service: str) -> None:
        """All replicas of the service have just been started again."""
        self._noted[service] = self.noted(service) + 1

    def noted(self, service: str) -> int:
        """How often that was noted."""
        return self._noted.get(service, 0)

    def running(self, service: str) -> dict[int, int]:
        """When each replica that runs now, in rotation or not, was started."""
        roster = self._world.traffic.services[service].roster
        return {number: roster.started[number] for number in (*roster.running, *roster.drained)}

    def watch(self, service: str) -> Watch:
        """Tells from now on when the service has begun anew."""
        return Watch(self, service)

    def watch_replicas(self, service: str) -> ReplicaWatch:
        """Tells from now on which of its replicas have begun anew."""
        return ReplicaWatch(self, self._world, service)


class Watch:
    """Somebody who asks every second whether a service has begun anew."""

    def __init__(self, starts: Starts, service: str) -> None:
        self._starts = starts
        self._service = service
        self._noted = starts.noted(service)
        self._ran = starts.running(service)

    def is_fresh(self) -> bool:
        """Whether nothing runs now of what has run since this was last so, or since the watch began."""
        noted, self._noted = self._noted, self._starts.noted(self._service)
        now = self._starts.running(self._service)
        self._ran = now | self._ran
        if self._noted == noted and any(now.get(number) == started for number, started in self._ran.items()):
            return False
        self._ran = now
        return True


class ReplicaWatch:
    """Somebody who asks every second which replicas of a service have begun anew.

    The roster knows when each was started. Only a release of what need not warm up passes it by: when that is noted,
    all have begun anew.
    """

    def __init__(self, starts: Starts, world: ResidentWorld, service: str) -> None:
        self._starts = starts
        self._world = world
        self._service = service
        self._noted = starts.noted(service)
        self._started = list(world.traffic.services[service].roster.started)

    def fresh(self) -> list[bool]:
        """For each replica, whether what ran there when this was last asked does not run there now."""
        roster = self._world.traffic.services[self._service].roster
        before, self._started = self._started, list(roster.started)
        released = self._is_released()
        fresh = [True] * roster.size
        for number in (*roster.running, *roster.drained):
            fresh[number] = released or number >= len(before) or before[number] != roster.started[number]
        return fresh

    def _is_released(self) -> bool:
        noted, self._noted = self._noted, self._starts.noted(self._service)
        if self._noted == noted or self._world.scenario.system.services[self._service].warm_up is not None:
            return False
        age = self._world.changes.deploy_age(self._service, -(-int(self._world.env.now) // MICRO))
        return age is not None and age < 2.0
