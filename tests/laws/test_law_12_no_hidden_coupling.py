"""Law 12: two runs that differ in one decision differ by that decision only, draw by draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.sampling import Span
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import MS, SECOND
from tests.laws.tables import Line, law

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


def nothing(traffic):
    """The run that the others are compared with."""


DECISIONS = {
    "slower": slower,
    "failing": failing,
    "retrying": retrying,
    "killed": killed,
    "more demand": more_demand,
    "less demand": less_demand,
    "more calls": more_calls,
}
KEEPS_WORK = tuple(name for name in DECISIONS if name != "slower")


@cache
def spans_of(decide: Callable[[Traffic], None]) -> dict[int, Span]:
    """Every finished visit, by the key of its draws."""
    traffic = Traffic(HALVES, 99, trace_share=1.0, trace_limit=None)
    traffic.advance(DECISION)
    decide(traffic)
    traffic.advance(END)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces]
    return {span.span_id: span for trace in traces for span in trace.spans}


def facts(span: Span) -> tuple[object, ...]:
    return span.sent, span.arrived, span.started, span.work, span.ended, span.gave_up, span.status


def line(decision: str) -> Line:
    """Visits that ended before the decision or are in the half that it does not reach, and how many of them differ."""
    before, after = spans_of(nothing), spans_of(DECISIONS[decision])
    untouched = [span for span in before.values() if span.service.startswith("right") or span.ended < DECISION]
    off = sum(span.span_id not in after or facts(after[span.span_id]) != facts(span) for span in untouched)
    # What the decision reached does differ, so this is not the equality of two equal runs.
    reached = sum(key not in after or facts(after[key]) != facts(span) for key, span in before.items())
    reached += sum(key not in before for key in after)
    measured = f"{off} differ, and {reached} elsewhere"
    return Line((f"{len(untouched)} visits untouched", measured, "exact, every time and draw"), off == 0 < reached)


LAW = law(
    12,
    "a decision at 5 s in one half of a system changes nothing before it and nothing in the other half",
    "draws are keyed by the request's path; all visits of two runs compared",
    tuple(DECISIONS),
    line,
)


@pytest.mark.parametrize("decision", LAW.checked)
def test_a_decision_changes_nothing_before_it_and_nothing_that_it_does_not_reach(decision):
    LAW.check(decision)


@pytest.mark.parametrize("decision", KEEPS_WORK)
def test_an_attempt_that_happens_in_both_runs_draws_the_same_work_in_both(decision):
    before, after = spans_of(nothing), spans_of(DECISIONS[decision])
    both = [key for key in before if key in after and before[key].work is not None and after[key].work is not None]
    assert len(both) > 8000
    assert all(before[key].work == after[key].work for key in both)
    assert any(before[key].started != after[key].started for key in both) or len(before) != len(after)


@pytest.mark.parametrize("decision", DECISIONS)
def test_roots_of_the_base_stream_arrive_at_the_same_instants_in_both_runs(decision):
    before, after = spans_of(nothing), spans_of(DECISIONS[decision])
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
