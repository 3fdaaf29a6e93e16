"""Law 7: a retry budget as a token bucket (Brooker, 2022-02-28): no storm at high failure, no harm at low failure."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import SECOND
from tests.laws.tables import Line, figures, law

DRAINING = {f"{percent} % fail": percent / 100 for percent in (20, 30, 40, 50, 60)}
TOTAL, FEW = "all fail", "1 % fail"


def failing_at(failure: float, budget: BudgetSpec | None) -> Traffic:
    services = (ServiceSpec("caller", "loop", workers=1000), ServiceSpec("callee", workers=1000))
    edge = EdgeSpec("edge", "caller", "callee", retries=3, backoff=1000, timeout=10 * SECOND, budget=budget)
    entry = EntrySpec("all", "caller", ((0, 200.0),), 100 * SECOND, SECOND)
    traffic = Traffic(TrafficSpec(services, (edge,), (entry,)), 11)
    traffic.services["callee"].error = [failure]
    return traffic


def line(failing: str) -> Line:
    """Retries per success where the bucket drains, retries altogether where nothing or nearly everything succeeds."""
    if failing == TOTAL:
        traffic = failing_at(1.0, BudgetSpec())
        traffic.advance(30 * SECOND)
        retried = traffic.edges["edge"].retried
        return Line(("the 10 retries that were in the bucket", f"{retried} in 30 s", "exact"), retried == 10)
    if failing == FEW:
        with_budget, without = failing_at(0.01, BudgetSpec()), failing_at(0.01, None)
        with_budget.advance(60 * SECOND)
        without.advance(60 * SECOND)
        retried, free = with_budget.edges["edge"].retried, without.edges["edge"].retried
        same = with_budget.entries["all"].outcomes == without.entries["all"].outcomes
        return Line((f"{free} retries, as without a budget", str(retried), "exact"), retried == free > 50 and same)
    return _once_drained(DRAINING[failing])


def _once_drained(failure: float) -> Line:
    traffic = failing_at(failure, BudgetSpec())
    traffic.advance(10 * SECOND)
    edge = traffic.edges["edge"]
    assert edge.budget.tokens < 2.0
    retried, succeeded = edge.retried, edge.outcomes[0]
    traffic.advance(60 * SECOND)
    retried, succeeded = edge.retried - retried, edge.outcomes[0] - succeeded
    # Two tokens may have been in the bucket, and a retry may be on its way, when the count began.
    holds = 0.09 * succeeded <= retried <= 0.1 * succeeded + 3
    measured = f"{figures(retried / succeeded)} ({retried} for {succeeded})"
    return Line(("at most 0.1 retries for each success", measured, "0.09 to 0.1, and 3 retries more"), holds)


LAW = law(
    7,
    "a retry budget bounds the retries for each success",
    'Brooker, "Fixing retries with token buckets and circuit breakers", 2022; 3 retries, 0.1 tokens for each success',
    (*DRAINING, TOTAL, FEW),
    line,
)


@pytest.mark.parametrize("failing", LAW.checked)
def test_a_budget_bounds_retries_at_high_failure_and_changes_nothing_at_low_failure(failing):
    LAW.check(failing)
