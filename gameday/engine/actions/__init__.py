"""What responders can do to the system: a module a verb, plus one line in the registry.

An action takes time: `begin` is what happens when it starts, `end` when it is done. It acts on the system only through
effects, versions, flags and operations of the kernel, so whether it helps is up to the physics.
"""

from __future__ import annotations

from collections.abc import Mapping

from gameday.engine.actions import (
    backfill,
    breaker,
    cache,
    cert,
    config,
    credentials,
    deploy,
    dns,
    drain,
    failover,
    flag,
    freeze,
    limit,
    perform,
    pool,
    probe,
    promote,
    provision,
    queue,
    restart,
    restore,
    retries,
    rollback,
    scale,
    shed,
    timeout,
    traffic,
    undo,
    vendor,
)
from gameday.engine.actions.base import ActionKind, ActionWorld

ACTIONS: Mapping[str, ActionKind] = {
    "restart": restart.KIND,
    "rollback": rollback.KIND,
    "deploy": deploy.KIND,
    "promote": promote.KIND,
    "freeze": freeze.KIND,
    "scale": scale.KIND,
    "provision": provision.KIND,
    "failover": failover.KIND,
    "drain": drain.KIND,
    "flag": flag.KIND,
    "config": config.KIND,
    "shed": shed.KIND,
    "limit": limit.KIND,
    "breaker": breaker.KIND,
    "retries": retries.KIND,
    "timeout": timeout.KIND,
    "pool": pool.KIND,
    "cache": cache.KIND,
    "queue": queue.KIND,
    "traffic": traffic.KIND,
    "cert": cert.KIND,
    "dns": dns.KIND,
    "credentials": credentials.KIND,
    "probe": probe.KIND,
    "backfill": backfill.KIND,
    "restore": restore.KIND,
    "vendor": vendor.KIND,
    "perform": perform.KIND,
    "undo": undo.KIND,
}
"""By verb. `breakglass` carries another verb, and is none of its own."""

__all__ = ["ACTIONS", "ActionKind", "ActionWorld"]
