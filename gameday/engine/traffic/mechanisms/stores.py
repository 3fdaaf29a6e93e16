"""Stores: what a cache keeps, key by key, and how popular its keys are.

Owns expiry and which key goes when there is no more room. Does not own who asks and what a miss costs (`caching`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.codes import ENDED, KILL

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.engine.traffic.stations import Station
    from gameday.engine.traffic.visits import Visit

FOR_GOOD: Final = 2**63 - 1
"""When a key expires that has no time to live."""
_GOLDEN: Final = 0x9E37_79B9
_SWEEP: Final = 1000


class Store:
    """The keys 0 to `keys` - 1 that are kept at `host` for calls to one callee, 24 bytes for each at most.

    With a `capacity` the least recently used one goes for a new one; one that has expired keeps its place until then,
    as in memcached. Its host being down, or not having answered a visit, `serves` says.
    """

    __slots__ = ("_expires", "_newer", "_older", "_unreached", "capacity", "host", "kept", "key", "keys")

    def __init__(self, host: Station, key: Key, keys: int, capacity: int | None) -> None:
        self.host = host
        self.key = key
        self.keys = keys
        self.capacity = capacity if capacity is not None and capacity < keys else None
        self._unreached: dict[Visit, None] = {}
        self.flush()

    def flush(self) -> None:
        """It is empty."""
        self.kept = 0  # expired ones too
        self._expires = array("q", bytes(8 * self.keys))
        # A ring of keys from the least to the most recently used one; its number `keys` stands between the two.
        self._newer = array("q", [self.keys]) * (self.keys + 1 if self.capacity is not None else 0)
        self._older = self._newer[:]

    def warm(self, now: int, ttl: int | None) -> None:
        """Full of its most popular keys. With a time to live they expire one after another, spread evenly over it."""
        if ttl is None and self.capacity is None:
            self._expires = array("q", [FOR_GOOD]) * self.keys
            self.kept = self.keys
            return
        for key in range((self.capacity or self.keys) - 1, -1, -1):
            self.put(key, now, None if ttl is None else 1 + ttl * (key * _GOLDEN & 0xFFFF_FFFF) // 2**32)

    def has(self, key: int, now: int) -> bool:
        """Whether the key is warm; it is the most recently used one then."""
        if self._expires[key] <= now:
            return False
        if self.capacity is not None:
            self._unlink(key)
            self._link(key)
        return True

    def put(self, key: int, now: int, ttl: int | None) -> None:
        """Keep the key, for `ttl` µs or for good."""
        if self._expires[key]:
            if self.capacity is not None:
                self._unlink(key)
        else:
            if self.kept == self.capacity:
                self.drop(self._newer[self.keys])
            self.kept += 1
        self._expires[key] = FOR_GOOD if ttl is None else now + ttl
        if self.capacity is not None:
            self._link(key)

    def drop(self, key: int) -> None:
        """Keep the key no longer."""
        if self._expires[key]:
            self._expires[key] = 0
            self.kept -= 1
            if self.capacity is not None:
                self._unlink(key)

    def lose(self, share: float, kill: int) -> None:
        """Every key is lost with probability `share`: so much of the host has died, for the `kill`th time."""
        if share >= 1.0:
            self.flush()
            return
        for key in range(self.keys):
            if self._expires[key] and uniform(mix(mix(mix(self.key, KILL), kill), key)) < share:
                self.drop(key)

    def serves(self, visit: Visit) -> bool:
        """Whether its host is up, and has not failed this visit before."""
        return self.host.replicas > 0 and not (self._unreached and visit in self._unreached)

    def did_not_answer(self, visit: Visit) -> None:
        """The visit has asked the host in vain: it goes on as if nothing were warm."""
        unreached = self._unreached
        unreached[visit] = None
        if len(unreached) % _SWEEP == 0:
            self._unreached = {one: None for one in unreached if one.state != ENDED}

    def _unlink(self, key: int) -> None:
        older, newer = self._older[key], self._newer[key]
        self._newer[older] = newer
        self._older[newer] = older

    def _link(self, key: int) -> None:
        end = self.keys
        newest = self._older[end]
        self._newer[newest] = key
        self._older[key] = newest
        self._newer[key] = end
        self._older[end] = key


@lru_cache(maxsize=16)
def popularity(keys: int, skew: float) -> array[float]:
    """Cumulative shares of keys of popularity 1 / rank^skew (Zipf), the most popular first; the last is 1."""
    total, sums = 0.0, array("d")
    for rank in range(1, keys + 1):
        total += rank**-skew
        sums.append(total)
    return array("d", [one / total for one in sums])


def rank_of(key: Key, keys: int, shares: array[float] | None) -> int:
    """A key drawn by its popularity, by inverse transform; uniformly where there are no shares."""
    drawn = uniform(key)
    return int(drawn * keys) if shares is None else min(bisect_right(shares, drawn), keys - 1)
