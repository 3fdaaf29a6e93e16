"""What only a share of a service's replicas has: the effects of a canary, of a rollout, of a setting that reached some.

Owns which effects a share can have, and what they are then. Does not own which replicas these are, nor how effects
combine (`gameday.engine.effects`).
"""

from __future__ import annotations

from gameday.core.kinds.effects import PARAMETERS, Effect
from gameday.scenario.models.system import System

_COUNTED = "pool_leaked"
"""An added parameter that is a count: half of those who take connections take half as many."""


def share_problem(system: System, effect: Effect, service: str) -> str:
    """Why the effect cannot be that of only some replicas of the service; empty where it can."""
    parameter, target = effect.parameter, effect.target
    kind = PARAMETERS[parameter]
    if effect.zone is not None or effect.reach is not None or effect.replica is not None:
        return "it says itself which replicas; leave either out"
    if _is_held_by_replica(system, effect, service) or parameter == _COUNTED:
        return ""
    if kind.combine in ("multiply", "probability"):
        return ""
    own = effect.target == service or target.split(">")[0] == service
    if own:
        return f"{parameter} is what all replicas of {service} have in common"
    return f"{parameter} of {target} is not the replicas' of {service} own: only factors and shares can be had in part"


def possible(service: str) -> str:
    """What a share of the replicas can have, in words."""
    own = [name for name, kind in PARAMETERS.items() if kind.by_replica and kind.target == "service"]
    calls = [name for name, kind in PARAMETERS.items() if kind.by_replica and kind.target == "edge"]
    return (
        f"some replicas can have {', '.join(own)} of {service}, {', '.join(calls)} of its calls, "
        "and factors and shares in proportion"
    )


def on_share(system: System, effect: Effect, service: str, share: float) -> Effect:
    """The effect where only this share (> 0) of the service's replicas has it.

    What a replica has for itself, or for the calls of those who work at it, these replicas have; factors and shares
    hold in proportion, for everybody. What only all can have holds as long as any has it: the rest of a version that
    is being replaced.
    """
    if share >= 1.0 or share_problem(system, effect, service):
        return effect
    if _is_held_by_replica(system, effect, service):
        return effect.model_copy(update={"reach": share})
    value = 1.0 + (effect.value - 1.0) * share if _multiplies(effect) else effect.value * share
    whole = isinstance(getattr(effect, effect.parameter), int)
    return effect.model_copy(update={effect.parameter: round(value) if whole else value})


def _multiplies(effect: Effect) -> bool:
    return PARAMETERS[effect.parameter].combine == "multiply"


def _is_held_by_replica(system: System, effect: Effect, service: str) -> bool:
    """A queue's messages are of none of its replicas, so its pull edges are not."""
    if not PARAMETERS[effect.parameter].by_replica:
        return False
    if effect.service is not None:
        return effect.service == service
    return any(
        edge.name == effect.edge and edge.caller == service and edge.mode != "pull" for edge in system.dependencies
    )
