"""Faults that people make: a deploy or a setting that does harm while it is in force, and a flag that was turned."""

from __future__ import annotations

from gameday.core.kinds.faults import BadConfig, Deploy, FlagChange
from gameday.core.units import MICRO
from gameday.engine.faults.base import FaultWorld
from gameday.engine.residents.base import Steps, ramp_up


def run_deploy(world: FaultWorld, fault: Deploy, name: str) -> Steps:
    """The version runs until somebody rolls it back, or until `lasts` where its owners do so themselves.

    Its ramp begins with it, however long its rollout takes.
    """
    while world.changes.is_frozen(fault.service):
        yield world.env.timeout(MICRO)
    share, steps = fault.share or 1.0, _steps(world, fault)
    source = world.changes.deploy(
        int(world.env.now),
        fault.service,
        fault.version,
        fault.by,
        fault.effects,
        share=share / steps if fault.rollout else share,
        migrated=bool(fault.migration),
    )
    if fault.crashes is not None:
        world.env.process(_crash(world, fault.service, name, fault.crashes, source))
    if fault.rollout:
        world.env.process(_roll_out(world, fault, source, steps))
    if fault.ramp:
        world.book.set_strength(source, 0.0)
        world.env.process(ramp_up(world.env, world.book, source, fault.ramp))
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        if world.changes.share(source):
            world.changes.roll_back(int(world.env.now), fault.service, fault.by)


def _steps(world: FaultWorld, fault: Deploy) -> int:
    """How many replicas take the version, one after another."""
    replicas = world.scenario.system.services[fault.service].replicas
    return max(1, round(replicas * (fault.share or 1.0)))


def _roll_out(world: FaultWorld, fault: Deploy, source: str, steps: int) -> Steps:
    """The first replica has it; the last one gets it when `rollout` is over. Frozen, the pipeline waits.

    It ends where the version is gone, or somebody has begun to roll it back.
    """
    share = fault.share or 1.0
    for step in range(2, steps + 1):
        yield world.env.timeout((fault.rollout or 0) // (steps - 1))
        while world.changes.is_frozen(fault.service):
            yield world.env.timeout(MICRO)
        if not world.changes.roll_on(fault.service, source, share * step / steps):
            return


def _crash(world: FaultWorld, service: str, name: str, after: int, source: str) -> Steps:
    """Replicas with the version or setting crash so long after each start, the first of which has just been."""
    yield world.env.timeout(after)
    yield from world.crashes.loop(
        service, name, after, lambda: world.crashes.first(service, world.changes.share(source))
    )


def run_config(world: FaultWorld, fault: BadConfig, name: str) -> Steps:
    """The setting holds until somebody reverts it, or until `lasts`."""
    now = int(world.env.now)
    reach = fault.reach or 1.0
    source = world.changes.configure(now, fault.service, fault.setting, fault.by, fault.effects, reach)
    if fault.crashes is not None:
        world.env.process(_crash(world, fault.service, name, fault.crashes, source))
    if fault.ramp:
        world.book.set_strength(source, 0.0)
        yield from ramp_up(world.env, world.book, source, fault.ramp)
    if fault.lasts is not None:
        yield world.env.timeout(max(0, fault.lasts - fault.ramp))
        world.changes.revert(int(world.env.now), fault.service, fault.by, source)


def run_flag(world: FaultWorld, fault: FlagChange, name: str) -> Steps:
    """The flag stays as it was turned until somebody turns it back, or until `lasts`."""
    del name
    on = fault.state == "on"
    world.changes.set_flag(int(world.env.now), fault.flag, on, fault.by)
    if fault.lasts is not None:
        yield world.env.timeout(fault.lasts)
        world.changes.set_flag(int(world.env.now), fault.flag, not on, fault.by)
