"""Balancing policies: which replica the next request goes to.

Owns the choice among candidates. Does not own who is a candidate (`fleets`).
"""

from __future__ import annotations

from abc import abstractmethod

from gameday.core.draws import key_of, mix, uniform
from gameday.engine.traffic.codes import BALANCE, SHARD
from gameday.engine.traffic.mechanisms.replicas import Replica
from gameday.engine.traffic.visits import Visit


class Balancer:
    """Chooses among at least one candidate."""

    @abstractmethod
    def choose(self, visit: Visit, candidates: list[Replica]) -> Replica:
        """The replica that this attempt goes to."""


class RoundRobin(Balancer):
    """One after the other."""

    __slots__ = ("turn",)

    def __init__(self) -> None:
        self.turn = 0

    def choose(self, visit: Visit, candidates: list[Replica]) -> Replica:  # noqa: ARG002 (the base's)
        """The next in turn."""
        replica = candidates[self.turn % len(candidates)]
        self.turn = (self.turn + 1) % len(candidates)
        return replica


class AtRandom(Balancer):
    """Any, by the attempt's keyed draw."""

    __slots__ = ()

    def choose(self, visit: Visit, candidates: list[Replica]) -> Replica:
        """One drawn uniformly."""
        return candidates[int(uniform(mix(visit.key, BALANCE)) * len(candidates))]


class LeastRequests(Balancer):
    """The one with the fewest requests inside; among equals the next in turn, so that calm times wear out none."""

    __slots__ = ("turn",)

    def __init__(self) -> None:
        self.turn = 0

    def choose(self, visit: Visit, candidates: list[Replica]) -> Replica:  # noqa: ARG002 (the base's)
        """The least loaded."""
        count = len(candidates)
        best = self.turn % count
        for step in range(1, count):
            number = (self.turn + step) % count
            if candidates[number].inside < candidates[best].inside:
                best = number
        self.turn = (best + 1) % count
        return candidates[best]


class TwoChoices(Balancer):
    """The less loaded of two that are drawn; the first of two equals (Mitzenmacher 2001)."""

    __slots__ = ()

    def choose(self, visit: Visit, candidates: list[Replica]) -> Replica:
        """The better of two different ones."""
        count = len(candidates)
        key = mix(visit.key, BALANCE)
        first = int(uniform(key) * count)
        if count == 1:
            return candidates[0]
        second = int(uniform(mix(key, 1)) * (count - 1))
        second += second >= first
        chosen, other = candidates[first], candidates[second]
        return other if other.inside < chosen.inside else chosen


class Shards:
    """Which of `count` shards a request's key belongs to: the same for every attempt of a call.

    The share `hot_key` of the station's requests is all for one key, whose shard follows from the name of the service.
    """

    __slots__ = ("_hot_shard",)

    def __init__(self, service: str) -> None:
        self._hot_shard = uniform(mix(key_of(service), SHARD))

    def shard_of(self, visit: Visit, count: int) -> int:
        """A number below `count`."""
        key, hot = mix(visit.call_key, SHARD), visit.station.hot_key
        if hot and uniform(mix(key, 1)) < hot:
            return int(self._hot_shard * count)
        return int(uniform(key) * count)


def balancer(policy: str) -> Balancer:
    """By the name that scenarios use; shards are not chosen by load or turn, and have no balancer."""
    if policy == "random":
        return AtRandom()
    if policy == "least-requests":
        return LeastRequests()
    if policy == "two-choices":
        return TwoChoices()
    return RoundRobin()
