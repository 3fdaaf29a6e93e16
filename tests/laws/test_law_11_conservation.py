"""Law 11: nothing is lost or made up. Little's law with its boundary terms, and the accounts of roots, in integers."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.kernel import Traffic
from tests.reference.shop import MS, SECOND, SHOP, with_budgets

WINDOW = 1_000_000
END = 4 * SECOND


@pytest.fixture(scope="module", params=[SHOP, with_budgets(SHOP)], ids=["storm", "budgets"])
def disturbed(request):
    """All at once: overload, errors, shedding, loss, blocked demand, kills, a spike, less capacity and more."""
    windows, balances = [], []
    traffic = Traffic(request.param, 23, trace_share=1.0, trace_limit=None, on_window=windows.append)
    for step in range(1, 41):
        traffic.advance(step * END // 40)
        if step == 5:
            traffic.services["cart"].error = [0.1] * 3
            traffic.services["web"].shed = [0.05] * 3
            traffic.edges["cart-database"].loss = 0.05
            traffic.entries["browse"].block = [0.1, 0.0, 0.0]
        if step == 10:
            traffic.kill("database", 0.5)
            traffic.entries["buy"].add_spike("sale", 2.0)
        if step == 20:
            traffic.services["prices"].set_capacity(0, 2)
        if step == 30:
            traffic.services["prices"].set_capacity(3, 2)
            traffic.kill("web")
        balances.append([(entry.arrived, sum(entry.outcomes), entry.in_flight) for entry in traffic.entries.values()])
    return traffic, windows, balances


def all_spans(sampler):
    traces = [*sampler.traces, *sampler.failed_traces, *sampler.open_traces.values()]
    return [span for trace in traces for span in trace.spans]


def test_in_flight_over_time_is_the_time_that_visits_spent_in_every_window(disturbed):
    traffic, windows, _ = disturbed
    spans_by_service = {name: [] for name in traffic.services}
    for span in all_spans(traffic.sampler):
        if span.arrived is not None and span.status not in {"down", "shed"}:
            spans_by_service[span.service].append((span.arrived, span.ended if span.ended is not None else END))
    assert len(windows) == END // WINDOW
    for name, stays in spans_by_service.items():
        spent = [0] * len(windows)
        for arrived, ended in stays:
            for number in range(arrived // WINDOW, min(ended // WINDOW, len(windows) - 1) + 1):
                spent[number] += min(ended, (number + 1) * WINDOW) - max(arrived, number * WINDOW)
        assert spent == [round(window.services[name].in_flight * WINDOW) for window in windows]


def test_visits_that_arrived_are_those_that_ended_and_those_still_there(disturbed):
    traffic, windows, _ = disturbed
    for name, station in traffic.services.items():
        assert sum(window.services[name].rate for window in windows) == station.arrived
        assert sum(window.services[name].ended for window in windows) == sum(station.outcomes)
        assert station.arrived - sum(station.outcomes) == len(station.visits)
        assert station.busy + len(station.queue) <= len(station.visits) or not station.thread
        for window in windows:
            seen = window.services[name]
            assert sum(seen.causes.values()) == seen.failed <= seen.ended


def test_roots_are_completed_failed_refused_abandoned_blocked_or_in_flight_at_every_moment(disturbed):
    traffic, windows, balances = disturbed
    for moment in balances:
        for arrived, ended, in_flight in moment:
            assert arrived == ended + in_flight
            assert in_flight >= 0
    for name, entry in traffic.entries.items():
        assert sum(window.entries[name].rate for window in windows) == entry.arrived
        assert sum(window.entries[name].judged for window in windows) == entry.judged <= entry.arrived
        assert sum(window.entries[name].bad for window in windows) == entry.bad
    assert traffic.entries["browse"].outcomes[7] > 0


def test_attempts_sent_on_an_edge_have_an_outcome_or_are_still_open(disturbed):
    traffic, windows, _ = disturbed
    for name, edge in traffic.edges.items():
        assert sum(window.edges[name].rate for window in windows) == edge.sent
        assert sum(window.edges[name].ended for window in windows) == sum(edge.outcomes)
        if edge.sync:
            waiting = sum(visit.open for visit in edge.deadlines.visits)
            assert edge.open_attempts == waiting
    assert traffic.now == END > 3000 * MS
