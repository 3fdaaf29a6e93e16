"""What is read off a world and its response: the observation of a second, the impact, the histories for scoring.

Reading changes nothing; the kernel is advanced to now by whoever asks it.
"""

from __future__ import annotations

from gameday.core.signals import Observation
from gameday.core.units import MICRO
from gameday.engine.signals import SignalStore
from gameday.engine.world import World
from gameday.response.response import Response
from gameday.session.record import EntryHistory, EntryImpact


def observe(world: World, response: Response) -> Observation:
    """Everything responders can see at the whole second at which the world stands."""
    _ = world.traffic
    second = int(world.env.now) // MICRO
    services, entries = world.signals.reading(second)
    return Observation(
        second=second,
        services=services,
        entries=entries,
        pages=response.pages(),
        alerts=response.alerts(),
        actions=world.actions(),
        playbook=response.playbook_name(),
        steps=response.steps(),
        incident=response.incident(),
        looks=world.looks(),
        joined=response.joined(),
        people=response.roster(),
        questions=response.questions(),
    )


def measure_impact(world: World) -> dict[str, EntryImpact]:
    """Root requests that have arrived at each entry by now, and those judged bad; what is in flight is as it stands."""
    return {name: EntryImpact(entry.arrived, entry.bad) for name, entry in world.traffic.entries.items()}


def entry_histories(signals: SignalStore) -> dict[str, EntryHistory]:
    """How each entry did, second by second."""
    return {name: EntryHistory(tuple(signals.judged[name]), tuple(signals.bad[name])) for name in signals.judged}


def queue_histories(signals: SignalStore) -> dict[str, tuple[float, ...]]:
    """Mean number waiting at each service, second by second."""
    return {name: tuple(queue) for name, queue in signals.queues.items()}
