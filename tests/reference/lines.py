"""Lines of the reference model: who waits where, who is next, who is dropped; written to be read.

A service has one desk, or one for each replica. Controlled delay is the pseudo-code of RFC 8289, line by line. Owns
balancing, disciplines, priorities and displacement. Does not own ejection, health checks or capacity that changes.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import TYPE_CHECKING

from gameday.core.draws import key_of, mix, uniform
from gameday.core.kinds.mechanisms import CoDel
from gameday.engine.traffic import codes
from gameday.engine.traffic.specs import ServiceSpec

if TYPE_CHECKING:
    from tests.reference.model import Attempt


class Desk:
    """Some workers and those who wait for them, in order of arrival. `served` is called with each who gets a worker."""

    def __init__(self, spec: ServiceSpec, number: int, workers: int, served: Callable[[Desk, Attempt], None]) -> None:
        self.spec = spec
        self.number = number
        self.workers = workers
        self.served = served
        self.waiting: list[Attempt] = []
        self.busy = 0
        self.inside = 0
        self.delays: dict[int, ControlledDelay] = {}

    def has_room(self) -> bool:
        spec = self.spec
        if spec.in_flight is not None and self.inside >= spec.in_flight:
            return False
        return (self.busy < self.workers and not self.waiting) or len(self.waiting) < spec.queue_limit

    def displace(self, priority: int) -> Attempt | None:
        """Whoever has to make room for this priority: the newest of the worst, if that is worse."""
        worst = max((one.priority for one in self.waiting), default=priority)
        if worst <= priority:
            return None
        displaced = [one for one in self.waiting if one.priority == worst][-1]
        self.waiting.remove(displaced)
        self.inside -= 1
        return displaced

    def join(self, attempt: Attempt) -> None:
        self.inside += 1
        self.waiting.append(attempt)
        self.serve(attempt.turn.env.now)

    def release(self, now: int) -> None:
        self.busy -= 1
        self.serve(now)

    def serve(self, now: int) -> None:
        while self.waiting and self.busy < self.workers:
            best = min(one.priority for one in self.waiting)
            attempt = self.next_of(best, now)
            if attempt is not None:
                self.busy += 1
                self.served(self, attempt)

    def next_of(self, priority: int, now: int) -> Attempt | None:
        if self.spec.discipline == "codel":
            delay = self.delays.setdefault(priority, ControlledDelay(self.spec.codel or CoDel(), self, priority))
            return delay.deque(now)
        return self.take(priority)

    def take(self, priority: int) -> Attempt | None:
        mine = [one for one in self.waiting if one.priority == priority]
        if not mine:
            return None
        attempt = mine[-1] if self.spec.discipline == "lifo" else mine[0]
        self.waiting.remove(attempt)
        return attempt


class ControlledDelay:
    """RFC 8289, section 5: names and order are those of its pseudo-code, a request for a packet of the largest size."""

    def __init__(self, spec: CoDel, desk: Desk, priority: int) -> None:
        self.spec = spec
        self.desk = desk
        self.priority = priority
        self.first_above_time = self.drop_next = self.count = self.lastcount = 0
        self.dropping = False

    def control_law(self, t: int) -> int:
        return t + round(self.spec.interval / sqrt(self.count))

    def dodequeue(self, now: int) -> tuple[Attempt | None, bool]:
        p, ok_to_drop = self.desk.take(self.priority), False
        if p is None:
            self.first_above_time = 0
            return None, False
        left = sum(one.priority == self.priority for one in self.desk.waiting)
        if now - p.arrived < self.spec.target or left <= 1:
            self.first_above_time = 0
        elif self.first_above_time == 0:
            self.first_above_time = now + self.spec.interval
        elif now >= self.first_above_time:
            ok_to_drop = True
        return p, ok_to_drop

    def deque(self, now: int) -> Attempt | None:
        p, ok_to_drop = self.dodequeue(now)
        if self.dropping:
            if not ok_to_drop:
                self.dropping = False
            while now >= self.drop_next and self.dropping:
                self.drop(p)
                self.count += 1
                p, ok_to_drop = self.dodequeue(now)
                if not ok_to_drop:
                    self.dropping = False
                else:
                    self.drop_next = self.control_law(self.drop_next)
        elif ok_to_drop:
            self.drop(p)
            p, ok_to_drop = self.dodequeue(now)
            self.dropping = True
            delta = self.count - self.lastcount
            self.count = 1
            if delta > 1 and now - self.drop_next < 16 * self.spec.interval:
                self.count = delta
            self.drop_next = self.control_law(now)
            self.lastcount = self.count
        return p

    def drop(self, p: Attempt | None) -> None:
        assert p is not None
        self.desk.inside -= 1
        p.turn.succeed("dropped")


class Balancer:
    """Sends attempts to desks; `turn` is whose turn it is."""

    def __init__(self, spec: ServiceSpec, desks: list[Desk]) -> None:
        self.policy = spec.per_replica.balancing if spec.per_replica else "round-robin"
        self.name = spec.name
        self.desks = desks
        self.turn = 0

    def choose(self, attempt: Attempt, hot_key: float) -> Desk:
        desks, count = self.desks, len(self.desks)
        drawn = mix(attempt.key, codes.BALANCE)
        if self.policy == "random":
            return desks[int(uniform(drawn) * count)]
        if self.policy == "least-requests":
            in_turn = desks[self.turn :] + desks[: self.turn]
            return self.took(min(in_turn, key=lambda desk: desk.inside))
        if self.policy == "two-choices":
            first = desks[int(uniform(drawn) * count)]
            others = [desk for desk in desks if desk is not first]
            second = others[int(uniform(mix(drawn, 1)) * len(others))] if others else first
            return second if second.inside < first.inside else first
        if self.policy == "key":
            key = mix(attempt.call_key, codes.SHARD)
            if uniform(mix(key, 1)) < hot_key:
                key = mix(key_of(self.name), codes.SHARD)
            return desks[int(uniform(key) * count)]
        return self.took(desks[self.turn])

    def took(self, desk: Desk) -> Desk:
        self.turn = (desk.number + 1) % len(self.desks)
        return desk
