"""What may turn an attempt away before it leaves its caller, and learns from those that it let through.

Owns the interface and the simplest guard, a rate limit. Breakers and throttles have modules of their own.
"""

from __future__ import annotations

from abc import abstractmethod

from gameday.engine.traffic.attempts import Attempt
from gameday.engine.traffic.codes import LIMITED, OK
from gameday.engine.traffic.mechanisms.limits import TokenBucket


class Guard:
    """Asked once for each attempt on its edge, in the order breaker, throttle, limit."""

    __slots__ = ()

    @abstractmethod
    def admit(self, attempt: Attempt, now: int) -> int:
        """OK, or the outcome with which the attempt ends at once."""

    @abstractmethod
    def withdraw(self, attempt: Attempt, now: int) -> None:
        """A later guard has turned away what this one let through."""

    @abstractmethod
    def learn(self, attempt: Attempt, outcome: int, now: int) -> None:
        """How an attempt ended that every guard had let through."""

    @abstractmethod
    def words(self) -> list[int]:
        """Its state, for a digest."""


class RateLimit(Guard):
    """Lets through what a token bucket has tokens for: that of the caller's replica, where those differ."""

    __slots__ = ("bucket",)

    def __init__(self, bucket: TokenBucket | None) -> None:
        self.bucket = bucket

    def admit(self, attempt: Attempt, now: int) -> int:
        """LIMITED where no token is left."""
        bucket = self.bucket if attempt.row is None else attempt.row.bucket
        return OK if bucket is None or bucket.takes(now) else LIMITED

    def withdraw(self, attempt: Attempt, now: int) -> None:
        """The token is spent: nobody comes after the limit."""

    def learn(self, attempt: Attempt, outcome: int, now: int) -> None:
        """A limit does not care how things go."""

    def words(self) -> list[int]:
        """The bucket's."""
        return [] if self.bucket is None else self.bucket.words()
