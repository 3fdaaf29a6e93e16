"""Law 7: a retry budget as a token bucket (Brooker, 2022-02-28): no storm at high failure, no harm at low failure."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec

SECOND = 1_000_000


def failing_at(failure: float, budget: BudgetSpec | None) -> Traffic:
    services = (ServiceSpec("caller", "loop", workers=1000), ServiceSpec("callee", workers=1000))
    edge = EdgeSpec("edge", "caller", "callee", retries=3, backoff=1000, timeout=10 * SECOND, budget=budget)
    entry = EntrySpec("all", "caller", ((0, 200.0),), 100 * SECOND, SECOND)
    traffic = Traffic(TrafficSpec(services, (edge,), (entry,)), 11)
    traffic.services["callee"].error = [failure]
    return traffic


@pytest.mark.parametrize("failure", [0.2, 0.3, 0.4, 0.5, 0.6])
def test_once_the_bucket_has_drained_retries_are_at_most_a_tenth_of_the_successes(failure):
    traffic = failing_at(failure, BudgetSpec())
    traffic.advance(10 * SECOND)
    edge = traffic.edges["edge"]
    retried, succeeded = edge.retried, edge.outcomes[0]
    assert edge.budget.tokens < 2.0
    traffic.advance(60 * SECOND)
    # Two tokens may have been in the bucket, and a retry may be on its way, when the count began.
    assert edge.retried - retried <= 0.1 * (edge.outcomes[0] - succeeded) + 3
    assert edge.retried - retried >= 0.09 * (edge.outcomes[0] - succeeded)


def test_at_total_failure_there_are_no_retries_beyond_the_ten_that_were_in_the_bucket():
    traffic = failing_at(1.0, BudgetSpec())
    traffic.advance(30 * SECOND)
    assert traffic.edges["edge"].retried == 10


def test_at_one_percent_failure_the_budget_makes_no_difference():
    with_budget, without = failing_at(0.01, BudgetSpec()), failing_at(0.01, None)
    with_budget.advance(60 * SECOND)
    without.advance(60 * SECOND)
    assert without.edges["edge"].retried > 50
    assert with_budget.edges["edge"].retried == without.edges["edge"].retried
    assert with_budget.entries["all"].outcomes == without.entries["all"].outcomes
