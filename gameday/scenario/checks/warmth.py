"""How many calls miss a cache once it is as warm as it gets: what reaches the service behind it at rest.

With a time to live T, a key asked for with rate r misses once in 1 + r T times; with room for c keys, the c most
popular ones hit at best. Both are bounds from below on a real cache's misses.
"""

from __future__ import annotations

from collections.abc import Iterator

from gameday.core.kinds.mechanisms import Cache
from gameday.core.units import MICRO

_ALONE = 256
"""So many ranks are counted one by one; those beyond in blocks that double."""


def miss_share(cache: Cache, rate: float) -> float:
    """Share of the calls that reach the callee, at `rate` calls a second in all. 0..1."""
    blocks = list(_blocks(cache.keys, cache.skew))
    total = 0.0
    for _, size, weight in blocks:
        total += size * weight
    missed = 0.0
    for rank, size, weight in blocks:
        share = weight / total
        if cache.capacity is not None and rank >= cache.capacity:
            missed += size * share
        elif cache.ttl is not None:
            missed += size * share / (1.0 + rate * share * cache.ttl / MICRO)
    return min(1.0, missed)


def _blocks(keys: int, skew: float) -> Iterator[tuple[int, int, float]]:
    """Ranks from 0 as (first rank, how many, weight of each): 1 / rank^skew, taken in the middle of a block."""
    rank, size = 0, 1
    while rank < keys:
        size = min(1 if rank < _ALONE else 2 * size if rank > _ALONE else 16, keys - rank)
        yield rank, size, (rank + (size + 1) / 2) ** -skew
        rank += size
