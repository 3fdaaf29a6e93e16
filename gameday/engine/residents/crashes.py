"""Crashes: replicas die with every request in them, wait for their turn to start, and start.

Owns which replicas are down by a crash, by number: those that come later are not, and one that is removed and comes
again is another. Owns the back-off of a crash loop. Does not own why anything crashes (`gameday.engine.faults`,
`memory`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.mechanisms import CrashLoop
from gameday.core.units import MICRO, format_duration
from gameday.engine.effects import EffectBook
from gameday.engine.residents.base import ORCHESTRATOR, ResidentWorld, Steps


def crash_source(service: str, name: str) -> str:
    """Under this source replicas are missing; a restart takes those away that it restarts."""
    return f"crash {service} {name}"


def crashed(book: EffectBook, service: str) -> list[int]:
    """The numbers (from zero) of the replicas of the service that are down by a crash."""
    numbers = [
        effect.replica - 1
        for source in book.sources
        if source.startswith(crash_source(service, ""))
        for effect in book.effects(source)
        if effect.replica is not None
    ]
    return sorted(dict.fromkeys(numbers))


def end_crashes(book: EffectBook, service: str, ends: Callable[[int], bool]) -> None:
    """Those replicas of the service whose number `ends` tells (counted from zero) are no longer down by any crash."""
    for source in book.sources:
        if not source.startswith(crash_source(service, "")):
            continue
        effects = book.effects(source)
        left = tuple(effect for effect in effects if effect.replica is not None and not ends(effect.replica - 1))
        if not left:
            book.remove(source)
        elif left != effects:
            book.put(source, left)


def _who(service: str, number: int | None) -> str:
    """What crashes: the service, or one of its replicas."""
    return service if number is None else f"replica {number + 1} of {service}"


class Crashes:
    """The crashes in a row of all services, and of replicas that die alone. A replica's `number` counts from zero."""

    def __init__(self, world: ResidentWorld) -> None:
        self._world = world
        self._in_a_row: dict[str, int] = {}
        self._up_since: dict[str, int] = {}

    def count(self, service: str, number: int | None = None) -> int:
        """How often the service has crashed in a row as a whole, or this replica alone."""
        return self._in_a_row.get(_who(service, number), 0)

    def first(self, service: str, share: float) -> tuple[int, ...]:
        """As many replicas as that share is, at least one: those with the lowest numbers. None for a share of zero."""
        size = self._world.traffic.services[service].roster.size
        return tuple(range(min(size, max(1, round(share * size))))) if share > 0.0 else ()

    def some(self, service: str, share: float) -> tuple[int, ...]:
        """As many replicas as that share is, at least one: the first of those that run, then the others."""
        roster = self._world.traffic.services[service].roster
        alive = sorted((*roster.running, *roster.drained))
        others = [number for number in range(roster.size) if number not in alive]
        return tuple([*alive, *others][: len(self.first(service, share))])

    def fall(self, service: str, source: str, numbers: Iterable[int]) -> None:
        """These replicas die now with what is in them, and do not run.

        Where replicas share a queue, what is in them is a share as large as their own of those that run.
        """
        traffic, numbers = self._world.traffic, tuple(numbers)
        running = tuple(traffic.services[service].roster.running)
        effects = tuple(Effect(service=service, lost=1.0, replica=number + 1) for number in numbers)
        self._world.book.put(source, effects)
        traffic.kill_replicas(service, numbers, running)

    def back_off(self, service: str, number: int | None = None, *, loops: bool = False) -> int:
        """Counts a crash; how long the restart has to wait for its turn, in microseconds.

        A service without a crash loop waits for nothing, unless it `loops`: then as one with the defaults.
        """
        settings = self._world.scenario.system.services[service].crash_loop or (CrashLoop() if loops else None)
        if settings is None:
            return 0
        now, who = int(self._world.env.now), _who(service, number)
        if now - self._up_since.get(who, now) >= settings.steady:
            self._in_a_row[who] = 0
        crashes = self._in_a_row[who] = self.count(service, number) + 1
        return min(settings.first << min(crashes - 1, 40), settings.most)

    def recover(
        self,
        service: str,
        source: str,
        number: int | None = None,
        *,
        loops: bool = False,
        cause: Callable[[], bool] | None = None,
    ) -> Steps:
        """The back-off, then the start-up time, then the replicas serve again; sooner where somebody restarts them.

        Once the `cause` is gone, what starts is something else, and need not wait for its turn.
        """
        who = _who(service, number)
        wait = self.back_off(service, number, loops=loops)
        if wait:
            times = self.count(service, number)
            row = f" {times} times in a row" if times > 1 else ""
            text = f"{who} crashed{row}; starts again in {format_duration(wait)}"
            self._world.changes.note(int(self._world.env.now), service, text, ORCHESTRATOR)
        yield from self._wait(source, wait, cause)
        yield from self.start(service, source)
        self._up_since[who] = int(self._world.env.now)

    def start(self, service: str, source: str) -> Steps:
        """The start-up time, then what is down under this source serves again; sooner where somebody restarts it."""
        yield from self._wait(source, self._world.start_up(service), None)
        self._world.book.remove(source)

    def crash(self, service: str, name: str, why: str, number: int | None = None) -> Steps:
        """All replicas die and start again, or only this one, as a process of its own."""
        source, text = crash_source(service, name), f"{_who(service, number)} killed: {why}"
        self._world.changes.note(int(self._world.env.now), service, text, ORCHESTRATOR)
        self.fall(service, source, self.first(service, 1.0) if number is None else (number,))
        yield from self.recover(service, source, number)

    def loop(self, service: str, name: str, again_after: int, cause: Callable[[], tuple[int, ...]]) -> Steps:
        """Crashes, starts, and crashes again `again_after` later, as long as there are replicas that have `cause`.

        They do so together: one that was restarted alone crashes again with the others.
        """
        source = crash_source(service, name)
        while numbers := cause():
            self.fall(service, source, numbers)
            yield from self.recover(service, source, loops=True, cause=lambda: bool(cause()))
            yield self._world.env.timeout(again_after)

    def _wait(self, source: str, duration: int, cause: Callable[[], bool] | None) -> Steps:
        env, end = self._world.env, int(self._world.env.now) + duration
        while source in self._world.book.sources and (left := end - int(env.now)) > 0:
            if cause is not None and not cause():
                return
            yield env.timeout(min(MICRO, left))
