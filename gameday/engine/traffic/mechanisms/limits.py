"""Rate limits: a token bucket in whole numbers, shared by edges, services and entries.

Owns how tokens come and go. Does not own who is turned away (`guards`, `serving`, `clients`).
"""

from __future__ import annotations

from typing import Final

from gameday.core.units import MICRO

_TOKEN: Final = MICRO * MICRO


class TokenBucket:
    """Holds up to `burst` tokens and gets `rate` a second; each request takes one. It is full at first.

    Counts in millionths of a millionth of a token, so that a rate of 3 is exactly three in every second.
    """

    __slots__ = ("_burst", "_credit", "_full", "_per_micro", "_since", "rate")

    def __init__(self, rate: float, burst: int | None, now: int) -> None:
        """`rate` > 0; `burst` None: a second's worth. `now` in µs."""
        self._burst = burst
        self._credit = 0
        self._since = now
        self._set(rate)
        self._credit = self._full

    @property
    def tokens(self) -> float:
        """What is in it, as of the last time that anybody asked."""
        return self._credit / _TOKEN

    def takes(self, now: int) -> bool:
        """Whether a request at `now` (µs) is within the limit; its token is taken then."""
        self._fill(now)
        if self._credit < _TOKEN:
            return False
        self._credit -= _TOKEN
        return True

    def wait(self, now: int) -> int:
        """How long after `now` (µs) the next token is there; 0 where one is there already. None is taken."""
        self._fill(now)
        return max(0, -((self._credit - _TOKEN) // self._per_micro))

    def set_rate(self, rate: float, now: int) -> None:
        """From `now` (µs) on another rate (> 0). What is in it stays, as far as it still has room."""
        self._fill(now)
        self._set(rate)

    def words(self) -> list[int]:
        """Its state, for a digest."""
        return [self._credit, self._since]

    def _fill(self, now: int) -> None:
        self._credit = min(self._full, self._credit + (now - self._since) * self._per_micro)
        self._since = now

    def _set(self, rate: float) -> None:
        self.rate = rate
        self._per_micro = max(1, round(rate * MICRO))
        self._full = (max(1, round(rate)) if self._burst is None else self._burst) * _TOKEN
        self._credit = min(self._credit, self._full)


def limited(bucket: TokenBucket | None, rate: float, burst: int | None, now: int) -> TokenBucket | None:
    """The bucket for a limit that is set to `rate` a second at `now` (µs): the one there is, a new one, or None for 0.

    Setting the rate that it has already changes nothing.
    """
    if rate <= 0.0:
        return None
    if bucket is None:
        return TokenBucket(rate, burst, now)
    if bucket.rate != rate:
        bucket.set_rate(rate, now)
    return bucket


def shared(
    own: TokenBucket | None, others: dict[float, TokenBucket], rate: float, burst: int | None, now: int
) -> TokenBucket | None:
    """The bucket that all replicas with this limit hold together: that of everybody, where it is theirs, or another.

    `others` keeps those, by their rate; None for a rate of 0.
    """
    if own is not None and own.rate == rate:
        return own
    bucket = limited(others.get(rate), rate, burst, now)
    if bucket is not None:
        others[rate] = bucket
    return bucket
