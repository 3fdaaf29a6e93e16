"""Counts over a window that moves on."""

from __future__ import annotations

from gameday.engine.traffic.mechanisms.rolling import Rolling

SECOND = 1_000_000


def test_what_lies_before_the_window_is_forgotten_by_tenths():
    counts = Rolling(10 * SECOND)
    for second in range(12):
        counts.count(second * SECOND, 1, second % 2)
    assert (counts.total, counts.marked) == (10, 5)
    counts.advance(15 * SECOND)
    assert (counts.total, counts.marked) == (6, 3)


def test_after_a_long_silence_nothing_is_left():
    counts = Rolling(10 * SECOND)
    counts.count(0, 7, 7)
    counts.advance(9_999_999)
    assert counts.total == 7
    counts.advance(10 * SECOND)
    assert (counts.total, counts.marked) == (0, 0)
    counts.count(1000 * SECOND, 2, 1)
    assert (counts.total, counts.marked) == (2, 1)


def test_a_count_can_be_taken_back():
    counts = Rolling(10 * SECOND)
    counts.count(0, 1, 0)
    counts.count(0, -1, 0)
    assert counts.total == 0
