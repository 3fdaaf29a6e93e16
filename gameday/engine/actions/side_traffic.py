"""Side traffic: requests that responders send themselves. They go through the system as any other, and do not count.

Owns an entry of its own for each purpose, which no window and no objective knows.
"""

from __future__ import annotations

from dataclasses import replace

from gameday.core.draws import draw_name, word
from gameday.core.units import MICRO
from gameday.engine.actions.base import ActionWorld
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.specs import EntrySpec

PATIENCE = 10 * MICRO
"""How long somebody waits for an answer where no client's timeout says it."""


def send(world: ActionWorld, subject: str, purpose: str, rate: float, duration: int) -> Entry:
    """From now on for `duration` microseconds, `rate` requests a second to an entry, or to a service itself.

    The entry that comes back has their counts and times.
    """
    traffic, now = world.traffic, int(world.env.now)
    like = _like(world, subject)
    public = traffic.entries.get(subject)
    spec = replace(
        like.spec,
        name=f"{purpose} {subject} @{now}",
        to=subject if public is None else like.spec.to,
        shape=((now, rate), (now + duration, rate), (now + duration, 0.0)),
        timeout=like.spec.timeout if public is not None else PATIENCE,
        threshold=like.spec.timeout if public is not None else PATIENCE,
        clients=None,
        limit=None,
        alternate=None,
    )
    station = like.station if public is not None else traffic.services[subject]
    key = word(draw_name(world.seed, "action", purpose, subject))
    alternate = like.alternate if public is not None else station
    made = Entry(spec, station, alternate, like.first_class, len(traffic.classes), key, traffic)
    if public is not None:
        public.put_beside(made)
    return made


def _like(world: ActionWorld, subject: str) -> Entry:
    """The entry whose requests they resemble: itself, or the first that comes to the service on some way."""
    traffic = world.traffic
    if subject in traffic.entries:
        return traffic.entries[subject]
    for entry in traffic.entries.values():
        if subject in reached(world, entry.spec):
            return entry
    return next(iter(traffic.entries.values()))


def reached(world: ActionWorld, entry: EntrySpec) -> list[str]:
    """The services that the entry's requests come to, or the messages that they leave."""
    found = [entry.to]
    for service in found:
        for edge in world.scenario.system.dependencies:
            takes_it = edge.entries is None or entry.name in edge.entries
            if edge.caller == service and takes_it and edge.callee not in found:
                found.append(edge.callee)
    return found
