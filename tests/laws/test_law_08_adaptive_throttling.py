"""Law 8: adaptive throttling bounds what a backend rejects (Site Reliability Engineering, 2016, chapter 21)."""

from __future__ import annotations

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Limit, Throttle
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import SECOND
from tests.laws.tables import Line, figures, law

CAPACITY = 100.0
SEEDS = range(4)
CALLERS = {
    f"{times} times capacity, {'K = 2' if throttled else 'not throttled'}": (times, throttled)
    for times in (3, 4)
    for throttled in (False, True)
}


def rejected_for_each_accepted(times: int, throttle: Throttle | None, seed: int) -> float:
    """At the backend, once the caller's window is full of overload."""
    services = (
        ServiceSpec("caller", "loop", workers=1000, service_time=100, queue_limit=10**6),
        ServiceSpec("backend", "thread", 1, 1000, 1000, limit=Limit(rate=f"{CAPACITY:g}/s", burst=10)),
    )
    edge = EdgeSpec("calls", "caller", "backend", timeout=SECOND, throttle=throttle)
    entry = EntrySpec("all", "caller", ((0, times * CAPACITY),), SECOND)
    traffic = Traffic(TrafficSpec(services, (edge,), (entry,)), mix(8, seed), trace_share=0.0)
    backend = traffic.services["backend"]
    traffic.advance(30 * SECOND)
    arrived, good = backend.arrived, backend.outcomes[0]
    traffic.advance(60 * SECOND)
    accepted = backend.outcomes[0] - good
    return (backend.arrived - arrived - accepted) / accepted


def line(callers: str) -> Line:
    """The caller holds back with p = max(0, (requests - 2 accepts) / (requests + 1)): it sends twice what is taken."""
    times, throttled = CALLERS[callers]
    throttle = Throttle(k=2.0, window="20s") if throttled else None
    ratios = [rejected_for_each_accepted(times, throttle, seed) for seed in SEEDS]
    expected = 1.0 if throttled else times - 1.0
    measured = f"{min(ratios):.2f} to {max(ratios):.2f}"
    holds = all(abs(ratio / expected - 1.0) < 0.1 for ratio in ratios)
    return Line((f"{figures(expected)} rejected for each accepted", measured, "10 % either way"), holds)


LAW = law(
    8,
    "a client that throttles itself sends the backend one request too many for each that is taken",
    "Site Reliability Engineering (2016), chapter 21, Handling Overload; K = 2, a window of 20 s; 4 seeds",
    tuple(CALLERS),
    line,
)


@pytest.mark.parametrize("callers", LAW.checked)
def test_a_throttled_client_bounds_what_the_backend_has_to_reject(callers):
    LAW.check(callers)
