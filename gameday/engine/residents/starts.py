"""Fresh starts: when a service has begun anew, so that what had piled up in its processes is gone.

A service none of whose replicas ran has begun anew when one does again; whoever restarts it in another way (one replica
after another, say) notes it here.
"""

from __future__ import annotations

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

    def is_down(self, service: str) -> bool:
        """Whether no replica of the service runs now."""
        return self._world.traffic.services[service].capacity == 0

    def watch(self, service: str) -> Watch:
        """Tells from now on when the service has begun anew."""
        return Watch(self, service)


class Watch:
    """Somebody who asks every second whether a service has begun anew."""

    def __init__(self, starts: Starts, service: str) -> None:
        self._starts = starts
        self._service = service
        self._noted = starts.noted(service)

    def is_fresh(self) -> bool:
        """Whether nothing of what ran when this was last asked runs now."""
        noted, self._noted = self._noted, self._starts.noted(self._service)
        return self._noted > noted or self._starts.is_down(self._service)
