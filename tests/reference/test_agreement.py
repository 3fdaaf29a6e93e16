"""The kernel against the reference model: the same draws, so the same history of every single attempt."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.pace import ReplicaRow
from tests.reference.model import ReferenceTraffic
from tests.reference.shop import MS, SECOND, SHOP, with_budgets, with_lines


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


@pytest.mark.parametrize("seed", [3, 4])
def test_they_agree_on_balancing_disciplines_priorities_contention_warm_up_and_unlike_replicas(seed):
    def disturb(model, edges):
        slow = ReplicaRow([2.0] * 3, [0, MS, 0], [0.2] * 3)
        quick = ReplicaRow([0.5, 1.0, 0.5], [0] * 3, [0.0] * 3)
        model.services["mail"].set_rows([slow, quick])
        model.services["web"].set_rows([slow, quick, quick])
        model.services["mail"].restarted([1])
        model.services["advice"].restarted([0])
        model.services["database"].hot_key = 0.2
        edges["web-prices"].latency = 2 * MS

    kernel, reference, traces = histories(with_lines(SHOP), seed, 6 * SECOND, disturb)
    assert_equal_histories(reference, traces)
    spans = [span for trace in traces for span in trace.spans]
    dropped = [span for span in spans if span.status in ("refused", "overdue") and span.ended > span.arrived]
    assert {span.service for span in dropped} >= {"prices", "database", "web"}
    assert {span.status for span in dropped} == {"refused", "overdue"}
    assert {len(station.replica_states()) for station in kernel.services.values()} == {1, 2, 3, 4}
