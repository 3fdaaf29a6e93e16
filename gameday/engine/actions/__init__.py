"""What responders can do to the system: a module a verb, plus one line in the registry.

An action takes time: `begin` is what happens when it starts, `end` when it is done. It acts on the system only through
effects, versions and flags, so whether it helps is up to the physics.
"""

from __future__ import annotations

from collections.abc import Mapping

from gameday.engine.actions import flag, restart, retries, rollback, scale, shed, timeout
from gameday.engine.actions.base import ActionKind, ActionWorld

ACTIONS: Mapping[str, ActionKind] = {
    "restart": restart.KIND,
    "rollback": rollback.KIND,
    "scale": scale.KIND,
    "shed": shed.KIND,
    "retries": retries.KIND,
    "timeout": timeout.KIND,
    "flag": flag.KIND,
}

__all__ = ["ACTIONS", "ActionKind", "ActionWorld"]
