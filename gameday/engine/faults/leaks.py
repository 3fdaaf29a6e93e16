"""Faults that fill something up: connections that are never given back, memory, a disk."""

from __future__ import annotations

from itertools import zip_longest

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import DiskFull, MemoryLeak, PoolLeak
from gameday.core.units import MICRO
from gameday.engine.faults.base import FaultWorld, source_of
from gameday.engine.residents.base import Steps
from gameday.engine.residents.memory import Leak


def run_pool(world: FaultWorld, fault: PoolLeak, name: str) -> Steps:
    """More connections are gone every second, and none of a replica of the caller that has just begun anew.

    What a replica has leaked goes with it. When the fault ends, the code that leaks is gone, and with it what it held.
    """
    edge = world.traffic.edges[fault.edge]
    watch, source = world.starts.watch_replicas(edge.caller.name), source_of(name)
    pool = edge.spec.pool.size if edge.spec.pool is not None else 0
    end = None if fault.lasts is None else int(world.env.now) + fault.lasts
    since, held = [int(world.env.now)] * edge.caller.roster.size, 0
    while end is None or int(world.env.now) < end:
        yield world.env.timeout(MICRO)
        now = int(world.env.now)
        fresh = watch.fresh()
        since = [now if is_fresh else began for is_fresh, began in zip_longest(fresh, since, fillvalue=now)]
        size = round(world.book.combined(fault.edge, "pool_size", pool))
        each = [min(size, int(fault.leaks * (now - began) / MICRO + 1e-9)) for began in since]
        leaked = sum([each[number] for number in edge.caller.roster.running])
        if leaked != held:
            held = leaked
            world.book.put(source, (Effect(edge=fault.edge, pool_leaked=leaked),))
    world.book.remove(source)


def run_memory(world: FaultWorld, fault: MemoryLeak, name: str) -> Steps:
    """The service leaks until `lasts`; what has leaked stays until its next start."""
    source = source_of(name)
    if fault.fills_in is not None:
        leak = Leak(per_micro=(1.0 - world.memories.at_rest(fault.service)) / fault.fills_in)
    else:
        leak = Leak(per_request=(fault.per_million or 0.0) / 1e6)
    world.memories.leak(fault.service, source, leak)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.memories.seal(fault.service, source)


def run_disk(world: FaultWorld, fault: DiskFull, name: str) -> Steps:
    """The disk fills until `lasts`; once full it stays so until somebody makes room."""
    source = source_of(name)
    world.disks.fill(fault.service, source, fault.used, fault.fills_in, fault.errors)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.disks.stop(fault.service, source)
