"""Backfill: what a service or a queue has lost is asked for once more, as additional load over the action's time.

What has failed once may fail again, and is not counted a second time.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.units import MICRO
from gameday.engine.actions.base import ActionKind, ActionWorld, Steps, shown, target_of, usual_duration
from gameday.engine.actions.side_traffic import send
from gameday.engine.traffic.codes import OK


def _lost(world: ActionWorld, service: str) -> int:
    """What it has refused, failed, thrown away or lost in a failover since the session began, and not done again."""
    station = world.traffic.services[service]
    lost = station.lost_writes + sum(count for outcome, count in enumerate(station.outcomes) if outcome != OK)
    if station.broker is not None:
        lost += station.broker.purged
    return max(0, lost - world.backfilled.get(service, 0))


def _problem(world: ActionWorld, command: Command) -> str | None:
    service = target_of(command)
    return None if _lost(world, service) else f"{service} has lost nothing"


def _steps(world: ActionWorld, command: Command, duration: int) -> Steps:
    service = target_of(command)
    lost = _lost(world, service)
    sent = send(world, service, "backfill", lost * MICRO / duration, duration)
    yield world.env.timeout(duration)
    _ = world.traffic
    world.backfilled[service] = world.backfilled.get(service, 0) + lost
    done, asked = shown(world, sent.outcomes[OK]), shown(world, sent.arrived)
    return f"{done:,} of {asked:,} requests of {service} done again"


def _cost(world: ActionWorld, command: Command) -> str:
    service = target_of(command)
    rate = shown(world, _lost(world, service)) * MICRO / usual_duration(world, command)
    return f"about {rate:,.1f} requests a second more on {service} while it runs"


KIND = ActionKind(steps=_steps, problem=_problem, cost=_cost)
