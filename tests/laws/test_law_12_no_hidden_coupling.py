"""Law 12: two runs that differ in one decision differ by that decision only, draw by draw."""

from __future__ import annotations

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec

MS = 1_000
SECOND = 1_000 * MS
DECISION = 5 * SECOND
END = 15 * SECOND

SEGMENTS = (SegmentSpec("a", 0.5), SegmentSpec("b", 0.5))

# Two halves that share nothing but the kernel: what happens to the left must not be felt by the right.
HALVES = TrafficSpec(
    tuple(
        ServiceSpec(f"{side} {part}", kind, workers=6, service_time=work * MS, variability=1.5, queue_limit=30)
        for side in ("left", "right")
        for part, kind, work in (("front", "thread", 5), ("middle", "loop", 6), ("back", "thread", 12))
    ),
    tuple(
        EdgeSpec(f"{side} {number}", f"{side} {caller}", f"{side} {callee}", None, stage, calls, "sync", required)
        for side in ("left", "right")
        for number, caller, callee, stage, calls, required in (
            ("one", "front", "middle", 0, 1.5, True),
            ("two", "middle", "back", 0, 1.2, True),
            ("three", "front", "back", 1, 0.4, False),
        )
    ),
    (
        EntrySpec("in left", "left front", ((0, 150.0),), 2 * SECOND, SECOND, SEGMENTS),
        EntrySpec("in right", "right front", ((0, 150.0),), 2 * SECOND, SECOND),
    ),
)


def slower(traffic):
    traffic.services["left back"].scale = [4.0] * 3


def failing(traffic):
    traffic.services["left middle"].error = [0.5, 0.0, 0.0]


def retrying(traffic):
    traffic.edges["left two"].retries = 3
    traffic.edges["left two"].timeout = 30 * MS


def killed(traffic):
    traffic.kill("left front", 0.7)


def more_demand(traffic):
    traffic.entries["in left"].add_spike("sale", 3.0)


def less_demand(traffic):
    traffic.entries["in left"].block = [0.5, 0.5, 0.0]


def more_calls(traffic):
    traffic.edges["left one"].calls = 2.7


DECISIONS = [slower, failing, retrying, killed, more_demand, less_demand, more_calls]


def spans_of(decide):
    traffic = Traffic(HALVES, 99, trace_share=1.0, trace_limit=None)
    traffic.advance(DECISION)
    decide(traffic)
    traffic.advance(END)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces]
    return traffic, {span.span_id: span for trace in traces for span in trace.spans}


@pytest.fixture(scope="module")
def undisturbed():
    return spans_of(lambda traffic: None)


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_decision_changes_nothing_before_it_and_nothing_that_it_does_not_reach(undisturbed, decide):
    _, before = undisturbed
    _, after = spans_of(decide)
    facts = lambda span: (span.sent, span.arrived, span.started, span.work, span.ended, span.gave_up, span.status)  # noqa: E731
    untouched = [span for span in before.values() if span.service.startswith("right") or span.ended < DECISION]
    assert len(untouched) > 5000
    assert all(facts(after[span.span_id]) == facts(span) for span in untouched)
    assert {key: facts(span) for key, span in before.items()} != {key: facts(span) for key, span in after.items()}


@pytest.mark.parametrize("decide", [failing, retrying, killed, more_demand, less_demand, more_calls])
def test_an_attempt_that_happens_in_both_runs_draws_the_same_work_in_both(undisturbed, decide):
    _, before = undisturbed
    _, after = spans_of(decide)
    both = [key for key in before if key in after and before[key].work is not None and after[key].work is not None]
    assert len(both) > 8000
    assert all(before[key].work == after[key].work for key in both)
    # What the decision reached does differ, so the equality above is not that of two equal runs.
    assert any(before[key].started != after[key].started for key in both) or len(before) != len(after)


@pytest.mark.parametrize("decide", DECISIONS)
def test_roots_of_the_base_stream_arrive_at_the_same_instants_in_both_runs(undisturbed, decide):
    before, after = undisturbed[1], spans_of(decide)[1]
    arrivals = {key: span.sent for key, span in before.items() if span.edge is None}
    assert all(span.sent == arrivals[key] for key, span in after.items() if key in arrivals)


def test_another_entry_shifts_nothing_of_those_that_were_there():
    more = TrafficSpec(
        (*HALVES.services, ServiceSpec("third")),
        HALVES.edges,
        (EntrySpec("a third", "third", ((0, 50.0),)), *HALVES.entries),
    )
    runs = []
    for spec in (HALVES, more):
        traffic = Traffic(spec, 5)
        traffic.advance(4 * SECOND)
        runs.append({name: station.outcomes for name, station in traffic.services.items() if name != "third"})
    assert runs[0] == runs[1]
