"""Law 10: the cache of Bronson et al. (HotOS 2021): what was stable with a warm cache stays down with an empty one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Cache
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import MS, SECOND
from tests.laws.tables import Line, figures, law

KEYS, KEPT = 3_000, 2_700
SEEDS = (1, 2)
FULL, LITTLE = 2_500.0, 250.0
FLUSH, FALL, RISE, END = 10 * SECOND, 40 * SECOND, 85 * SECOND, 100 * SECOND
PHASES = {
    "2500/s, cache warm": (4 * SECOND, FLUSH),
    "2500/s, 20 s after a flush": (30 * SECOND, FALL),
    "250/s, after 35 s of it": (75 * SECOND, RISE),
    "2500/s again": (95 * SECOND, END),
}


@dataclass(frozen=True)
class Phase:
    """Shares of the calls that the cache answered and of the requests that succeeded, and calls per second to the
    database."""

    hits: float
    answered: float
    reads: float


@cache
def history(seed: int) -> dict[str, Phase]:
    """The cache holds nine keys of ten, each as popular as the other; only answers in time fill it. The database serves
    300/s, its full queue takes 3.3 s, callers wait for 1 s."""
    traffic = Traffic(
        TrafficSpec(
            (
                ServiceSpec("web", "loop", workers=1000, service_time=100, variability=0.0, queue_limit=10**6),
                ServiceSpec("database", "thread", 1, 3, 10 * MS, 1.0, "exponential", queue_limit=1000),
            ),
            (EdgeSpec("reads", "web", "database", timeout=SECOND, cache=Cache(keys=KEYS, capacity=KEPT)),),
            (
                EntrySpec(
                    "all", "web", ((0, FULL), (FALL, FULL), (FALL, LITTLE), (RISE, LITTLE), (RISE, FULL)), 5 * SECOND
                ),
            ),
        ),
        mix(10, seed),
        trace_share=0.0,
    )
    phases: dict[str, Phase] = {}
    edge, entry = traffic.edges["reads"], traffic.entries["all"]
    for name, (begin, end) in PHASES.items():
        traffic.advance(begin)
        before = edge.lookups, edge.hits, edge.sent, sum(entry.outcomes), entry.outcomes[0]
        traffic.advance(end)
        after = edge.lookups, edge.hits, edge.sent, sum(entry.outcomes), entry.outcomes[0]
        asked, warm, sent, ended, good = (now - then for now, then in zip(after, before, strict=True))
        phases[name] = Phase(warm / asked, good / ended, sent / (end - begin) * SECOND)
        if end == FLUSH:
            traffic.flush("reads")
    return phases


def line(phase: str) -> Line:
    """What the cache and the database do in this phase, and whether the requests are answered."""
    seen = [history(seed)[phase] for seed in SEEDS]
    down = phase == "2500/s, 20 s after a flush"
    measured = " and ".join(
        f"{figures(100 * one.answered)} % ({figures(100 * one.hits)} % hits, {figures(one.reads)}/s to the database)"
        for one in seen
    )
    expected = "stays down: under a quarter answered" if down else "over 99 % answered"
    holds = all(one.answered < 0.25 and one.reads > 1000 if down else one.answered > 0.99 for one in seen)
    if phase.endswith(("warm", "again")):
        holds = holds and all(abs(one.hits - KEPT / KEYS) < 0.02 for one in seen)
    return Line((expected, measured, f"each of {len(SEEDS)} seeds"), holds)


LAW = law(
    10,
    "a cache with nine hits of ten before a database of 300/s: answered requests",
    "Bronson, Aghayev, Charapko, Zhu, Metastable Failures in Distributed Systems, HotOS 2021, section 2.1",
    tuple(PHASES),
    line,
)


@pytest.mark.parametrize("phase", LAW.checked)
def test_a_flush_keeps_down_what_only_a_warm_cache_carries(phase):
    LAW.check(phase)
