"""Traces and failures are samples of what really ran, within a bound."""

from __future__ import annotations

import pytest

from gameday.core.kinds.mechanisms import Clients
from gameday.engine.traffic.codes import OUTCOMES
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from tests.engine.traffic.scripted import MS, SECOND, edge, log_of, scripted, service


def test_a_trace_is_the_tree_of_all_attempts_of_a_root():
    system = [service("a"), service("b", workers=2, service_time=30 * MS)]
    traffic = scripted(system, [edge("a", "b", timeout=20 * MS, retries=1, backoff=5 * MS)])
    log_of(traffic)
    (trace,) = traffic.sampler.failed_traces
    root, first, second = trace.spans
    assert (trace.entry, trace.arrived, trace.ended, trace.outcome) == ("all", 0, 55 * MS, "dependency")
    assert (root.parent_id, first.parent_id, second.parent_id) == (None, root.span_id, root.span_id)
    assert [(span.service, span.edge, span.attempt, span.work) for span in trace.spans] == [
        ("a", None, 0, 10 * MS),
        ("b", "a-b", 0, 30 * MS),
        ("b", "a-b", 1, 30 * MS),
    ]


def test_the_share_of_roots_that_is_traced_is_kept_within_its_bound():
    spec = TrafficSpec((ServiceSpec("a", workers=99),), (), (EntrySpec("all", "a", ((0, 500.0),)),))
    traffic = Traffic(spec, 1, trace_share=0.1, trace_limit=300)
    traffic.advance(4 * SECOND)
    assert 140 < len(traffic.sampler.traces) < 260
    traffic.advance(20 * SECOND)
    assert len(traffic.sampler.traces) == 300


def test_tracing_changes_nothing_of_what_happens():
    spec = TrafficSpec((ServiceSpec("a", workers=4),), (), (EntrySpec("all", "a", ((0, 500.0),)),))
    digests = []
    for share in (0.0, 1.0):
        traffic = Traffic(spec, 1, trace_share=share)
        traffic.advance(4 * SECOND)
        digests.append(traffic.digest_state())
    assert digests[0] == digests[1]


def test_failures_are_counted_by_kind_and_second_and_the_first_few_are_kept():
    segments = (SegmentSpec("x", 1.0),)
    at = [0, *range(500, 520), 1500]
    traffic = scripted([service("a", queue_limit=0, service_time=3000 * MS)], at=at, segments=segments)
    traffic.advance(3 * SECOND)
    groups = list(traffic.sampler.failures)
    assert [(group.second, group.service, group.edge, group.cause, group.count) for group in groups] == [
        (0, "a", None, "refused", 20),
        (SECOND, "a", None, "refused", 1),
    ]
    first = groups[0].first
    assert [failure.time for failure in first] == [500 * MS, 501 * MS, 502 * MS]
    assert (first[0].entry, first[0].segment, first[0].waited, first[0].queue) == ("all", "x", 0, 0)
    trace_ids = {trace.trace_id for trace in traffic.sampler.failed_traces}
    assert all(failure.trace_id in trace_ids for failure in first)


def test_a_caller_logs_what_it_saw_of_its_call_and_its_own_failure():
    traffic = scripted([service("a"), service("b", replicas=0)], [edge("a", "b", retries=1, backoff=5 * MS)])
    traffic.advance(SECOND)
    seen = [(group.service, group.edge, group.cause, group.count) for group in traffic.sampler.failures]
    assert seen == [("a", "a-b", "down", 2), ("a", None, "dependency", 1)]
    assert [failure.attempt for failure in traffic.sampler.failures[0].first] == [0, 1]


def test_failures_older_than_the_bound_are_let_go():
    spec = TrafficSpec((ServiceSpec("a", replicas=0),), (), (EntrySpec("all", "a", ((0, 50.0),)),))
    traffic = Traffic(spec, 1, log_seconds=5)
    traffic.services["a"].set_capacity(1, 1)
    traffic.services["a"].error = [1.0]
    traffic.advance(30 * SECOND)
    assert [group.second // SECOND for group in traffic.sampler.failures] == [24, 25, 26, 27, 28, 29]


def test_a_trace_keeps_so_many_spans_and_ends_all_the_same():
    services = [service(name, workers=5000) for name in "abc"]
    traffic = scripted(services, [edge("a", "b", calls=50), edge("b", "c", calls=50)])
    traffic.advance(SECOND)
    (trace,) = traffic.sampler.traces
    assert traffic.edges["b-c"].sent == 2500
    assert len(trace.spans) == 2000
    assert trace.ended is not None


def logged_at(traffic, name, until=3 * SECOND):
    traffic.advance(until)
    counts = {}
    for group in traffic.sampler.failures:
        if group.service == name and group.edge is None:
            counts[group.cause] = counts.get(group.cause, 0) + group.count
    return counts


def test_every_failure_in_line_is_in_the_log_of_the_service_as_often_as_in_its_metrics():
    crowd = range(0, 900, 2)
    caller = service("a", workers=99)
    impatient = scripted([service("b")], at=crowd, clients=Clients(patience="30ms"), timeout=10 * SECOND)
    systems = {
        "timeout": scripted([caller, service("b", skip_expired=True)], [edge("a", "b", timeout=50 * MS)], crowd),
        "expired": scripted([caller, service("b")], [edge("a", "b", timeout=50 * MS, deadline=True)], crowd),
        "cancelled": scripted([caller, service("b")], [edge("a", "b", timeout=50 * MS, cancels=True)], crowd),
        "overdue": scripted([caller, service("b", discipline="codel")], [edge("a", "b", timeout=9 * SECOND)], crowd),
        "abandoned": impatient,
    }
    for cause, traffic in systems.items():
        logged = logged_at(traffic, "b")
        assert logged[cause] > 10, cause
        assert logged[cause] == traffic.services["b"].outcomes[OUTCOMES.index(cause)], cause


def test_what_a_kill_ends_is_in_the_log_of_the_service():
    traffic = scripted([service("a", workers=2)], at=range(7))
    traffic.advance(8 * MS)
    traffic.kill("a")
    assert logged_at(traffic, "a") == {"killed": 7}


@pytest.mark.parametrize("replicas", [0, 1])
def test_a_request_that_a_call_fails_says_which_call_and_how(replicas):
    """At once, while the calls are still being sent out, or later."""
    traffic = scripted([service("a"), service("b", replicas=replicas)], [edge("a", "b")])
    traffic.services["b"].error[0] = 1.0
    traffic.advance(SECOND)
    (failure,) = [one for group in traffic.sampler.failures if group.cause == "dependency" for one in group.first]
    assert failure.failed_call == ("a-b", "error" if replicas else "down")
