"""The door of a service: what turns an attempt away before any replica sees it.

Owns names that nobody finds, certificates that nobody trusts and the rate limit. Does not own shedding by class, which
every service can do (`serving`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.codes import CERTIFICATE_DRAW, DNS_DRAW
from gameday.engine.traffic.mechanisms.limits import TokenBucket, limited, shared

if TYPE_CHECKING:
    from gameday.engine.traffic.visits import Visit


class Door:
    """`certificate` is the share of callers who do not trust the service, `dns` of attempts that do not find it.

    A caller who does not trust it does not do so at the next attempt either; a name is looked up anew each time.
    Where replicas have limits of their own, those of one limit hold it together, and the `bucket` of all is not asked.
    """

    __slots__ = ("_apart", "_burst", "_shared", "bucket", "certificate", "dns")

    def __init__(self, rate: float, burst: int | None) -> None:
        self.certificate = 0.0
        self.dns = 0.0
        self._burst = burst
        self._apart: list[TokenBucket | None] | None = None  # by replica
        self._shared: dict[float, TokenBucket] = {}
        self.bucket: TokenBucket | None = limited(None, rate, burst, 0)

    @property
    def stands_open(self) -> bool:
        """Whether it lets everybody in."""
        return self.bucket is None and self._apart is None and not self.certificate and not self.dns

    @property
    def knows_replicas(self) -> bool:
        """Whether it matters to the limit to which replica somebody comes."""
        return self._apart is not None

    def set_limit(self, rate: float, now: int) -> None:
        """From `now` (µs) on `rate` a second; 0: without a limit."""
        self.bucket = limited(self.bucket, rate, self._burst, now)

    def set_limits(self, rates: list[float] | None, now: int) -> None:
        """From `now` (µs) on replica n takes `rates[n]` a second, with all that take as many; None: all are alike."""
        if rates is None:
            self._apart = None
            self._shared.clear()
            return
        self._apart = [shared(self.bucket, self._shared, rate, self._burst, now) for rate in rates]

    def is_found_by(self, visit: Visit) -> bool:
        """Whether the caller learns the address."""
        return not self.dns or uniform(mix(visit.key, DNS_DRAW)) >= self.dns

    def is_trusted_by(self, visit: Visit) -> bool:
        """Whether the caller accepts the certificate."""
        return not self.certificate or uniform(mix(visit.call_key, CERTIFICATE_DRAW)) >= self.certificate

    def lets_in(self, now: int) -> bool:
        """Whether one more at `now` (µs) is within the limit."""
        return self.bucket is None or self.bucket.takes(now)

    def lets_in_at(self, number: int, now: int) -> bool:
        """Whether one more at `now` (µs) is within the limit of that replica, where those have limits of their own."""
        apart = self._apart
        if apart is None:
            return True
        bucket = apart[number] if number < len(apart) else self.bucket
        return bucket is None or bucket.takes(now)

    def words(self) -> list[int]:
        """Its state, for a digest; none where there is no limit."""
        words = [] if self.bucket is None else self.bucket.words()
        for bucket in self._shared.values():
            words += bucket.words()
        return words
