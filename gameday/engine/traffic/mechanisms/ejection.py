"""Outlier ejection: the balancer stops sending to a replica whose answers fail in a row.

Owns when a replica is ejected and for how long. It sees what callers see: errors, refusals, silence.
"""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Ejection
from gameday.engine.traffic.mechanisms.replicas import Replica

_LONGEST = 10


class Outliers:
    """Watches all replicas of one service. `ejected` counts those that are out now."""

    __slots__ = ("_spec", "ejected")

    def __init__(self, spec: Ejection) -> None:
        self._spec = spec
        self.ejected = 0

    def saw(self, replica: Replica, failed: bool, now: int, of: int) -> bool:
        """An answer of one of the `of` replicas at `now`. Whether that ejects it, until its `ejected_until`."""
        if not failed:
            replica.failures = 0
            return False
        replica.failures += 1
        spec = self._spec
        if replica.failures < spec.failures or replica.ejected_until or replica.removed:
            return False
        if self.ejected >= max(1, int(spec.most * of + 1e-9)):
            return False
        self._eject(replica, now)
        return True

    def readmits(self, replica: Replica, now: int) -> bool:
        """Whether its time is over; it is back then."""
        if not replica.ejected_until or replica.ejected_until > now:
            return False
        self.forget(replica)
        replica.returned = now
        return True

    def forget(self, replica: Replica) -> None:
        """It is not ejected any more."""
        if replica.ejected_until:
            replica.ejected_until = 0
            self.ejected -= 1

    def _eject(self, replica: Replica, now: int) -> None:
        if replica.ejections and now - replica.returned > self._length(replica.ejections):
            replica.ejections = 0  # it has served for longer than it was out: that is not in a row
        replica.ejections += 1
        replica.ejected_until = now + self._length(replica.ejections)
        replica.failures = 0
        self.ejected += 1

    def _length(self, ejections: int) -> int:
        lasts = self._spec.lasts
        return min(lasts << min(ejections - 1, 4), _LONGEST * lasts)
