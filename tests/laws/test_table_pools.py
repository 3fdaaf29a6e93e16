"""Pool exhaustion climbs the graph: a slow service at the bottom takes the workers of all above it, in turn."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Pool
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import MS, SECOND
from tests.laws.tables import Line, Table

CHAIN = ("gateway", "orders", "payments", "bank")
SLOW, END = 10 * SECOND, 40 * SECOND
TIMEOUTS = {"10 s": 10 * SECOND, "200 ms": 200 * MS}
WORKERS = {"gateway": 64, "orders": 32, "payments": 16, "bank": 8}
STEP = 100 * MS


@cache
def slowed(timeout: int) -> dict[str, tuple[float, float | None, float]]:
    """40/s down a chain of threads with pools; the bank takes 40 times as long from 10 s on.

    By service: the share of its workers that was busy before, the seconds until all of them were, and the share that
    was busy in the last 10 s.
    """
    spec = TrafficSpec(
        tuple(
            ServiceSpec(name, "thread", 1, workers, (50 if name == "bank" else 5) * MS, 0.5, queue_limit=200)
            for name, workers in WORKERS.items()
        ),
        tuple(
            EdgeSpec(f"{caller}-{callee}", caller, callee, timeout=timeout, pool=Pool(size=WORKERS[callee] * 3 // 2))
            for caller, callee in pairwise(CHAIN)
        ),
        (EntrySpec("all", "gateway", ((0, 40.0),), 30 * SECOND, SECOND),),
    )
    traffic = Traffic(spec, mix(23, 1), trace_share=0.0)
    before, full, after = dict.fromkeys(CHAIN, 0), dict.fromkeys(CHAIN), dict.fromkeys(CHAIN, 0)
    for now in range(STEP, END + 1, STEP):
        if now == SLOW + STEP:
            traffic.services["bank"].scale = [40.0]
        traffic.advance(now)
        for name, station in traffic.services.items():
            if now <= SLOW:
                before[name] += station.busy
            elif now > END - 10 * SECOND:
                after[name] += station.busy
            if full[name] is None and now > SLOW and station.busy == station.capacity:
                full[name] = (now - SLOW) / SECOND
    samples = 10 * SECOND // STEP
    return {
        name: (
            before[name] / samples / traffic.services[name].capacity,
            full[name],
            after[name] / samples / traffic.services[name].capacity,
        )
        for name in CHAIN
    }


def line(service: str) -> Line:
    """When its workers were all busy: the lower, the sooner; never above the bank where callers do not wait long."""
    cells: list[str] = []
    for timeout in TIMEOUTS.values():
        before, full, after = slowed(timeout)[service]
        cells += [f"{100 * before:.0f} %", "never" if full is None else f"{full:.1f} s", f"{100 * after:.0f} %"]
    patient, quick = (slowed(timeout) for timeout in TIMEOUTS.values())
    position = CHAIN.index(service)
    above = CHAIN[position - 1] if position else service
    climbs = patient[service][1] is not None and patient[above][1] is not None
    holds = climbs and (not position or patient[service][1] < patient[above][1])
    return Line(tuple(cells), holds and (service == "bank" or quick[service][1] is None))


POOLS = Table(
    "Pool exhaustion climbs the graph",
    "A chain of threads (64, 32, 16 and 8 workers, a pool half again as big as what it leads to has workers) with 40 "
    "requests a second; the bank at its bottom takes 40 times as long from some instant on. Busy workers before and "
    "half a minute later, and when all were busy, where callers wait for " + " and where they wait for ".join(TIMEOUTS),
    ("service", *(f"{head}, {timeout}" for timeout in TIMEOUTS for head in ("before", "all busy after", "then"))),
    tuple(reversed(CHAIN)),
    line,
    tuple(CHAIN),
)


@pytest.mark.parametrize("service", POOLS.checked)
def test_exhaustion_climbs_where_callers_wait_long_and_not_where_they_do_not(service):
    POOLS.check(service)
