"""Databases and their copies: who replicates whom, now or after a failover.

Owns what follows from `replication` for more than one service. Does not check it (`checks.mechanisms`).
"""

from __future__ import annotations

from itertools import combinations

from gameday.scenario.models.system import System


def related(system: System) -> list[tuple[str, str]]:
    """Each two databases of which one replicates the other, or may after a failover."""
    origins = {
        name: service.replication.primary
        for name, service in system.services.items()
        if service.replication is not None
    }
    family = [*dict.fromkeys((*origins.values(), *origins))]
    return [
        (one, other) for one, other in combinations(family, 2) if origins.get(one, one) == origins.get(other, other)
    ]


def may_follow(system: System, service: str) -> bool:
    """Whether it is a replica, or a primary that becomes one after a failover."""
    following = [(name, one.replication) for name, one in system.services.items() if one.replication is not None]
    return any(
        name == service or (replication.primary == service and replication.rejoin is not None)
        for name, replication in following
    )
