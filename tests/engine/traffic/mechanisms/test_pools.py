"""Connection pools: who waits, who gets a connection, and what a leak does."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Pool
from gameday.engine.traffic.codes import CANCELLED, OK, POOL, TIMEOUT
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service


def pooled(at, size=1, wait=None, work=30, caller=None, **rest):
    a = caller or service("a", workers=99, service_time=MS)
    return scripted(
        [a, service("b", workers=99, service_time=work * MS)],
        [edge("a", "b", pool=Pool(size=size, wait=wait), **{"timeout": 100 * MS, **rest})],
        at,
        timeout=500 * MS,
    )


def starts(log, of="b"):
    return [time for time, what in log if what.startswith(of) and what.endswith("starts")]


def test_attempts_wait_their_turn_for_a_connection():
    traffic = pooled([0, 5, 10])
    traffic.advance(20 * MS)
    pool = traffic.edges["a-b"].pool
    assert (pool.in_use, pool.size, pool.waiting) == (1, 1, 2)
    assert starts(log_of(traffic)) == [1, 31, 61]
    assert (pool.in_use, pool.waiting) == (0, 0)


def test_every_replica_of_the_caller_brings_its_own_connections():
    traffic = pooled([0, 1, 2, 3, 4], size=2, caller=service("a", workers=99, service_time=MS, replicas=2))
    assert traffic.edges["a-b"].pool.size == 4
    assert starts(log_of(traffic)) == [1, 2, 3, 4, 31]


def test_who_has_waited_as_long_as_allowed_fails_without_having_been_sent():
    traffic = pooled([0, 5, 10], wait="10ms")
    log = log_of(traffic)
    assert [one for one in log if "pool" in one[1]] == [(16, "b pool"), (21, "b pool")]
    edge_of = traffic.edges["a-b"]
    assert (edge_of.outcomes[OK], edge_of.outcomes[POOL], edge_of.unsent) == (1, 2, 2)
    assert traffic.services["b"].arrived == 1


def test_without_a_time_of_its_own_the_wait_ends_with_the_timeout():
    traffic = pooled([0, 5], work=400)
    assert [one for one in log_of(traffic) if one[1].startswith("b ")] == [
        (1, "b starts"),
        (101, "b given up"),
        (101, "b starts"),
        (106, "b given up"),
        (401, "b ok"),
        (501, "b ok"),
    ]


def test_the_timeout_runs_from_when_a_connection_was_asked_for():
    traffic = pooled([0, 5], work=80)
    log_of(traffic)
    edge_of = traffic.edges["a-b"]
    assert (edge_of.outcomes[OK], edge_of.outcomes[TIMEOUT]) == (1, 1)


def test_the_line_is_passed_by_those_who_no_longer_wait():
    traffic = pooled([0, 5, 10], wait="20ms", work=60)
    pool = traffic.edges["a-b"].pool
    traffic.advance(40 * MS)
    assert (pool.in_use, pool.waiting, traffic.edges["a-b"].outcomes[POOL]) == (1, 0, 2)
    log_of(traffic)
    assert pool.in_use == 0


def test_giving_up_frees_the_connection_while_the_callee_works_on():
    traffic = pooled([0, 100], work=400)
    assert starts(log_of(traffic)) == [1, 101]
    assert traffic.services["b"].late == 2


def test_leaked_connections_are_in_use_for_good():
    traffic = pooled([*range(0, 300, 100), 300, 301], size=2)
    edge_of = traffic.edges["a-b"]
    traffic.advance(250 * MS)
    edge_of.set_pool(2, 1)
    assert (edge_of.pool.in_use, edge_of.pool.size) == (1, 2)
    assert starts(log_of(traffic)) == [1, 101, 201, 301, 331]


def test_a_pool_that_has_leaked_dry_lets_nothing_through_until_it_grows():
    traffic = pooled([0, 10, 20], size=1, timeout=300 * MS)
    edge_of = traffic.edges["a-b"]
    edge_of.set_pool(1, 1)
    traffic.advance(100 * MS)
    assert edge_of.pool.waiting == 3
    edge_of.set_pool(3, 1)
    assert starts(log_of(traffic)) == [100, 100, 130]


def test_a_pool_may_be_put_up_and_taken_down_at_run_time():
    traffic = pooled([], size=1)
    system = [service("a", workers=99, service_time=MS), service("b", workers=99)]
    traffic = scripted(system, [edge("a", "b", timeout=500 * MS)], [0, 1, 10, 11, 12])
    edge_of = traffic.edges["a-b"]
    edge_of.set_pool(0, 3)
    assert edge_of.pool is None
    traffic.advance(5 * MS)
    edge_of.set_pool(1, 0)
    traffic.advance(25 * MS)
    assert (edge_of.pool.in_use, edge_of.pool.waiting) == (1, 1)
    edge_of.set_pool(0, 0)
    assert starts(log_of(traffic)) == [1, 2, 11, 21, 25]


def test_a_visit_that_fails_gives_its_connections_back_and_leaves_the_line():
    system = [service("a", workers=99, service_time=MS), service("b", workers=99, service_time=90 * MS), service("c")]
    edges = [edge("a", "b", calls=2, pool=Pool(size=1), timeout=200 * MS), edge("a", "c")]
    traffic = scripted(system, edges, [0, 5])
    traffic.services["c"].error[0] = 1.0
    traffic.advance(10 * MS)
    pool, edge_of = traffic.edges["a-b"].pool, traffic.edges["a-b"]
    assert (pool.in_use, pool.waiting) == (1, 3)
    log = log_of(traffic)
    assert starts(log) == [1, 11]
    assert (edge_of.outcomes[CANCELLED], edge_of.unsent, edge_of.open_attempts, pool.in_use) == (4, 2, 0, 0)
    assert [one for one in log if one[1] == "b cancelled"] == [(11, "b cancelled"), (21, "b cancelled")]


def test_callers_that_are_killed_hold_no_connections():
    traffic = pooled([0, 5, 50], work=90)
    traffic.advance(10 * MS)
    traffic.kill("a")
    pool = traffic.edges["a-b"].pool
    assert (pool.in_use, pool.waiting) == (0, 0)
    assert starts(log_of(traffic)) == [1, 51]


def test_a_callee_that_refuses_at_once_does_not_grow_the_stack():
    a = service("a", workers=9999, service_time=MS)
    slow = pooled([0] * 3000, size=1, timeout=400 * MS, caller=a)
    slow.services["b"].set_capacity(1, 1)
    slow.services["b"].queue_limit = 0
    slow.services["b"].delay[0] = 20 * MS
    slow.advance(20 * MS)
    slow.services["b"].shed[0] = 1.0
    log_of(slow)
    assert slow.edges["a-b"].outcomes[OK] == 1
    assert slow.edges["a-b"].open_attempts == 0
