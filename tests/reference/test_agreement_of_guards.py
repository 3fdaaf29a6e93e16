"""The kernel against the reference model where edges have mechanisms: the same history of every single attempt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameday.core.kinds.mechanisms import Breaker, Hedge, Limit, Pool, Throttle
from gameday.core.units import MICRO
from gameday.engine.traffic.codes import OUTCOMES
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import TrafficSpec
from tests.reference.guarding import GuardedTraffic
from tests.reference.shop import MS, SECOND, SHOP, with_budgets
from tests.reference.test_agreement import assert_equal_histories


def with_guards(spec: TrafficSpec) -> TrafficSpec:
    """The shop with mechanisms on every edge. What is 1 ms elsewhere is 1 s here, and 1000/s is 1/s."""
    breaker = Breaker(failures=0.4, calls=15, window="2000s", open_for="200s", trials=3)
    changes = {
        "gateway-web": {"deadline": True, "timeout": 110 * MS, "breaker": breaker, "pool": Pool(size=20, wait="60s")},
        "web-cart": {"deadline": True, "cancels": True, "hedge": Hedge(after="35s", most=0.3)},
        "web-prices": {"cancels": True, "jitter": 0.5},
        "web-advice": {
            "throttle": Throttle(k=1.1, window="3000s"),
            "hedge": Hedge(after="20s"),
            "cancels": True,
            "pool": Pool(size=1, wait="12s"),
        },
        "cart-database": {
            "calls": 0.9,
            "pool": Pool(size=3, wait="20s"),
            "deadline": True,
            "limit": Limit(rate="0.07/s", burst=4),
        },
        "prices-database": {"breaker": breaker, "deadline": True, "cancels": True, "pool": Pool(size=6), "jitter": 0.5},
    }
    return replace(spec, edges=tuple(replace(edge, **changes.get(edge.name, {})) for edge in spec.edges))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("spec", [SHOP, with_budgets(SHOP)], ids=["free retries", "retry budgets"])
def test_they_agree_on_every_attempt_that_is_refused_waits_is_hedged_or_taken_back(spec, seed):
    spec = with_guards(spec)
    kernel = Traffic(spec, seed, trace_share=1.0, trace_limit=None)
    reference = GuardedTraffic(spec, seed, second=MICRO)
    for model, edges in ((kernel, kernel.edges), (reference, reference.dependencies)):
        model.services["cart"].error[1] = 0.1
        model.services["prices"].scale[0] = 1.6
        model.services["web"].delay[1] = 90 * MS
        edges["web-prices"].latency = 2 * MS
        edges["prices-database"].unauthorized = 0.02
        edges["cart-database"].loss = 0.02
        model.advance(12 * SECOND)
    traces = [*kernel.sampler.traces, *kernel.sampler.failed_traces]
    assert len(traces) > 900
    assert_equal_histories(reference, traces)
    for name, edge in kernel.edges.items():
        if edge.sync:
            known = {OUTCOMES[index]: count for index, count in enumerate(edge.outcomes) if count}
            assert known == reference.rules[name].outcomes
    seen = {name for rules in reference.rules.values() for name in rules.outcomes}
    assert seen >= {"broken", "throttled", "limited", "pool", "expired", "cancelled", "unauthorized", "timeout"}
    statuses = {span.status for trace in traces for span in trace.spans}
    assert statuses >= {"expired", "cancelled", "unauthorized"}
