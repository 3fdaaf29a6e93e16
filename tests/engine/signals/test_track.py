"""A history is fine while it is young, coarse when it is old, and never larger than its bound."""

from __future__ import annotations

from array import array

import pytest

from gameday.engine.signals.track import BLOCK, KEPT, LIVE, SHARP, TIDY, Track

HOURS_8 = 8 * 3600


def track_of(seconds, **bounds):
    """One request in the first second, then two, up to five, and again; each takes 1 ms times its place."""
    track = Track(("rate",), ("queue",), **bounds)
    for second in range(seconds):
        count = second % 5 + 1
        latencies = array("I", [1000 * (place + 1) for place in range(count)])
        p50, p95, p99 = (0.001 * (count + 1) / 2, 0.001 * count, 0.001 * count)
        track.add((count, float(second), p50, p95, p99), {"error": 1} if second % 10 == 3 else {}, latencies)
        track.gauge("replicas", 2.0 if second >= 20 else None)
        track.settle()
    return track


def test_any_window_of_the_young_adds_up():
    track = track_of(100)
    cut = track.cut(13, 41)
    assert cut.seconds == 28
    assert cut.count("rate") == sum(second % 5 + 1 for second in range(13, 41))
    assert cut.mean("queue") == pytest.approx(26.5)
    assert cut.causes() == {"error": 3}


def test_a_gauge_that_came_later_is_unknown_before():
    track = track_of(100)
    assert track.cut(0, 20).gauge("replicas") is None
    assert track.cut(10, 30).gauge("replicas") == 2.0
    assert track.cut(10, 30).last("replicas") == 2.0
    assert track.cut(0, 10).last("replicas") is None


def test_quantiles_of_a_window_are_those_of_its_requests_and_not_the_worst_of_its_seconds():
    track = track_of(100)
    # 1..5 ms a second: of fifteen requests in five seconds, the eighth is at 2 ms; the seconds' medians go up to 3 ms.
    assert track.cut(50, 55).quantile("p50") == 0.002
    assert track.cut(53, 98).quantile("p50") == 0.002
    assert track.cut(54, 55).quantile("p99") == 0.005


def test_seconds_that_were_lost_are_left_out():
    track = track_of(100)
    cut = track.cut(10, 20, lost=lambda second: second % 2 == 0)
    assert cut.seconds == 5
    assert cut.count("rate") == sum(second % 5 + 1 for second in range(11, 20, 2))
    assert track.cut(10, 20, lost=lambda _: True) is None


def test_beyond_an_hour_a_window_is_widened_to_whole_tens():
    track = track_of(2 * LIVE)
    young, old = track.cut(LIVE + 1203, LIVE + 1208), track.cut(1203, 1208)
    assert (young.seconds, old.seconds) == (5, BLOCK)
    assert old.count("rate") == 30
    assert old.mean("queue") == pytest.approx(1204.5)
    assert old.quantile("p50") == 0.002
    assert track.row(1203)[0].width == BLOCK


def test_a_window_may_reach_from_the_old_into_the_young():
    track = track_of(LIVE + 2 * TIDY)
    first = track.seconds.first
    assert first > 0
    cut = track.cut(first - 25, first + 25)
    assert cut.seconds == 30 + 25
    assert cut.count("rate") == 3 * 55
    assert cut.quantile("p95") == 0.005


def test_quantiles_of_the_young_do_not_change_when_their_seconds_are_let_go():
    track = track_of(SHARP + 3 * TIDY)
    assert track.cut(100, 200).quantile("p95") == 0.005
    assert track.cut(103, 108).quantile("p50") == 0.002


def test_what_is_forgotten_is_not_known():
    track = track_of(KEPT + 3 * TIDY)
    assert track.cut(10, 20) is None
    assert track.row(10) is None


def test_eight_hours_take_no_more_room_than_four():
    def size(track):
        return (len(track.seconds), len(track.blocks), len(track._sharp), len(track._coarse))

    four = size(track_of(HOURS_8 // 2))
    assert size(track_of(HOURS_8)) == four
    assert four[0] < LIVE + TIDY
    assert four[1] < (KEPT + TIDY) // BLOCK
    assert four[2] <= SHARP + TIDY
