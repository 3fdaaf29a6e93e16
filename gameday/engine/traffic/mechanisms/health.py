"""Active health checks: every replica is asked at fixed times, and what it answers decides what the balancer believes.

Owns when the balancer's belief changes. What is true, and what is done with the belief: `fleets`.
"""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Health
from gameday.engine.traffic.mechanisms.replicas import Replica


class Checks:
    """The checks of one service: all replicas at once, first after one interval. `due` is the next time (µs).

    A deep check waits in line like any request. It fails when the line is full, or somebody who came before it still
    waits when its time is over; so what fails at an instant is the check that was sent `timeout` before.
    """

    __slots__ = ("_spec", "due")

    def __init__(self, spec: Health) -> None:
        self._spec = spec
        self.due = spec.every

    def next_round(self) -> None:
        """The round that was due is done."""
        self.due += self._spec.every

    def look(self, replica: Replica, now: int, queue_limit: int) -> bool:
        """Ask one. Whether the balancer thinks otherwise of it from now on."""
        spec = self._spec
        if self._answers(replica, now, queue_limit):
            replica.streak = replica.streak + 1 if replica.streak > 0 else 1
        else:
            replica.streak = replica.streak - 1 if replica.streak < 0 else -1
        healthy = replica.streak >= spec.passes if not replica.healthy else replica.streak > -spec.fails
        changed = healthy != replica.healthy
        replica.healthy = healthy
        return changed

    def _answers(self, replica: Replica, now: int, queue_limit: int) -> bool:
        if not replica.up:
            return False
        if not self._spec.deep or replica.has_free_worker():
            return True
        if replica.line.length >= queue_limit:
            return False
        since = replica.line.waits_since()
        return since is None or since > now - self._spec.timeout
