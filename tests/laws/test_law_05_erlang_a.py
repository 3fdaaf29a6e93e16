"""Law 5: impatient callers of M/M/c+M leave as the birth-death chain says (Palm 1957); 32 independent seeds."""

from __future__ import annotations

from statistics import fmean

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Clients
from gameday.engine.traffic.codes import ABANDONED
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import FOREVER, MS, SECOND, SEEDS, z_score
from tests.laws.tables import Line, law, shown, within

MEAN = 20_000
PATIENCE = {"half a service": 0.5, "two services": 2.0}
SYSTEMS = {
    f"{workers} workers, load {load}, patience of {patience}": (workers, load, PATIENCE[patience])
    for workers, load, patience in (
        (1, 0.8, "two services"),
        (1, 1.5, "half a service"),
        (4, 1.0, "half a service"),
        (4, 1.3, "two services"),
        (16, 0.9, "two services"),
        (16, 1.2, "half a service"),
    )
}
BEFORE, CUSTOMERS = 300, 3_000


def erlang_a(servers: int, offered: float, patience: float) -> tuple[float, float]:
    """The share that leaves and the mean number that waits, with service times of mean 1 and patience of that mean.

    The stationary distribution of the chain with births at the rate `offered` and deaths at min(n, c) + max(n - c, 0) /
    patience, cut off where nothing is left of it: exact, no fluid limit.
    """
    weight, total, waiting, number = 1.0, 1.0, 0.0, 0
    while number < servers or weight > 1e-16 * total:
        number += 1
        weight *= offered / (min(number, servers) + max(number - servers, 0) / patience)
        total += weight
        waiting += weight * max(number - servers, 0)
    return waiting / total / patience / offered, waiting / total


def line(system: str) -> Line:
    """The share that leaves, and the mean number that waits."""
    workers, load, patience = SYSTEMS[system]
    rate = load * workers * SECOND / MEAN
    begin, end = (round(count / rate * SECOND) for count in (BEFORE, BEFORE + CUSTOMERS))
    clients = Clients(patience=f"{patience * MEAN / MS:g}ms")
    spec = TrafficSpec(
        (ServiceSpec("station", "thread", 1, workers, MEAN, 1.0, "exponential", queue_limit=10**9),),
        (),
        (EntrySpec("all", "station", ((0, rate),), FOREVER, FOREVER, clients=clients),),
    )
    left, waiting = [], []
    for seed in SEEDS:
        traffic = Traffic(spec, mix(5, seed), trace_share=0.0)
        entry, station = traffic.entries["all"], traffic.services["station"]
        traffic.advance(begin)
        before = entry.arrived, entry.outcomes[ABANDONED], station.queue_area + len(station.queue) * begin
        traffic.advance(end)
        left.append((entry.outcomes[ABANDONED] - before[1]) / (entry.arrived - before[0]))
        waiting.append((station.queue_area + len(station.queue) * end - before[2]) / (end - begin))
    expected = list(erlang_a(workers, load * workers, patience))
    band, holds = within([z_score(*pair) for pair in zip((left, waiting), expected, strict=True)])
    return Line((shown(expected), shown([fmean(left), fmean(waiting)]), band), holds)


LAW = law(
    5,
    "impatient callers: share that leaves / mean number that waits",
    "Erlang A, exactly, by the birth-death chain (Palm 1957); exponential patience, only while they wait; 32 seeds",
    tuple(SYSTEMS),
    line,
)


def test_with_patience_of_one_service_time_the_chain_is_that_of_endless_servers():
    # M/M/c+M whose patience is its service time has the Poisson distribution of M/M/infinity.
    share, waiting = erlang_a(1, 1.0, 1.0)
    assert waiting == pytest.approx(2.718281828**-1)  # E[(N - 1)+] = E[N] - 1 + P(N = 0)
    assert share == pytest.approx(waiting)


def test_endless_patience_gives_the_queue_of_mm1():
    assert erlang_a(1, 0.5, 1e9)[1] == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize("system", LAW.checked)
def test_impatient_callers_leave_as_erlang_a_says(system):
    LAW.check(system)
