"""Token buckets."""

from __future__ import annotations

from gameday.engine.traffic.mechanisms.limits import TokenBucket, limited

SECOND = 1_000_000


def test_a_bucket_lets_its_burst_through_and_then_its_rate():
    bucket = TokenBucket(10.0, 3, 0)
    assert [bucket.takes(0) for _ in range(5)] == [True, True, True, False, False]
    assert [bucket.takes(n * SECOND // 20) for n in range(1, 7)] == [False, True, False, True, False, True]


def test_without_a_burst_it_holds_a_second_worth():
    bucket = TokenBucket(7.0, None, 0)
    assert sum(bucket.takes(0) for _ in range(20)) == 7
    assert sum(bucket.takes(90 * SECOND) for _ in range(20)) == 7


def test_a_rate_below_one_a_second_still_holds_one():
    bucket = TokenBucket(0.25, None, 0)
    assert bucket.takes(0)
    assert [bucket.takes(n * SECOND) for n in range(1, 9)] == [False, False, False, True] * 2


def test_rounding_never_loses_a_request():
    bucket = TokenBucket(3.0, 1, 0)
    asked = [bucket.takes(n) for n in range(0, 1000 * SECOND, SECOND // 10)]
    # Every fourth tenth of a second is the first at which a third of a second has passed.
    assert sum(asked) == 2500
    assert all(bucket.takes(2000 * SECOND + n * 333_334) for n in range(900))


def test_another_rate_keeps_what_is_in_it():
    bucket = TokenBucket(10.0, None, 0)
    assert sum(bucket.takes(0) for _ in range(6)) == 6
    bucket.set_rate(2.0, 0)
    assert sum(bucket.takes(0) for _ in range(6)) == 2
    bucket.set_rate(100.0, SECOND // 2)
    assert bucket.tokens == 1.0


def test_a_limit_of_nothing_is_no_limit():
    assert limited(None, 0.0, None, 0) is None
    bucket = limited(None, 5.0, None, 0)
    assert bucket is not None
    assert bucket.takes(0)
    assert limited(bucket, 5.0, None, SECOND) is bucket
    assert bucket.tokens == 4.0
    assert limited(bucket, 0.0, None, 0) is None
