"""Law 2: M/M/c waits with Erlang's probability, mean and tail; 32 independent seeds for each system."""

from __future__ import annotations

from math import exp

import pytest

from gameday.engine.traffic.specs import ServiceSpec
from tests.laws.estimates import SECOND, erlang_b, erlang_c, single_station, spans_in_order, z_score

MEAN = 10_000
SEEDS = range(32)
LOADS = {0.5: (1_000, 200), 0.7: (1_500, 400), 0.9: (2_500, 1_500)}
"""Customers observed and let pass before: a queue near its limit forgets slowly that it began empty."""


def test_erlang_formulas_give_the_published_values():
    assert erlang_b(1, 0.5) == pytest.approx(1 / 3)
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(2, 1.6) == pytest.approx(0.7111111)
    assert erlang_b(10, 5.0) == pytest.approx(0.018385, abs=1e-6)


@pytest.mark.parametrize("workers", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("load", LOADS)
def test_waiting_probability_mean_wait_and_tail_agree_with_erlang_c(workers, load):
    customers, before = LOADS[load]
    rate = load * workers * SECOND / MEAN
    until = round((customers + before) / rate * SECOND)
    spec = single_station(ServiceSpec("station", "thread", 1, workers, MEAN, 1.0, "exponential"), rate, until)
    waiting, mean, tail = [], [], []
    drain = (1.0 - load) * workers / MEAN  # c mu - lambda, per µs
    beyond = 0.5 / drain
    for seed in SEEDS:
        spans = spans_in_order(spec, seed)[before:]
        waits = [span.started - span.arrived for span in spans]
        waiting.append(sum(wait > 0 for wait in waits) / len(waits))
        mean.append(sum(waits) / len(waits))
        tail.append(sum(wait > beyond for wait in waits) / len(waits))
    probability = erlang_c(workers, load * workers)
    assert abs(z_score(waiting, probability)) < 4
    assert abs(z_score(mean, probability / drain)) < 4
    if probability > 0.05:
        assert abs(z_score(tail, probability * exp(-drain * beyond))) < 4
