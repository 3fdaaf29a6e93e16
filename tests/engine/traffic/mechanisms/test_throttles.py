"""Adaptive throttling. How it works at three and four times capacity is law 8."""

from __future__ import annotations

import pytest

from gameday.core.kinds.mechanisms import Throttle
from gameday.engine.traffic.codes import DEPENDENCY, ERROR, OK, REFUSED, THROTTLED
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service

SYSTEM = [service("a", workers=99, service_time=MS), service("b", workers=99, service_time=MS)]
THROTTLE = Throttle(k=2.0, window="10s")


def throttled(at, system=SYSTEM, **rest):
    return scripted(system, [edge("a", "b", throttle=THROTTLE, **rest)], at)


def test_while_everything_is_accepted_nothing_is_held_back():
    traffic = throttled(range(0, 3000, 10))
    log_of(traffic)
    assert traffic.edges["a-b"].outcomes[OK] == 300


def test_the_share_that_it_refuses_is_that_of_the_formula():
    traffic = throttled(range(0, 1000, 100))
    throttle = traffic.edges["a-b"].throttle
    traffic.advance(450 * MS)
    assert (throttle.counts.total, throttle.counts.marked, throttle.refusing) == (5, 5, 0.0)  # each after 2 ms
    throttle.counts.count(450 * MS, 14, 0)
    assert throttle.refusing == pytest.approx((19 - 2 * 5) / 20)


def test_what_it_refuses_counts_as_a_request_but_never_reaches_the_callee():
    system = [SYSTEM[0], service("b", queue_limit=0, service_time=100_000 * MS)]
    traffic = throttled(range(0, 8000, 10), system, timeout=90_000 * MS)
    traffic.advance(8000 * MS)
    edge_of = traffic.edges["a-b"]
    assert edge_of.throttle.counts.total + edge_of.open_attempts == edge_of.sent == 800
    assert edge_of.outcomes[THROTTLED] == edge_of.unsent > 700
    assert edge_of.outcomes[REFUSED] + 1 == traffic.services["b"].arrived == 800 - edge_of.unsent


def test_a_callee_that_fails_at_its_work_has_accepted_it():
    traffic = throttled(range(0, 1000, 10))
    traffic.services["b"].error[0] = 1.0
    log_of(traffic)
    assert traffic.edges["a-b"].outcomes[ERROR] == 100
    assert traffic.services["a"].outcomes[DEPENDENCY] == 100


def test_it_forgets_what_was_before_its_window():
    system = [SYSTEM[0], service("b", replicas=0, workers=99, service_time=MS)]
    traffic = throttled([*range(0, 2000, 10), *range(14_000, 14_500, 10)], system)
    traffic.advance(13_000 * MS)
    assert traffic.edges["a-b"].throttle.refusing > 0.9
    traffic.services["b"].set_capacity(1, 99)
    log_of(traffic)
    assert traffic.edges["a-b"].outcomes[OK] == 50
