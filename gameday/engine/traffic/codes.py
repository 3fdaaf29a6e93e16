"""The small integers of the kernel: outcomes, states of a visit, kinds of event, purposes of a draw.

Plain integers, because the kernel compares them some fifty times a request.
"""

from __future__ import annotations

from typing import Final

OUTCOMES: Final = (
    "ok",
    "timeout",
    "refused",
    "down",
    "shed",
    "error",
    "killed",
    "blocked",
    "dependency",
    "broken",
    "throttled",
    "limited",
    "pool",
    "expired",
    "cancelled",
    "certificate",
    "dns",
    "unauthorized",
    "abandoned",
    "overdue",
)
"""How a visit, an attempt or a root request ends; an outcome is an index into this."""
OK: Final = 0
TIMEOUT: Final = 1
REFUSED: Final = 2
DOWN: Final = 3
SHED: Final = 4
ERROR: Final = 5
KILLED: Final = 6
BLOCKED: Final = 7
DEPENDENCY: Final = 8
BROKEN: Final = 9  # the caller's circuit breaker is open
THROTTLED: Final = 10  # the caller holds back by itself
LIMITED: Final = 11  # beyond a rate limit
POOL: Final = 12  # no connection came free in time
EXPIRED: Final = 13  # its deadline was over before its work began
CANCELLED: Final = 14  # its caller took it back
CERTIFICATE: Final = 15
DNS: Final = 16
UNAUTHORIZED: Final = 17
ABANDONED: Final = 18  # the client left the line
OVERDUE: Final = 19  # dropped from a line in which it had waited too long

TAKEN_BACK: Final = (CANCELLED, ABANDONED)
"""Ends that whoever asked has chosen: no failures of the service that was asked."""

# States of a visit, in the order in which it passes them.
TRAVELLING: Final = 0
QUEUED: Final = 1
WORKING: Final = 2
LAUNCHING: Final = 3  # its stage is being sent out; what fails meanwhile waits until all are out
DOOMED: Final = 4  # launching, and a required call has already failed for good
CALLING: Final = 5
ENDED: Final = 6

# Kinds of event in the agenda.
WORK_DONE: Final = 0
ROOT: Final = 1
DEADLINE: Final = 2
RETRY: Final = 3
ARRIVE: Final = 4
JUDGE: Final = 5
REFILL: Final = 6
GUARD: Final = 7  # an edge's mechanism is due: a hedge, a wait for a connection
STATION: Final = 8  # a service's mechanism is due: health checks, ejected replicas that come back
HIT: Final = 9  # an answer from a cache arrives
PULL: Final = 10  # a consumer asks its queue for messages
RETURN: Final = 11  # a client comes back
LEAVE: Final = 12  # a client's patience in line is over
APPLY: Final = 13  # a write is far enough to be taken in by a replica

# Purposes of a draw. Above all attempt numbers and call indices, which are mixed into the same keys.
SHEDDING: Final = 0x1_0001
FAILING: Final = 0x1_0002
LOSS: Final = 0x1_0003
CALLS: Final = 0x1_0004
JITTER: Final = 0x1_0005
SEGMENT: Final = 0x1_0006
GAP: Final = 0x1_0007
BLOCK: Final = 0x1_0008
KILL: Final = 0x1_000A
THROTTLE: Final = 0x1_000B
CACHE_KEY: Final = 0x1_000C
BALANCE: Final = 0x1_000D
REPLICA: Final = 0x1_000E
CERTIFICATE_DRAW: Final = 0x1_000F
DNS_DRAW: Final = 0x1_0010
AUTHORIZE: Final = 0x1_0011
POISON: Final = 0x1_0012
PATIENCE: Final = 0x1_0013
RETURNING: Final = 0x1_0014
SHIFT: Final = 0x1_0015
WRITE: Final = 0x1_0016
SHARD: Final = 0x1_0017


def causes(outcomes: list[int]) -> dict[str, int]:
    """The failures among counts by outcome, by name, without those that did not happen."""
    return {OUTCOMES[index]: count for index, count in enumerate(outcomes) if count and index != OK}


def counted(outcomes: list[int]) -> list[int]:
    """Counts by outcome, for a digest: without the last where it never happened, which few systems know."""
    return outcomes if outcomes[OVERDUE] else outcomes[:OVERDUE]
