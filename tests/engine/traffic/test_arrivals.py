"""Streams of arrivals follow their shape, and no stream feels another."""

from __future__ import annotations

from itertools import pairwise
from math import log

import pytest

from gameday.core.draws import mix, uniform
from gameday.engine.traffic.arrivals import Stream
from gameday.engine.traffic.codes import GAP
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EntrySpec, ServiceSpec, TrafficSpec
from tests.engine.traffic.scripted import SECOND

RAMP = (
    (2 * SECOND, 40.0),
    (6 * SECOND, 200.0),
    (6 * SECOND, 20.0),
    (9 * SECOND, 0.0),
    (12 * SECOND, 0.0),
    (20 * SECOND, 90.0),
)


def times_of(shape, until, *, key=7, factor=1.0, start=0):
    stream, times = Stream(None, key, shape, factor, start), []
    while (time := stream.next_time()) is not None and time < until:
        times.append(time)
        stream.number += 1
    return times


def rate_at(shape, time):
    if time <= shape[0][0]:
        return shape[0][1]
    for (before, low), (after, high) in pairwise(shape):
        if before <= time < after:
            return low + (high - low) * (time - before) / (after - before)
    return shape[-1][1]


@pytest.mark.parametrize("start", [0, 3 * SECOND, 10 * SECOND])
def test_the_intensity_between_start_and_arrival_n_is_the_sum_of_its_gaps(start):
    times = times_of(RAMP, 30 * SECOND, start=start)
    assert len(times) > 800
    gone, reached, step = 0.0, start, 500
    gaps = 0.0
    for number, time in enumerate(times):
        gaps += -log(1.0 - uniform(mix(mix(7, number), GAP)))
        while reached < time:  # the trapezium rule, exact on each straight piece
            following = min(time, reached + step - reached % step)
            middle = (reached + following) / 2
            gone += rate_at(RAMP, middle) * (following - reached) / SECOND
            reached = following
        assert gone == pytest.approx(gaps, abs=2e-4)


def test_the_rate_is_constant_before_the_first_point_and_after_the_last():
    times = times_of(RAMP, 400 * SECOND)
    assert 50 < sum(time < 2 * SECOND for time in times) < 110
    assert sum(time >= 300 * SECOND for time in times) == pytest.approx(9000, rel=0.05)


def test_a_rate_that_stays_zero_brings_no_more_arrivals():
    assert times_of(((0, 0.0),), SECOND) == []
    assert max(times_of(((0, 50.0), (SECOND, 50.0), (SECOND, 0.0)), 10**12)) < SECOND


def system(rate=100.0):
    return Traffic(
        TrafficSpec((ServiceSpec("a", workers=999),), (), (EntrySpec("all", "a", ((0, rate),)),)),
        3,
        trace_share=1.0,
        trace_limit=None,
    )


def arrivals_of(traffic, until):
    traffic.advance(until)
    return sorted(trace.arrived for trace in traffic.sampler.traces)


def test_a_spike_adds_arrivals_from_when_it_comes_until_it_goes_and_moves_none():
    base = arrivals_of(system(), 20 * SECOND)
    traffic = system()
    traffic.advance(5 * SECOND)
    traffic.entries["all"].add_spike("sale", 4.0)
    traffic.advance(10 * SECOND)
    traffic.entries["all"].remove_spike("sale")
    more = arrivals_of(traffic, 20 * SECOND)
    added = sorted(set(more) - set(base))
    assert set(base) - set(more) <= set(base[-5:])  # some of the last are still in flight in one of the runs
    assert added[0] >= 5 * SECOND and added[-1] < 10 * SECOND
    assert 1350 < len(added) < 1650


def test_a_spike_that_comes_again_brings_new_requests():
    traffic = system(1.0)
    keys = []
    for start in (0, 10, 20):
        traffic.advance(start * SECOND)
        traffic.entries["all"].add_spike("sale", 100.0)
        traffic.advance((start + 5) * SECOND)
        traffic.entries["all"].remove_spike("sale")
    traffic.advance(30 * SECOND)
    keys = [trace.trace_id for trace in traffic.sampler.traces]
    assert len(keys) > 1300
    assert len(set(keys)) == len(keys)


def test_two_spikes_add_up_and_one_source_cannot_add_two():
    traffic = system()
    entry = traffic.entries["all"]
    entry.add_spike("one", 2.0)
    entry.add_spike("two", 3.0)
    traffic.advance(10 * SECOND)
    assert 3700 < entry.arrived < 4300
    with pytest.raises(ValueError, match='spike from "one" already'):
        entry.add_spike("one", 2.0)
    with pytest.raises(ValueError, match=r"factor\(=0.5\)"):
        entry.add_spike("three", 0.5)
    entry.remove_spike("never added")


def test_a_recorded_series_of_many_points_is_followed():
    shape = tuple((second * SECOND, 10.0 + 10.0 * (second % 3)) for second in range(20_000))
    entry = EntrySpec("all", "a", shape)
    traffic = Traffic(TrafficSpec((ServiceSpec("a", service_time=0, workers=999),), (), (entry,)), 3)
    traffic.advance(300 * SECOND)
    # Straight lines between 10, 20 and 30 a second: 20 a second on average.
    assert abs(traffic.entries["all"].arrived - 6000) < 4 * 6000**0.5
    traffic.entries["all"].add_spike("late", 2.0)
    traffic.advance(600 * SECOND)
    assert abs(traffic.entries["all"].arrived - 18_000) < 4 * 18_000**0.5
