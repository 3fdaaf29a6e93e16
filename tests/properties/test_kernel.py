"""Whatever is built of mechanisms and whatever is done to it, the kernel keeps its accounts, its time, its word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import TrafficSpec
from tests.properties.accounts import all_spans, complaints, left_over, spans_and_counters, too_early
from tests.properties.systems import COUNTS, DEMAND_ENDS, LIKELY, MS, SECOND, SEEDS, SIZES, deeds, run, system


@given(SEEDS, SIZES, LIKELY, COUNTS)
def test_accounts_balance_at_every_tenth_of_a_second_and_time_only_goes_on(seed, size, likely, count):
    spec, done = system(seed, size, likely), deeds(seed, count)
    stops = tuple(range(100 * MS, DEMAND_ENDS, 100 * MS))
    traffic = Traffic(spec, 1, trace_share=1.0, trace_limit=None)
    windows: list[int] = []
    traffic.on_window = lambda window: windows.append(window.t)
    pending = list(done)
    for stop in stops:
        while pending and pending[0].at < stop:
            deed = pending.pop(0)
            traffic.advance(deed.at)
            deed.do(traffic)
        traffic.advance(stop)
        assert not traffic.heap or traffic.heap[0][0] >= stop
        assert complaints(traffic) == []
    requeued = any(deed.what == "letters" for deed in done)
    assert spans_and_counters(traffic, requeued=requeued) == []
    assert too_early(traffic) == []
    assert windows == list(range(0, traffic.now - SECOND + 1, SECOND))


@given(SEEDS, SIZES, LIKELY, COUNTS)
def test_when_demand_has_ended_and_all_is_up_again_nothing_is_left_over(seed, size, likely, count):
    traffic = run(system(seed, size, likely), deeds(seed, count), DEMAND_ENDS)
    for service in traffic.services.values():
        service.set_capacity(2, service.spec.workers)
        service.poison = 0.0
        service.error[:] = [0.0] * len(service.error)
        service.scale[:] = [1.0] * len(service.scale)
        service.delay[:] = [0] * len(service.delay)
        service.shed[:] = [0.0] * len(service.shed)
        service.set_limit(0.0)
        service.certificate = service.dns = service.write_errors = 0.0
    for edge in traffic.edges.values():
        edge.set_pool(0, 0)
        edge.set_limit(0.0)
        edge.loss = edge.unauthorized = 0.0
        edge.breaker_mode = 0
        traffic.set_paused(edge, False)
    traffic.advance(traffic.now + 200 * SECOND)
    assert left_over(traffic) == []
    assert complaints(traffic) == []


@given(SEEDS, SIZES, LIKELY, COUNTS, st.lists(st.integers(0, DEMAND_ENDS), max_size=5))
def test_the_same_again_is_the_same_however_often_anybody_looks(seed, size, likely, count, stops):
    spec, done = system(seed, size, likely), deeds(seed, count)
    first, again = run(spec, done, DEMAND_ENDS), run(spec, done, DEMAND_ENDS, stops=tuple(stops))
    assert first.digest_state() == again.digest_state()
    assert [repr(span) for span in all_spans(first)] == [repr(span) for span in all_spans(again)]


@given(SEEDS, SEEDS, st.integers(1, 4), LIKELY, COUNTS)
def test_a_component_that_is_added_and_what_is_done_to_it_changes_nothing_elsewhere(seed, other, size, likely, count):
    left, right = system(seed, size, likely, "left-"), system(other, size, likely, "right-")
    here, there = deeds(other, count, "right-"), deeds(seed, count, "left-")
    both = TrafficSpec((*left.services, *right.services), (*left.edges, *right.edges), (*left.entries, *right.entries))
    alone, beside = run(right, here, DEMAND_ENDS), run(both, [*here, *there], DEMAND_ENDS)
    assert _state_of(alone) == _state_of(beside)


def _state_of(traffic: Traffic) -> list[object]:
    """All that can be seen of the right component."""
    found: list[object] = []
    for name, station in traffic.services.items():
        if name.startswith("right-"):
            found.append((name, station.outcomes, station.busy_area, station.flight_area, station.words()))
    for name, edge in traffic.edges.items():
        if name.startswith("right-"):
            found.append((name, edge.outcomes, edge.sent, edge.retried, edge.words()))
    for name, entry in traffic.entries.items():
        if name.startswith("right-"):
            found.append((name, entry.words()))
    spans = [repr(span) for span in all_spans(traffic) if span.service.startswith("right-")]
    return [*found, sorted(spans)]
