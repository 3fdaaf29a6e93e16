"""Clients that come back after a failure: how often, and after how long.

Owns the delays. Does not own what happens when they are back (`clients`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import exponential, mix, uniform
from gameday.engine.traffic.codes import PATIENCE, RETURNING

if TYPE_CHECKING:
    from gameday.core.draws import Key
    from gameday.core.kinds.mechanisms import Clients


def delay_of(clients: Clients, attempt: int, key: Key) -> int:
    """How long (µs) a client stays away after its attempt number `attempt`, which has this key, has failed.

    delay x growth^attempt, at most `delay_most`; of that the share `jitter` is drawn uniformly.
    """
    # The power is taken step by step: it stops at the longest delay long before a float overflows.
    longest, delay = float(clients.delay_most), float(clients.delay)
    for _ in range(attempt):
        if delay >= longest:
            break
        delay *= clients.growth
    delay = min(delay, longest)
    if clients.jitter:
        varied = delay * clients.jitter
        delay += (uniform(mix(key, RETURNING)) - 1.0) * varied
    return round(delay)


def patience_of(mean: int, key: Key) -> int:
    """How long (µs) the client whose attempt has this key stays in line: exponential."""
    return round(exponential(mix(key, PATIENCE), mean))
