"""Whom the incident hurts: the requests of customers that went wrong lately, by what they felt.

Read from the truth and not from the monitoring: customers do not look at dashboards. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from gameday.core.units import MICRO
from gameday.engine.traffic.sampling import Trace
from gameday.engine.world import World
from gameday.response.hands import Hurt

SAMPLED = 120
"""Seconds of which traces tell to which segment those belong who are hurt; one request in a hundred has a trace."""

LOGGED = 20
"""Seconds of which failures tell the same."""

_AT_ONCE = ("refused", "shed", "blocked", "limited", "throttled", "broken")
_LONG = ("timeout", "abandoned")
_HOWS: tuple[Literal["failed", "slow", "refused"], ...] = ("failed", "slow", "refused")


def hurt(world: World, seconds: int) -> tuple[Hurt, ...]:
    """Those of the last `seconds`, entry by entry; traffic that is not demand does not write tickets."""
    _ = world.traffic
    found: list[Hurt] = []
    for name, entry in world.scenario.system.traffic.entries.items():
        counts = _felt(world, name, seconds) if entry.counts else {}
        shares = _segments(world, name) if entry.segments and any(counts.values()) else {None: 1.0}
        scale = world.scenario.system.traffic.scale
        found += [
            Hurt(name, segment, how, counts[how] * share * scale)
            for how in _HOWS
            if counts.get(how)
            for segment, share in shares.items()
        ]
    return tuple(found)


def _felt(world: World, entry: str, seconds: int) -> dict[str, int]:
    """How many felt what. What was judged bad and ended no other way was too slow."""
    signals = world.truth_signals
    causes = signals.causes(entry, seconds)
    refused = sum(causes.get(cause, 0) for cause in _AT_ONCE)
    waited = sum(causes.get(cause, 0) for cause in _LONG)
    failed = sum(causes.values()) - refused - waited
    bad = sum(signals.bad[entry][-seconds:])
    return {"failed": failed, "refused": refused, "slow": max(waited, bad - failed - refused)}


def _segments(world: World, entry: str) -> Mapping[str | None, float]:
    """Which segments those belong to who are hurt, as far as traces and the failures at the entry's door tell."""
    sampler = world.traffic.sampler
    objective = world.scenario.slos.get(entry)
    since = int(world.env.now) - SAMPLED * MICRO
    counts: dict[str | None, int] = {}
    for trace in (*sampler.failed_traces, *sampler.traces):
        if trace.entry == entry and trace.arrived >= since and _is_hurt(trace, objective.within if objective else None):
            segment = trace.segment or None
            counts[segment] = counts.get(segment, 0) + 1
    for segment, count in _failed(world, entry).items():
        counts[segment] = counts.get(segment, 0) + count
    total = sum(counts.values())
    return {segment: count / total for segment, count in counts.items()} if total else {None: 1.0}


def _failed(world: World, entry: str) -> Mapping[str | None, int]:
    """The first failures of each second of the last ones at the service that the entry comes to, by segment.

    What failed and could be done without hurts nobody.
    """
    system = world.scenario.system
    door = system.traffic.entries[entry].to
    spared = [edge.name for edge in system.dependencies if edge.caller == door and not edge.required]
    since = int(world.env.now) - LOGGED * MICRO
    counts: dict[str | None, int] = {}
    for group in reversed(world.traffic.sampler.failures):
        if group.second < since:
            break
        if group.service == door and group.edge not in spared:
            for failure in group.first:
                if failure.entry == entry:
                    counts[failure.segment or None] = counts.get(failure.segment or None, 0) + 1
    return counts


def _is_hurt(trace: Trace, within: int | None) -> bool:
    if trace.outcome != "ok":
        return True
    return within is not None and trace.ended is not None and trace.ended - trace.arrived > within
