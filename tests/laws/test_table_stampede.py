"""Cache stampede: a flush of hot keys, with and without coalescing of misses."""

from __future__ import annotations

from functools import cache

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Cache
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import MS, SECOND
from tests.laws.tables import Line, Table

KEYS = 500
CALLERS = {"each miss asks": False, "misses on one key wait for the first": True}


@cache
def flushed(coalesce: bool) -> dict[str, float]:
    """1000/s on 500 keys of Zipf popularity before a database of 200/s, all warm; at 5 s all is flushed."""
    spec = TrafficSpec(
        (
            ServiceSpec("web", "loop", workers=1000, service_time=100, variability=0.0, queue_limit=10**6),
            ServiceSpec("database", "thread", 1, 10, 50 * MS, 0.5, queue_limit=400),
        ),
        (EdgeSpec("reads", "web", "database", timeout=SECOND, cache=Cache(keys=KEYS, skew=1.0, coalesce=coalesce)),),
        (EntrySpec("all", "web", ((0, 1000.0),), 5 * SECOND, SECOND),),
    )
    traffic = Traffic(spec, mix(21, 1), trace_share=0.0)
    traffic.advance(5 * SECOND)
    traffic.flush("reads")
    edge, entry, database = traffic.edges["reads"], traffic.entries["all"], traffic.services["database"]
    longest = warm_again = first_second = 0
    for step in range(1, 601):
        lookups, hits = edge.lookups, edge.hits
        traffic.advance(5 * SECOND + step * 100 * MS)
        longest = max(longest, len(database.queue))
        if step == 10:
            first_second = edge.sent
        if not warm_again and edge.hits - hits >= 0.9 * (edge.lookups - lookups):
            warm_again = step
    return {
        "first second": first_second,
        "in all": edge.sent,
        "longest queue": longest,
        "warm again": warm_again / 10,
        "failed": sum(entry.outcomes[1:]),
    }


def line(callers: str) -> Line:
    """What the flush costs."""
    seen = flushed(CALLERS[callers])
    plain = flushed(False)
    fewer = seen["in all"] < plain["in all"] / 2 and seen["failed"] < plain["failed"] / 2
    cells = (
        f"{seen['first second']:.0f}",
        f"{seen['in all']:.0f}",
        f"{seen['longest queue']:.0f}",
        f"{seen['warm again']:.1f} s",
        f"{seen['failed']:.0f}",
    )
    return Line(cells, fewer or not CALLERS[callers])


STAMPEDE = Table(
    "Cache stampede",
    "1000 reads a second of 500 keys (popularity 1 / rank), all warm, before a database of 200/s; then a flush.",
    (
        "callers",
        "reads of the database in the first second",
        "in a minute",
        "longest queue",
        "90 % hits again",
        "failed",
    ),
    tuple(CALLERS),
    line,
    tuple(CALLERS),
)


@pytest.mark.parametrize("callers", STAMPEDE.checked)
def test_coalescing_asks_the_database_once_for_what_many_miss(callers):
    STAMPEDE.check(callers)
