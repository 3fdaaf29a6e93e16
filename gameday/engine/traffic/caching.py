"""Caches on edges: calls that are answered from what is warm, fill it, or wait for a fetch that is under way.

Owns what becomes of a call before it is sent. Does not own what is kept (`stores`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import mix
from gameday.engine.traffic.calling import Calling
from gameday.engine.traffic.codes import CACHE_KEY, CALLING, DOOMED, ENDED, HIT
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.mechanisms.stores import Store, popularity, rank_of
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from array import array

    from gameday.core.draws import Key
    from gameday.core.kinds.mechanisms import Cache

    Waiter = tuple[Visit, Key]


class EdgeCache:
    """The cache of one edge: its store, which other edges may share, and the fetches under way where they coalesce."""

    __slots__ = ("fetches", "keys", "shares", "spec", "store", "takes", "ttl")

    def __init__(self, spec: Cache, store: Store) -> None:
        self.spec = spec
        self.store = store
        self.keys = spec.keys
        self.ttl = spec.ttl
        self.takes = spec.takes
        self.shares: array[float] | None = popularity(spec.keys, spec.skew) if spec.skew else None
        self.fetches: dict[int, list[Waiter]] | None = {} if spec.coalesce else None

    def rank_of(self, call_key: Key) -> int:
        """What the call asks for: its key's rank by popularity, from 0."""
        return rank_of(mix(call_key, CACHE_KEY), self.keys, self.shares)


class Caching(Calling):
    """What happens to calls on edges with a cache.

    A hit is no attempt: it is counted as `edge.hits` only. A retry does not look again. What no service is said to keep
    the caller keeps itself.
    """

    edges: dict[str, Edge]

    def _build_caches(self, edges: list[Edge], stations: dict[str, Station], now: int) -> None:
        """Edges share a store when they keep at the same service what they ask of the same callee.

        It has the keys of the edge with the most of them, and the least capacity that any of them says.
        """
        shared: dict[tuple[str, str], list[Edge]] = {}
        for edge in edges:
            if edge.spec.cache is not None:
                shared.setdefault((edge.spec.cache.at or edge.caller.name, edge.callee.name), []).append(edge)
        for (at, _), sharing in shared.items():
            specs = [edge.spec.cache for edge in sharing if edge.spec.cache is not None]
            capacities = [spec.capacity for spec in specs if spec.capacity is not None]
            keys = max(spec.keys for spec in specs)
            store = Store(stations[at], sharing[0].key, keys, min(capacities) if capacities else None)
            if specs[0].warm:
                store.warm(now, specs[0].ttl)
            stations[at].stores.append(store)
            for edge, spec in zip(sharing, specs, strict=True):
                edge.set_cache(EdgeCache(spec, store))

    def flush(self, target: str) -> None:
        """All that is kept at this service, or for this edge, is gone. Raises ValueError when there is neither."""
        if target in self.services:
            for store in self.services[target].stores:
                store.flush()
            return
        cache = self.edges[target].cache if target in self.edges else None
        if cache is None:
            raise ValueError(f'there is no service and no edge with a cache that is called "{target}"')
        cache.store.flush()

    def _look_up(self, edge: Edge, cache: EdgeCache, parent: Visit, call_key: Key) -> None:
        """A call on an edge with a cache: a hit, a wait for somebody else's fetch, or a fetch."""
        edge.lookups += 1
        key = cache.rank_of(call_key)
        if cache.store.serves(parent) and cache.store.has(key, self.now):
            edge.hits += 1
            if parent.span is not None:
                self.sampler.tell(parent.span, self.now, f"{edge.name}: answered from the cache")
            if edge.sync:
                if cache.takes:
                    self.schedule(self.now + cache.takes, HIT, parent)
                else:
                    parent.pending -= 1
            return
        if cache.fetches is not None and edge.sync:
            waiting = cache.fetches.get(key)
            if waiting is not None:
                waiting.append((parent, call_key))
                if parent.span is not None:
                    self.sampler.tell(parent.span, self.now, f"{edge.name}: waits for a fetch that is under way")
                return
            cache.fetches[key] = []
        self._send(edge, parent, call_key, 0)

    def _hit(self, parent: Visit) -> None:
        """One of the calls that a visit waits for has its answer, from a cache or not."""
        parent.pending = pending = parent.pending - 1
        if not pending and parent.state == CALLING:
            self._next_stage(parent)

    def _fetched(self, cache: EdgeCache, visit: Visit, parent: Visit) -> None:
        """An answer in time fills the cache; its caller goes on, then those who waited for the same key."""
        key = cache.rank_of(visit.call_key)
        waiting = None if cache.fetches is None else cache.fetches.pop(key, None)
        keeper = parent
        if waiting is not None:
            for other, _ in waiting:
                if keeper.state == ENDED:
                    keeper = other
        if keeper.state != ENDED and cache.store.serves(keeper):
            cache.store.put(key, self.now, cache.ttl)
        self._hit(parent)
        if waiting is not None:
            for other, _ in waiting:
                self._hit(other)

    def _fetch_failed(self, edge: Edge, cache: EdgeCache, call_key: Key, cause: int) -> None:
        """The fetch has failed for good: so have the calls that waited for it."""
        if cache.fetches is None:
            return
        for parent, _ in cache.fetches.pop(cache.rank_of(call_key), ()):
            if parent.state != ENDED and parent.state != DOOMED:
                self._call_failed(edge, parent, cause)

    def _fetch_called_off(self, edge: Edge, call_key: Key) -> None:
        """A call whose visit is over was perhaps a fetch that others wait for."""
        if edge.cache is not None:
            self._fetcher_gone(edge, edge.cache, call_key)

    def _fetcher_gone(self, edge: Edge, cache: EdgeCache, call_key: Key) -> None:
        """Nobody tries this fetch again because who began it is gone: the next who waits for it does it."""
        if cache.fetches is None:
            return
        waiting = cache.fetches.get(cache.rank_of(call_key), [])
        while waiting:
            parent, own_key = waiting.pop(0)
            if parent.state != ENDED and parent.state != DOOMED:
                self._send(edge, parent, own_key, 0)
                return
        cache.fetches.pop(cache.rank_of(call_key), None)
