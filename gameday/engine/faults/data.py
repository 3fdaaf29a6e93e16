"""Faults of caches, queues and databases: a flush, poison messages, a failover that nobody asked for."""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import CacheFlush, Failover, PoisonMessage, QueueStall
from gameday.core.units import MICRO
from gameday.engine.faults.base import FaultWorld, hold, source_of
from gameday.engine.residents.base import ORCHESTRATOR, Steps
from gameday.engine.residents.rejoining import rejoin_later
from gameday.engine.traffic.codes import ERROR


def run_flush(world: FaultWorld, fault: CacheFlush, name: str) -> Steps:
    """It is over at once; what follows is up to the traffic."""
    del name
    world.traffic.flush(fault.service or fault.edge or "")
    yield world.env.timeout(fault.lasts or 0)


def run_stall(world: FaultWorld, fault: QueueStall, name: str) -> Steps:
    """The consumer takes nothing until it has begun anew."""
    source, began = source_of(name), int(world.env.now)
    watch = world.starts.watch(world.traffic.edges[fault.edge].callee.name)
    world.book.put(source, (Effect(edge=fault.edge, paused=1),))
    while not watch.is_fresh() and (fault.lasts is None or int(world.env.now) < began + fault.lasts):
        yield world.env.timeout(MICRO)
    world.book.remove(source)


def run_poison(world: FaultWorld, fault: PoisonMessage, name: str) -> Steps:
    """Messages that are stored while it lasts can be poison; those that are in the queue stay there afterwards."""
    if fault.crashes:
        for edge in world.scenario.system.dependencies:
            if edge.caller == fault.service and edge.mode == "pull":
                world.env.process(_die_of_it(world, edge.name, edge.callee, name))
    yield from hold(world, fault, source_of(name), (Effect(service=fault.service, poison=fault.share),))


def _die_of_it(world: FaultWorld, edge: str, consumer: str, name: str) -> Steps:
    """A consumer that has failed on a message dies at the next second, and takes the next one when it is back."""
    seen = world.traffic.edges[edge].outcomes[ERROR]
    while True:
        yield world.env.timeout(MICRO)
        failed = world.traffic.edges[edge].outcomes[ERROR]
        if failed > seen:
            yield from world.crashes.crash(consumer, name, "it could not process a message")
            failed = world.traffic.edges[edge].outcomes[ERROR]
        seen = failed


def run_failover(world: FaultWorld, fault: Failover, name: str) -> Steps:
    """The replica takes over at once; where both take writes for a time, the losing side's are lost at its end."""
    del name
    follower, split = world.traffic.services[fault.service].replica_of, fault.split_brain
    if follower is None:
        return  # somebody has promoted it before
    old = follower.primary.name
    scale = world.scenario.system.traffic.scale
    lost = round(world.traffic.promote(fault.service, split=split is not None) * scale)
    text = f"{fault.service} promoted; {lost:,} writes had not reached it"
    world.changes.note(int(world.env.now), fault.service, text, ORCHESTRATOR)
    if split is not None:
        yield world.env.timeout(split)
        torn = round(world.traffic.heal(old) * scale)
        text = f"the old primary stopped taking writes; {torn:,} that it took are lost"
        world.changes.note(int(world.env.now), fault.service, text, ORCHESTRATOR)
    rejoin_later(world, old)
    if fault.lasts is not None:
        yield world.env.timeout(max(0, fault.lasts - (split or 0)))
