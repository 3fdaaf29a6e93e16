"""Crashes: replicas die with every request in them, wait for their turn to start, and start.

Owns the back-off of a crash loop. Does not own why anything crashes (`gameday.engine.faults`, `memory`).
"""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.mechanisms import CrashLoop
from gameday.core.units import MICRO, format_duration
from gameday.engine.residents.base import ORCHESTRATOR, ResidentWorld, Steps


def crash_source(service: str, name: str) -> str:
    """Under this source the capacity is missing; a restart of the service takes it away."""
    return f"crash {service} {name}"


class Crashes:
    """The crashes of all services, in a row."""

    def __init__(self, world: ResidentWorld) -> None:
        self._world = world
        self._in_a_row: dict[str, int] = {}
        self._up_since: dict[str, int] = {}

    def count(self, service: str) -> int:
        """How often the service has crashed in a row."""
        return self._in_a_row.get(service, 0)

    def fall(self, service: str, source: str, share: float = 1.0) -> None:
        """The first replicas, as many as that share is, die now with what is in them, and do not run."""
        traffic = self._world.traffic
        if share >= 1.0:
            self._world.book.put(source, (Effect(service=service, lost=1.0),))
            traffic.kill(service, 1.0)
        else:
            size = traffic.services[service].roster.size
            self._world.book.put(source, (Effect(service=service, lost=1.0, reach=share),))
            traffic.kill_replicas(service, tuple(range(max(1, round(share * size)))))

    def back_off(self, service: str, *, loops: bool = False) -> int:
        """Counts a crash; how long the restart has to wait for its turn, in microseconds.

        A service without a crash loop waits for nothing, unless it `loops`: then as one with the defaults.
        """
        settings = self._world.scenario.system.services[service].crash_loop or (CrashLoop() if loops else None)
        if settings is None:
            return 0
        now = int(self._world.env.now)
        if now - self._up_since.get(service, now) >= settings.steady:
            self._in_a_row[service] = 0
        crashes = self._in_a_row[service] = self.count(service) + 1
        return min(settings.first << min(crashes - 1, 40), settings.most)

    def recover(
        self, service: str, source: str, *, loops: bool = False, cause: Callable[[], bool] | None = None
    ) -> Steps:
        """The back-off, then the start-up time, then the replicas serve again; sooner where somebody restarts them.

        Once the `cause` is gone, what starts is something else, and need not wait for its turn.
        """
        wait, start_up = self.back_off(service, loops=loops), self._world.start_up(service)
        if wait:
            text = f"{service} crashed {self.count(service)} times in a row; starts again in {format_duration(wait)}"
            self._world.changes.note(int(self._world.env.now), service, text, ORCHESTRATOR)
        yield from self._wait(source, wait, cause)
        yield from self._wait(source, start_up, None)
        self._world.book.remove(source)
        self._up_since[service] = int(self._world.env.now)

    def crash(self, service: str, name: str, why: str) -> Steps:
        """All replicas die and start again, as a process of its own."""
        source = crash_source(service, name)
        self._world.changes.note(int(self._world.env.now), service, f"{service} killed: {why}", ORCHESTRATOR)
        self.fall(service, source)
        yield from self.recover(service, source)

    def loop(self, service: str, name: str, again_after: int, share: Callable[[], float]) -> Steps:
        """Crashes, starts, and crashes again `again_after` later, for as long as a share of the replicas has cause."""
        source = crash_source(service, name)
        while (part := share()) > 0.0:
            self.fall(service, source, part)
            yield from self.recover(service, source, loops=True, cause=lambda: share() > 0.0)
            yield self._world.env.timeout(again_after)

    def _wait(self, source: str, duration: int, cause: Callable[[], bool] | None) -> Steps:
        env, end = self._world.env, int(self._world.env.now) + duration
        while source in self._world.book.sources and (left := end - int(env.now)) > 0:
            if cause is not None and not cause():
                return
            yield env.timeout(min(MICRO, left))
