"""Law 2: M/M/c waits with Erlang's probability, mean and tail; 32 independent seeds for each system."""

from __future__ import annotations

from math import exp
from statistics import fmean

import pytest

from gameday.engine.traffic.specs import ServiceSpec
from tests.laws.estimates import MS, SECOND, SEEDS, erlang_b, erlang_c, single_station, spans_in_order, z_score
from tests.laws.tables import Line, law, shown, within

MEAN = 10_000
LOADS = {0.5: (1_000, 200), 0.7: (1_500, 400), 0.9: (2_500, 1_500)}
"""Customers observed and let pass before: a queue near its limit forgets slowly that it began empty."""
SYSTEMS = {f"M/M/{workers}, load {load}": (workers, load) for workers in (1, 2, 4, 8, 16) for load in LOADS}


def line(system: str) -> Line:
    """The chance to wait, the mean wait, and the chance to wait longer than half the mean time to drain one."""
    workers, load = SYSTEMS[system]
    customers, before = LOADS[load]
    rate = load * workers * SECOND / MEAN
    spec = single_station(
        ServiceSpec("station", "thread", 1, workers, MEAN, 1.0, "exponential"),
        rate,
        round((customers + before) / rate * SECOND),
    )
    drain = (1.0 - load) * workers / MEAN  # c mu - lambda, per µs
    beyond = 0.5 / drain
    waiting, mean, tail = [], [], []
    for seed in SEEDS:
        waits = [span.started - span.arrived for span in spans_in_order(spec, seed)[before:]]
        waiting.append(sum(wait > 0 for wait in waits) / len(waits))
        mean.append(sum(waits) / len(waits) / MS)
        tail.append(sum(wait > beyond for wait in waits) / len(waits))
    probability = erlang_c(workers, load * workers)
    expected = [probability, probability / drain / MS, probability * exp(-drain * beyond)]
    # So small a tail is counted on too few customers for their mean to be normal.
    judged = (waiting, mean, tail) if probability > 0.05 else (waiting, mean)
    band, holds = within([z_score(*pair) for pair in zip(judged, expected, strict=False)])
    return Line((shown(expected), shown([fmean(one) for one in (waiting, mean, tail)]), band), holds)


LAW = law(
    2,
    "M/M/c: chance to wait / mean wait in ms / chance to wait longer than t",
    "Erlang C by recursive Erlang B; service 10 ms, t half the mean time in which a queue drains by one; 32 seeds",
    tuple(SYSTEMS),
    line,
)


def test_erlang_formulas_give_the_published_values():
    assert erlang_b(1, 0.5) == pytest.approx(1 / 3)
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(2, 1.6) == pytest.approx(0.7111111)
    assert erlang_b(10, 5.0) == pytest.approx(0.018385, abs=1e-6)


@pytest.mark.parametrize("system", LAW.checked)
def test_waiting_probability_mean_wait_and_tail_agree_with_erlang_c(system):
    LAW.check(system)
