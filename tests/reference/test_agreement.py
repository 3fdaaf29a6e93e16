"""The kernel against the reference model: the same draws, so the same history of every single attempt.

Durations are a thousand times what a scenario would say (the kernel does not care what its unit is), so that two things
that have nothing to do with each other do not happen at the same instant, where their order would be anybody's choice.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from tests.reference.model import ReferenceTraffic

MS = 1_000_000
SECOND = 1000 * MS


def rates(*points: tuple[float, float]) -> tuple[tuple[int, float], ...]:
    return tuple((round(second * SECOND), rate / 1000) for second, rate in points)


SHOP = TrafficSpec(
    services=(
        ServiceSpec("gateway", "loop", 2, 4, 1 * MS, 0.5, in_flight=120),
        ServiceSpec("web", "thread", 2, 8, 4 * MS, 1.0, queue_limit=30),
        ServiceSpec("cart", "thread", 1, 4, 7 * MS, 1.0, "exponential", queue_limit=20, overflow="drop"),
        ServiceSpec("prices", "loop", 1, 2, 5 * MS, 2.0, queue_limit=40),
        ServiceSpec("database", "thread", 1, 2, 9 * MS, 1.0, queue_limit=50, skip_expired=True),
        ServiceSpec("advice", "thread", 1, 1, 13 * MS, 0.0, queue_limit=3),
        ServiceSpec("mail", "loop", 1, 1, 11 * MS, 1.0, queue_limit=100),
    ),
    edges=(
        EdgeSpec("gateway-web", "gateway", "web", timeout=250 * MS, retries=1, backoff=20 * MS, jitter=0.5),
        EdgeSpec("web-cart", "web", "cart", ("buy",), 0, timeout=90 * MS, retries=2, backoff=15 * MS, jitter=1.0),
        EdgeSpec("web-prices", "web", "prices", None, 0, 1.6, timeout=70 * MS, retries=2, backoff=5 * MS),
        EdgeSpec(
            "web-advice", "web", "advice", None, 1, 0.7, required=False, timeout=37 * MS, retries=1, backoff=3 * MS
        ),
        EdgeSpec(
            "cart-database", "cart", "database", None, 0, 1.3, timeout=45 * MS, retries=3, backoff=4 * MS, jitter=0.3
        ),
        EdgeSpec("prices-database", "prices", "database", None, 0, 0.4, timeout=41 * MS, retries=3, backoff=6 * MS),
        EdgeSpec("web-mail", "web", "mail", ("buy",), 2, mode="async"),
    ),
    entries=(
        EntrySpec("browse", "gateway", rates((0, 60), (2, 200), (4, 40)), 600 * MS, 120 * MS),
        EntrySpec(
            "buy", "gateway", rates((0, 40)), 700 * MS, 200 * MS, (SegmentSpec("at", 0.25), SegmentSpec("de", 0.75))
        ),
    ),
)


def with_budgets(spec: TrafficSpec) -> TrafficSpec:
    budget = BudgetSpec(initial=5.0, per_success=0.2)
    return replace(spec, edges=tuple(replace(edge, budget=budget) for edge in spec.edges))


def histories(spec, seed, until, prepare=lambda model, edges: None):
    kernel = Traffic(spec, seed, trace_share=1.0, trace_limit=None)
    reference = ReferenceTraffic(spec, seed)
    prepare(kernel, kernel.edges)
    prepare(reference, reference.dependencies)
    kernel.advance(until)
    reference.advance(until)
    traces = [*kernel.sampler.traces, *kernel.sampler.failed_traces]
    assert len(traces) > 500
    return kernel, reference, traces


def assert_equal_histories(reference, traces):
    for trace in traces:
        assert reference.roots[trace.trace_id] == (trace.ended, trace.outcome)
        for span in trace.spans:
            record = reference.records[span.span_id]
            assert (span.service, span.attempt, span.sent, span.arrived, span.started) == (
                record.service,
                record.attempt,
                record.sent,
                record.arrived,
                record.started,
            )
            assert (span.ended, span.gave_up, span.status) == (record.ended, record.gave_up, record.status)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("spec", [SHOP, with_budgets(SHOP)], ids=["free retries", "retry budgets"])
def test_kernel_and_reference_tell_the_same_history_of_every_attempt(spec, seed):
    kernel, reference, traces = histories(spec, seed, 8 * SECOND)
    assert_equal_histories(reference, traces)
    assert sum(sum(entry.outcomes) for entry in kernel.entries.values()) == len(reference.roots)
    assert any(span.attempt == 3 and span.status == "ok" for trace in traces for span in trace.spans)
    statuses = {span.status for trace in traces for span in trace.spans}
    assert statuses >= {"ok", "refused", "timeout", "dependency"}


def test_they_agree_under_errors_shedding_loss_latency_and_slow_segments():
    def disturb(model, edges):
        model.services["cart"].error[1] = 0.3
        model.services["prices"].shed[0] = 0.2
        model.services["database"].scale[2] = 1.7
        model.services["web"].delay[2] = 3 * MS
        edges["web-prices"].latency = 2 * MS
        edges["cart-database"].loss = 0.1

    _, reference, traces = histories(SHOP, 11, 6 * SECOND, disturb)
    assert_equal_histories(reference, traces)
    statuses = {span.status for trace in traces for span in trace.spans}
    assert statuses >= {"ok", "refused", "timeout", "dependency", "error", "shed", "lost"}


def test_budgets_hold_the_same_number_of_tokens_in_the_end():
    kernel, reference, _ = histories(with_budgets(SHOP), 5, 5 * SECOND)
    tokens = {name: edge.budget.tokens for name, edge in kernel.edges.items()}
    assert tokens == {name: edge.tokens for name, edge in reference.dependencies.items()}
