"""The door of a service: what turns an attempt away before any replica sees it.

Owns names that nobody finds, certificates that nobody trusts and the rate limit. Does not own shedding by class, which
every service can do (`serving`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.codes import CERTIFICATE_DRAW, DNS_DRAW
from gameday.engine.traffic.mechanisms.limits import TokenBucket, limited

if TYPE_CHECKING:
    from gameday.engine.traffic.visits import Visit


class Door:
    """`certificate` is the share of callers who do not trust the service, `dns` of attempts that do not find it.

    A caller who does not trust it does not do so at the next attempt either; a name is looked up anew each time.
    """

    __slots__ = ("_burst", "bucket", "certificate", "dns")

    def __init__(self, rate: float, burst: int | None) -> None:
        self.certificate = 0.0
        self.dns = 0.0
        self._burst = burst
        self.bucket: TokenBucket | None = limited(None, rate, burst, 0)

    @property
    def stands_open(self) -> bool:
        """Whether it lets everybody in."""
        return self.bucket is None and not self.certificate and not self.dns

    def set_limit(self, rate: float, now: int) -> None:
        """From `now` (µs) on `rate` a second; 0: without a limit."""
        self.bucket = limited(self.bucket, rate, self._burst, now)

    def is_found_by(self, visit: Visit) -> bool:
        """Whether the caller learns the address."""
        return not self.dns or uniform(mix(visit.key, DNS_DRAW)) >= self.dns

    def is_trusted_by(self, visit: Visit) -> bool:
        """Whether the caller accepts the certificate."""
        return not self.certificate or uniform(mix(visit.call_key, CERTIFICATE_DRAW)) >= self.certificate

    def lets_in(self, now: int) -> bool:
        """Whether one more at `now` (µs) is within the limit."""
        return self.bucket is None or self.bucket.takes(now)

    def words(self) -> list[int]:
        """Its state, for a digest; none where there is no limit."""
        return [] if self.bucket is None else self.bucket.words()
