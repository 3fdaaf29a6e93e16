"""Replicas of one service: which of them run and since when, and the line and workers of each.

Owns their plain state. Does not own whom the balancer sends to (`fleets`, `balancing`) or believes in (`ejection`,
`health`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.codes import REPLICA

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.mechanisms.disciplines import Line


class ReplicaState(NamedTuple):
    """One replica as the service's owners see it.

    `healthy` and `ejected` are what the balancer believes. `queue` and `busy` are None where replicas share a queue.
    """

    number: int
    zone: str
    up: bool
    healthy: bool
    ejected: bool
    queue: int | None
    busy: int | None


class Roster:
    """The replicas by number: those that run, and when each was started (µs; before zero: long ago).

    Those that are `drained` could run but are out of rotation, and whoever sends to them knows.
    """

    __slots__ = ("drained", "running", "size", "started", "zones")

    def __init__(self, size: int, zones: tuple[str, ...], long_ago: int) -> None:
        self.size = size
        self.zones = zones
        self.running = list(range(size))
        self.drained: tuple[int, ...] = ()
        self.started = [long_ago] * size

    def set(self, size: int, down: tuple[int, ...], now: int, drained: tuple[int, ...] = ()) -> None:
        """From `now` on `size` replicas, without those `down` or `drained`. Who was down and runs then starts now."""
        was_up = [False] * max(size, self.size)
        for number in (*self.running, *self.drained):
            was_up[number] = True
        self.size = size
        self.running = [number for number in range(size) if number not in down and number not in drained]
        self.drained = drained
        self.started += [now] * (size - len(self.started))
        for number in self.running:
            if not was_up[number]:
                self.started[number] = now

    def restart(self, numbers: list[int], now: int) -> None:
        """These have been started anew."""
        for number in numbers:
            self.started[number] = now

    def zone(self, number: int) -> str:
        """Where a replica is; empty where the service has no zones."""
        return self.zones[number % len(self.zones)] if self.zones else ""

    def draw(self, key: Key) -> int:
        """The replica that serves the visit with this key, where all that run share a queue. 0 where none runs."""
        running = self.running
        if not running:
            return 0
        return running[int(uniform(mix(key, REPLICA)) * len(running))]


class Place:
    """Workers with one line before them: a replica, or all replicas where they share their queue.

    `inside` counts the visits that were admitted here and have not ended, `busy` the workers that are held.
    """

    __slots__ = ("busy", "inside", "line", "number", "workers")

    def __init__(self, number: int, line: Line, workers: int) -> None:
        self.number = number
        self.line = line
        self.workers = workers
        self.busy = 0
        self.inside = 0

    def has_free_worker(self) -> bool:
        """Whether who comes now need not wait."""
        return self.busy < self.workers and not self.line.length

    def has_room(self, queue_limit: int, in_flight_limit: int | None) -> bool:
        """Whether one more may come in."""
        if in_flight_limit is not None and self.inside >= in_flight_limit:
            return False
        return self.has_free_worker() or self.line.length < queue_limit


class Replica(Place):
    """One replica behind a balancer. `up` is the truth; `healthy` and `ejected_until` are what the balancer believes.

    A `removed` one (one too many, or drained) gets nothing new and ends what it has begun. `served` counts what it did
    in time, as far as its balancer saw.
    """

    __slots__ = ("ejected_until", "ejections", "failures", "healthy", "removed", "returned", "served", "streak", "up")

    def __init__(self, number: int, line: Line, workers: int) -> None:
        super().__init__(number, line, workers)
        self.up = True
        self.removed = False
        self.served = 0
        self.trust()

    def trust(self) -> None:
        """The balancer knows nothing bad about it, as about one that is new."""
        self.healthy = True
        self.streak = 0  # passed checks in a row, failed ones below zero
        self.failures = 0  # in a row
        self.ejections = 0  # in a row
        self.ejected_until = 0  # 0: it is not ejected
        self.returned = 0  # when its last ejection ended

    def is_thought_well_of(self) -> bool:
        """Whether the balancer would send to it of its own accord."""
        return self.healthy and not self.ejected_until and not self.removed
