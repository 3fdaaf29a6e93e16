"""What differs on one replica of a caller: how its calls on one edge are made, and what becomes of them on their way.

Owns the values. Does not own which replica a visit works at (`pace`) nor what the values are used for (`guarding`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.mechanisms.limits import TokenBucket
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable


class CallerRow:
    """An edge as the visits at one replica of its caller know it. Times in µs.

    Replicas of one timeout share its `deadlines`, and those of one limit hold it together, as one `bucket`; None: none.
    """

    __slots__ = ("backoff", "bucket", "deadlines", "latency", "loss", "retries", "unauthorized")

    def __init__(
        self,
        deadlines: DeadlineQueue[Visit],
        bucket: TokenBucket | None,
        retries: int,
        backoff: int,
        loss: float,
        latency: int,
        unauthorized: float,
    ) -> None:
        self.deadlines = deadlines
        self.bucket = bucket
        self.retries = retries
        self.backoff = backoff
        self.loss = loss
        self.latency = latency
        self.unauthorized = unauthorized


def words_of(rows: Iterable[CallerRow]) -> list[int]:
    """The state of their limits, for a digest: of each once."""
    seen: list[TokenBucket] = []
    words: list[int] = []
    for row in rows:
        if row.bucket is not None and row.bucket not in seen:
            seen.append(row.bucket)
            words += row.bucket.words()
    return words
