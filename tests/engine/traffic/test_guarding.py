"""Limits, deadlines that travel, work that is taken back, credentials that are turned away."""

from __future__ import annotations

import gc
import pickle

import pytest

from gameday.core.kinds.mechanisms import Breaker, Hedge, Limit, Pool, Throttle
from gameday.engine.traffic.codes import CANCELLED, DEPENDENCY, EXPIRED, LIMITED, OK, OUTCOMES, TIMEOUT, UNAUTHORIZED
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service

A = service("a", workers=99, service_time=MS)


def test_a_limit_turns_away_what_is_beyond_it_without_asking_the_callee():
    traffic = scripted([A, service("b")], [edge("a", "b", limit=Limit(rate="10/s", burst=2))], [0, 1, 2, 3, 102])
    log = log_of(traffic)
    assert [one for one in log if "limited" in one[1]] == [(3, "b limited"), (4, "b limited")]
    assert (traffic.edges["a-b"].outcomes[OK], traffic.edges["a-b"].unsent, traffic.services["b"].arrived) == (3, 2, 3)


def test_a_limit_may_be_set_at_run_time_and_taken_away():
    traffic = scripted([A, service("b", workers=99)], [edge("a", "b")], range(0, 3000, 10))
    edge_of = traffic.edges["a-b"]
    traffic.advance(995 * MS)
    edge_of.set_limit(20.0)
    traffic.advance(1995 * MS)
    edge_of.set_limit(0.0)
    log_of(traffic)
    assert (edge_of.outcomes[OK], edge_of.outcomes[LIMITED]) == (300 - 61, 61)  # 20 from the bucket, then 20 a second
    assert edge_of.plain


def test_what_a_service_has_no_time_for_it_does_not_start():
    system = [A, service("b", service_time=60 * MS)]
    traffic = scripted(system, [edge("a", "b", deadline=True, timeout=100 * MS)], [0, 5, 10])
    assert [one for one in log_of(traffic) if one[1].startswith("b")] == [
        (1, "b starts"),
        (61, "b ok"),
        (61, "b starts"),
        (106, "b given up"),
        (111, "b given up"),
        (121, "b expired"),
        (121, "b ok"),
    ]
    assert traffic.services["b"].outcomes[EXPIRED] == 1


def test_a_deadline_travels_along_the_edges_that_pass_it_on():
    system = [A, service("b", workers=9, service_time=30 * MS), service("c", workers=9, service_time=90 * MS)]
    edges = [edge("a", "b", deadline=True, timeout=100 * MS), edge("b", "c", deadline=True, timeout=300 * MS)]
    traffic = scripted(system, edges)
    assert log_of(traffic) == [
        (0, "a starts"),
        (1, "b starts"),
        (31, "c starts"),
        (101, "a dependency"),
        (101, "b dependency"),
        (101, "b given up"),
        (101, "c given up"),
        (101, "client: dependency"),
        (121, "c ok"),
    ]


def test_an_edge_that_does_not_pass_it_on_ends_it():
    system = [A, service("b", workers=9, service_time=30 * MS), service("c", workers=9, service_time=90 * MS)]
    edges = [edge("a", "b", deadline=True, timeout=100 * MS), edge("b", "c", timeout=300 * MS)]
    log = log_of(scripted(system, edges))
    assert (121, "b ok") in log
    assert "c given up" not in [what for _, what in log]


def test_with_nothing_left_nobody_is_asked_any_more():
    system = [A, service("b", workers=9, service_time=130 * MS), service("c", workers=9)]
    edges = [
        edge("a", "b", deadline=True, timeout=100 * MS),
        edge("b", "c", deadline=True, timeout=300 * MS, retries=3),
    ]
    traffic = scripted(system, edges)
    assert log_of(traffic)[-2:] == [(131, "b dependency"), (131, "c expired")]
    edge_of = traffic.edges["b-c"]
    assert (edge_of.sent, edge_of.unsent, edge_of.outcomes[EXPIRED], edge_of.failed_calls) == (1, 1, 1, 1)
    assert traffic.services["c"].arrived == 0


def test_what_arrives_too_late_is_not_started():
    traffic = scripted([A, service("b")], [edge("a", "b", deadline=True, timeout=40 * MS)])
    traffic.edges["a-b"].latency = 50 * MS
    log = log_of(traffic)
    assert (51, "b expired") in log
    assert traffic.edges["a-b"].outcomes[TIMEOUT] == 1
    assert traffic.services["b"].outcomes[EXPIRED] == 1


def test_giving_up_ends_the_work_at_once_and_the_next_in_line_begins():
    system = [A, service("b", service_time=60 * MS)]
    traffic = scripted(system, [edge("a", "b", cancels=True, timeout=40 * MS)], [0, 10])
    assert [one for one in log_of(traffic) if one[1].startswith("b")] == [
        (1, "b starts"),
        (41, "b cancelled"),
        (41, "b given up"),
        (41, "b starts"),
        (51, "b cancelled"),
        (51, "b given up"),
    ]
    assert (traffic.services["b"].busy, traffic.services["b"].outcomes[CANCELLED]) == (0, 2)


def test_who_waits_in_line_leaves_it():
    system = [A, service("b", service_time=300 * MS)]
    traffic = scripted(system, [edge("a", "b", cancels=True, timeout=500 * MS)], [0, 10, 20])
    traffic.advance(5 * MS)
    traffic.edges["a-b"].timeout = 30 * MS
    traffic.advance(45 * MS)
    assert len(traffic.services["b"].queue) == 1
    assert [one for one in log_of(traffic) if one[1].startswith("b")] == [
        (1, "b starts"),
        (41, "b cancelled"),
        (41, "b given up"),
        (51, "b cancelled"),
        (51, "b given up"),
        (301, "b ok"),
    ]
    assert traffic.services["b"].queue_area == 60 * MS


@pytest.mark.parametrize("kind", ["thread", "loop"])
def test_taking_back_goes_down_the_edges_that_cancel(kind):
    system = [A, service("b", kind), service("c", kind, workers=2), service("d", service_time=90 * MS, workers=3)]
    edges = [
        edge("a", "b", cancels=True, timeout=50 * MS),
        edge("b", "c", cancels=True),
        edge("c", "d", cancels=True, calls=2),
        edge("b", "d", name="b-d"),
    ]
    traffic = scripted(system, edges)
    traffic.advance(51 * MS + 1)
    services = traffic.services
    assert [services[name].outcomes[CANCELLED] for name in "abcd"] == [0, 1, 1, 2]
    assert [services[name].in_flight for name in "abcd"] == [0, 0, 0, 1]  # b-d does not cancel: that one goes on
    assert [services[name].busy for name in "abcd"] == [0, 0, 0, 1]
    log_of(traffic)
    assert traffic.edges["b-d"].outcomes[OK] == 1


def test_a_visit_that_fails_takes_back_its_other_calls():
    system = [A, service("b", service_time=90 * MS), service("c")]
    traffic = scripted(system, [edge("a", "b", cancels=True), edge("a", "c")])
    traffic.services["c"].error[0] = 1.0
    assert log_of(traffic) == [
        (0, "a starts"),
        (1, "b starts"),
        (1, "c starts"),
        (11, "a dependency"),
        (11, "b cancelled"),
        (11, "b given up"),
        (11, "c error"),
        (11, "client: dependency"),
    ]


def test_a_visit_that_fails_while_it_sends_takes_back_what_is_out():
    system = [A, service("b", service_time=90 * MS), service("c", replicas=0)]
    traffic = scripted(system, [edge("a", "b", cancels=True), edge("a", "c")])
    log = log_of(traffic)
    assert (1, "b cancelled") in log
    assert traffic.services["b"].busy == 0


def test_callers_that_are_killed_take_their_work_along():
    traffic = scripted([A, service("b", service_time=90 * MS)], [edge("a", "b", cancels=True)])
    traffic.advance(50 * MS)
    traffic.kill("a")
    assert (traffic.services["b"].busy, traffic.edges["a-b"].outcomes[CANCELLED]) == (0, 1)
    assert traffic.edges["a-b"].failed_calls == 0


def test_what_is_taken_back_on_its_way_never_arrives():
    traffic = scripted([A, service("b")], [edge("a", "b", cancels=True, timeout=20 * MS)])
    traffic.edges["a-b"].latency = 30 * MS
    assert (21, "b cancelled") in log_of(traffic)
    assert traffic.services["b"].arrived == 0


def test_turned_away_credentials_are_answered_on_arrival_and_cost_no_worker():
    traffic = scripted([A, service("b")], [edge("a", "b", retries=1)], [0, 100])
    traffic.edges["a-b"].unauthorized = 1.0
    traffic.edges["a-b"].latency = 5 * MS
    traffic.advance(50 * MS)
    traffic.edges["a-b"].unauthorized = 0.0
    log = log_of(traffic)
    assert [one for one in log if "unauthorized" in one[1]] == [(6, "b unauthorized"), (11, "b/1 unauthorized")]
    assert traffic.services["b"].outcomes[UNAUTHORIZED] == traffic.edges["a-b"].outcomes[UNAUTHORIZED] == 2
    assert traffic.services["b"].busy_area == 10 * MS


def test_a_share_of_the_credentials_is_drawn_for_each_attempt():
    traffic = scripted([A, service("b", workers=999)], [edge("a", "b")], range(2000))
    traffic.edges["a-b"].unauthorized = 0.3
    log_of(traffic)
    assert 540 < traffic.edges["a-b"].outcomes[UNAUTHORIZED] < 660
    assert traffic.services["a"].outcomes[DEPENDENCY] == traffic.edges["a-b"].outcomes[UNAUTHORIZED]


def everything(at):
    """A system with all mechanisms of edges at once, at a load that sets off each of them."""
    busy = {"variability": 1.0, "distribution": "lognormal"}
    system = [
        service("a", "loop", workers=9, service_time=MS, **busy),
        service("b", workers=9, service_time=12 * MS, queue_limit=9, **busy),
        service("c", workers=4, service_time=13 * MS, queue_limit=6, **busy),
        service("d", workers=2, service_time=16 * MS, queue_limit=8, **busy),
    ]
    guards = {
        "breaker": Breaker(failures=0.6, calls=20, window="2s", open_for="300ms"),
        "pool": Pool(size=14, wait="40ms"),
    }
    hedged = {"hedge": Hedge(after="30ms", most=0.2), "pool": Pool(size=5), "limit": Limit(rate="300/s", burst=10)}
    edges = [
        edge("a", "b", deadline=True, timeout=90 * MS, retries=2, backoff=9 * MS, jitter=0.5, **guards),
        edge("b", "c", deadline=True, timeout=70 * MS, retries=1, backoff=40 * MS, calls=1.5, **hedged),
        edge("b", "d", timeout=60 * MS, retries=1, throttle=Throttle(k=1.1, window="3s"), required=False),
        edge("c", "d", cancels=True, timeout=50 * MS, retries=1, hedge=Hedge(after="25ms")),
    ]
    traffic = scripted(system, edges, at, timeout=200 * MS)
    for one in traffic.edges.values():
        one.unauthorized = 0.01
        one.loss = 0.01
    traffic.edges["c-d"].latency = 3 * MS
    return traffic


def test_with_all_mechanisms_every_attempt_has_exactly_one_outcome():
    traffic = everything([n * 4 + n * n % 3 for n in range(2000)])
    for time in range(1000, 8000, 900):
        traffic.advance(time * MS)
        traffic.kill("b", 0.7)
    log_of(traffic)
    seen = dict.fromkeys(OUTCOMES, 0)
    for one in traffic.edges.values():
        assert one.open_attempts == 0
        assert not one.waited_for
        assert one.pool is None or (one.pool.in_use, one.pool.waiting) == (0, 0)
        for name, count in zip(OUTCOMES, one.outcomes, strict=True):
            seen[name] += count
    for one in traffic.services.values():
        assert (one.in_flight, one.busy, len(one.queue)) == (0, 0, 0)
    never = {"down", "shed", "error", "blocked", "certificate", "dns", "abandoned", "overdue"}
    assert {name for name, count in seen.items() if not count} == never
    for trace in (*traffic.sampler.traces, *traffic.sampler.failed_traces):
        assert all(span.ended is not None for span in trace.spans)
    assert not traffic.sampler.open_traces


def test_in_full_flight_it_can_be_copied_and_both_go_on_alike():
    traffic = everything(range(0, 4000, 3))
    traffic.advance(1500 * MS)
    copy = pickle.loads(pickle.dumps(traffic))
    for one in (traffic, copy):
        one.advance(3000 * MS)
    assert copy.digest_state() == traffic.digest_state()


def test_mechanisms_leave_no_garbage_for_the_collector():
    traffic = everything(range(0, 2000, 3))
    gc.collect()
    traffic.advance(4000 * MS)
    assert gc.collect() == 0


def test_the_digest_feels_the_state_of_mechanisms_and_only_where_there_are_any():
    plain = scripted([A, service("b")], [edge("a", "b")])
    bound = scripted([A, service("b")], [edge("a", "b", pool=Pool(size=2), breaker=Breaker())])
    assert plain.edges["a-b"].words() == []
    before = bound.digest_state()
    bound.edges["a-b"].pool.leaked = 1
    assert bound.digest_state() != before
