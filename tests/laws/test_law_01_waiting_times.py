"""Law 1: first come, first served with c workers, against Lindley (1952) and Kiefer and Wolfowitz (1955), exactly."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.specs import ServiceSpec
from tests.laws.estimates import SECOND, single_station, spans_in_order
from tests.laws.tables import Line, law

STATIONS = {
    "1 worker, load 0.85": (1, 85.0),
    "1 worker, load 1.1": (1, 110.0),
    "2 workers, load 0.9": (2, 180.0),
    "5 workers, load 0.94": (5, 470.0),
    "16 workers, load 0.94": (16, 1500.0),
}
WORK = {"exponential": 1.0, "lognormal": 4.0, "constant": 0.0}


def waits_by_recursion(arrivals: list[int], work: list[int], workers: int) -> list[int]:
    """The workload vector after Kiefer and Wolfowitz; with one worker it is Lindley's recursion."""
    load, waits, before = [0] * workers, [], arrivals[0]
    for arrival, service in zip(arrivals, work, strict=True):
        load = sorted(max(0, one - (arrival - before)) for one in load)
        waits.append(load[0])
        load[0] += service
        before = arrival
    return waits


def line(station: str) -> Line:
    """Six systems: threads and event loops, with each distribution of service times."""
    workers, rate = STATIONS[station]
    visits = equal = waiting = 0
    for kind in ("thread", "loop"):
        for distribution, variability in WORK.items():
            service = ServiceSpec("station", kind, 1, workers, 10_000, variability, distribution)
            spans = spans_in_order(single_station(service, rate, 8 * SECOND), 5)
            recursion = waits_by_recursion([span.arrived for span in spans], [span.work for span in spans], workers)
            visits += len(spans)
            waiting += sum(wait > 0 for wait in recursion)
            for span, wait in zip(spans, recursion, strict=True):
                equal += (span.started - span.arrived, span.ended - span.started) == (wait, span.work)
    expected = f"{visits} waits, {waiting} of them above zero"
    return Line((expected, f"{equal} equal", "exact, in microseconds"), equal == visits > 3000 < waiting)


LAW = law(
    1,
    "first come, first served, every wait is that of the recursion",
    "Lindley 1952 (one worker), Kiefer and Wolfowitz 1955 (several), on the same draws",
    tuple(STATIONS),
    line,
)


@pytest.mark.parametrize("station", LAW.checked)
def test_every_wait_is_that_of_the_recursion_to_the_microsecond(station):
    LAW.check(station)


def test_lindleys_recursion_gives_waits_that_are_worked_out_by_hand():
    assert waits_by_recursion([0, 2, 3, 20], [5, 4, 1, 1], 1) == [0, 3, 6, 0]
    assert waits_by_recursion([0, 2, 3, 4], [5, 4, 1, 1], 2) == [0, 0, 2, 2]
