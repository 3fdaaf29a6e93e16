"""Law 1: first come, first served with c workers, against Lindley (1952) and Kiefer and Wolfowitz (1955), exactly."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.specs import ServiceSpec
from tests.laws.estimates import SECOND, single_station, spans_in_order


def waits_by_recursion(arrivals: list[int], work: list[int], workers: int) -> list[int]:
    """The workload vector after Kiefer and Wolfowitz; with one worker it is Lindley's recursion."""
    load, waits, before = [0] * workers, [], arrivals[0]
    for arrival, service in zip(arrivals, work, strict=True):
        load = sorted(max(0, one - (arrival - before)) for one in load)
        waits.append(load[0])
        load[0] += service
        before = arrival
    return waits


@pytest.mark.parametrize("kind", ["thread", "loop"])
@pytest.mark.parametrize("distribution, variability", [("exponential", 1.0), ("lognormal", 4.0), ("constant", 0.0)])
@pytest.mark.parametrize("workers, rate", [(1, 85.0), (1, 110.0), (2, 180.0), (5, 470.0), (16, 1500.0)])
def test_every_wait_is_that_of_the_recursion_to_the_microsecond(kind, distribution, variability, workers, rate):
    station = ServiceSpec("station", kind, 1, workers, 10_000, variability, distribution)
    spans = spans_in_order(single_station(station, rate, 8 * SECOND), 5)
    assert len(spans) > 500
    waits = [span.started - span.arrived for span in spans]
    assert waits == waits_by_recursion([span.arrived for span in spans], [span.work for span in spans], workers)
    assert all(span.ended - span.started == span.work for span in spans)
    assert max(waits) > 0
