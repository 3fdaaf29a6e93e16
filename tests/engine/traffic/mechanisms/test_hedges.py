"""Hedging: what is slow is sent once more, and the first answer counts."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Hedge
from gameday.engine.traffic.attempts import HEDGED
from gameday.engine.traffic.codes import CANCELLED, ERROR, OK, TIMEOUT
from gameday.engine.traffic.mechanisms.hedges import Hedging
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service

HEDGE = Hedge(after="20ms", most=0.1)


def hedged(at, slow_until=5, by=100, workers=9, **rest):
    """Work takes 10 ms; what starts before `slow_until` ms takes `by` ms longer."""
    system = [service("a", workers=99, service_time=MS), service("b", workers=workers)]
    traffic = scripted(system, [edge("a", "b", hedge=HEDGE, **{"timeout": 80 * MS, **rest})], at)
    traffic.services["b"].delay[0] = by * MS
    traffic.advance(slow_until * MS)
    traffic.services["b"].delay[0] = 0
    return traffic


def test_a_call_that_takes_long_is_sent_once_more_and_the_first_answer_counts():
    traffic = hedged([0, 50])
    assert log_of(traffic) == [
        (0, "a starts"),
        (1, "b starts"),
        (21, f"b/{HEDGED} starts"),
        (31, "a ok"),
        (31, "b given up"),
        (31, f"b/{HEDGED} ok"),
        (31, "client: ok"),
        (50, "a starts"),
        (51, "b starts"),
        (61, "a ok"),
        (61, "b ok"),
        (61, "client: ok"),
        (111, "b ok"),
    ]
    edge_of = traffic.edges["a-b"]
    assert (edge_of.sent, edge_of.retried, edge_of.hedging.sent) == (3, 0, 1)
    assert (edge_of.outcomes[OK], edge_of.outcomes[CANCELLED]) == (2, 1)


def test_where_the_edge_cancels_the_loser_stops_working():
    log = log_of(hedged([0], cancels=True))
    assert (31, "b cancelled") in log
    assert (111, "b ok") not in log


def test_a_hedge_that_loses_is_taken_back():
    log = log_of(hedged([0], by=15, cancels=True))
    assert log[-4:] == [(26, "b ok"), (26, f"b/{HEDGED} cancelled"), (26, f"b/{HEDGED} given up"), (26, "client: ok")]


def test_the_caller_waits_for_both_no_longer_than_for_one():
    traffic = hedged([0], slow_until=30, timeout=70 * MS, retries=1, backoff=5 * MS)
    log = log_of(traffic)
    assert [one for one in log if "given up" in one[1]] == [(71, "b given up"), (71, f"b/{HEDGED} given up")]
    assert (76, "b/1 starts") in log
    assert log[-3:] == [(86, "client: ok"), (111, "b ok"), (131, f"b/{HEDGED} ok")]
    assert traffic.edges["a-b"].outcomes[TIMEOUT] == 2


def test_a_failure_counts_only_when_the_other_has_failed_too():
    traffic = hedged([0], slow_until=4, retries=1)
    b = traffic.services["b"]
    traffic.advance(25 * MS)
    b.error[0] = 1.0
    traffic.advance(40 * MS)  # the hedge has failed at 31
    assert (traffic.edges["a-b"].outcomes[ERROR], traffic.edges["a-b"].open_attempts) == (1, 1)
    log = log_of(traffic)
    assert (81, "b given up") in log
    assert (81, "b/1 starts") in log
    assert traffic.edges["a-b"].failed_calls == 1


def test_a_visit_that_is_over_is_not_hedged():
    system = [service("a", workers=99, service_time=MS), service("b", workers=9, service_time=90 * MS), service("c")]
    traffic = scripted(system, [edge("a", "b", hedge=HEDGE), edge("a", "c")])
    traffic.services["c"].error[0] = 1.0
    log_of(traffic)
    assert traffic.edges["a-b"].sent == 1


def test_at_most_the_share_of_the_last_hundred_calls_is_hedged():
    hedging = Hedging(Hedge(after="1ms", most=0.1))
    sent = 0
    for _ in range(1000):
        hedging.count_call()
        sent += hedging.allow()
    assert sent == 100
    for _ in range(100):
        hedging.count_call()
    assert [hedging.allow() for _ in range(12)] == [True] * 10 + [False] * 2


def test_a_slow_callee_is_not_sent_twice_the_load():
    traffic = hedged(range(0, 3000, 10), slow_until=60_000)
    edge_of = traffic.edges["a-b"]
    assert edge_of.hedging.sent == 30
    assert edge_of.sent == 330
