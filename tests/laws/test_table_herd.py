"""Recovery herd: clients that were all cut off at one instant come back, with and without jitter."""

from __future__ import annotations

from functools import cache

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Clients
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import MS, SECOND
from tests.laws.tables import Line, Table

RATE, CUT = 500.0, 10 * SECOND
JITTERS = {"no jitter": 0.0, "half of the delay drawn": 0.5, "all of the delay drawn": 1.0}


@cache
def come_back(jitter: float) -> dict[str, float]:
    """500/s sign on (800/s can) and then hold a connection for 2 s; at 10 s all 1000 connections are cut."""
    clients = Clients(retries=5, delay="4s", growth=2.0, jitter=f"{100 * jitter:g}%")
    spec = TrafficSpec(
        (
            ServiceSpec("edge", "loop", workers=10**4, service_time=100, variability=0.0, queue_limit=10**6),
            ServiceSpec("sign-on", "thread", 1, 8, 10 * MS, 1.0, queue_limit=100),
            ServiceSpec("streams", "loop", workers=10**5, service_time=2 * SECOND, variability=0.1),
        ),
        (
            EdgeSpec("signs on", "edge", "sign-on", timeout=SECOND),
            EdgeSpec("holds", "edge", "streams", stage=1, timeout=20 * SECOND),
        ),
        (EntrySpec("all", "edge", ((0, RATE),), 60 * SECOND, 60 * SECOND, clients=clients),),
    )
    traffic = Traffic(spec, mix(22, 1), trace_share=0.0)
    traffic.advance(CUT)
    cut = traffic.services["edge"].in_flight
    refused = traffic.services["sign-on"].outcomes[2]
    traffic.kill("edge")
    most, calm, sign_on = 0, 0.0, traffic.services["sign-on"]
    for step in range(1, 601):
        arrived, before = sign_on.arrived, sign_on.outcomes[2]
        traffic.advance(CUT + step * 100 * MS)
        most = max(most, sign_on.arrived - arrived)
        if sign_on.outcomes[2] > before:
            calm = step / 10
    return {"cut": cut, "most": most, "refused": sign_on.outcomes[2] - refused, "calm": calm}


def line(clients: str) -> Line:
    """What coming back costs; without jitter the same clients are refused together, and come back together again."""
    seen, plain = come_back(JITTERS[clients]), come_back(0.0)
    better = JITTERS[clients] == 0.0 or (seen["most"] < plain["most"] / 2 and seen["refused"] < plain["refused"] / 2)
    cells = tuple(f"{seen[name]:.0f}" for name in ("cut", "most", "refused"))
    return Line((*cells, f"{seen['calm']:.1f} s"), better)


HERD = Table(
    "Recovery herd",
    "500 requests a second sign on (800/s can) and hold a connection for 2 s. All connections are cut at one instant; "
    "clients come back after 4 s, 8 s, 16 s and so on.",
    ("clients", "cut off", "most that sign on in 100 ms", "refused", "last refused after"),
    tuple(JITTERS),
    line,
    tuple(JITTERS),
)


@pytest.mark.parametrize("clients", HERD.checked)
def test_jitter_spreads_those_who_were_cut_off_together(clients):
    HERD.check(clients)
