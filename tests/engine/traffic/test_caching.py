"""Caches on edges: hits, misses, what fills them and what empties them, fetches that several calls wait for."""

from __future__ import annotations

from math import sqrt

import pytest

from gameday.core.kinds.mechanisms import Cache, Replicas
from gameday.engine.traffic.codes import DEPENDENCY, OK
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, TrafficSpec
from tests.engine.traffic.scripted import MS, SECOND, edge, log_of, scripted, service

WEB = service("web", "loop", service_time=0, workers=99)
DATABASE = service("database", service_time=20 * MS, workers=99)
REDIS = service("redis", "loop", service_time=0, workers=99)


def cached(arrivals, *, services=(), edges=(), required=True, timeout=SECOND, retries=0, **cache):
    """Calls of `web`, which takes no time, to a database that takes 20 ms."""
    asks = edge("web", "database", stage=1, required=required, timeout=timeout, retries=retries, cache=Cache(**cache))
    return scripted([WEB, DATABASE, *services], [*edges, asks], arrivals)


def counts(traffic):
    one = traffic.edges["web-database"]
    return one.lookups, one.hits, one.sent


def clients(traffic):
    return [one for one in log_of(traffic) if one[1].startswith("client")]


def test_the_first_call_for_a_key_goes_to_the_callee_and_fills_the_cache():
    traffic = cached([0, 10, 31], keys=1, warm=False)
    assert clients(traffic) == [(20, "client: ok"), (30, "client: ok"), (31, "client: ok")]
    assert counts(traffic) == (3, 1, 2)


def test_a_warm_cache_spares_the_callee_everything():
    traffic = cached(range(100), keys=50)
    log_of(traffic)
    assert counts(traffic) == (100, 100, 0)
    assert traffic.entries["all"].outcomes[OK] == 100


def test_a_hit_takes_its_time():
    assert log_of(cached([0], keys=1, takes="3ms")) == [(0, "web starts"), (3, "client: ok"), (3, "web ok")]


def test_what_is_kept_expires():
    traffic = cached([0, 119, 121, 200], keys=1, warm=False, ttl="100ms")
    log_of(traffic)
    assert counts(traffic) == (4, 2, 2)


def test_warm_keys_expire_one_after_another():
    traffic = cached([0], keys=1000, ttl="10s")
    store = traffic.edges["web-database"].cache.store
    for tenths in range(11):
        warm = sum(store.has(key, tenths * SECOND) for key in range(1000))
        assert warm == pytest.approx(1000 - 100 * tenths, abs=3)


def test_an_answer_that_comes_too_late_does_not_fill():
    traffic = cached([0, 100, 200], keys=1, warm=False, timeout=15 * MS, required=False)
    log_of(traffic)
    assert counts(traffic) == (3, 0, 3)


def test_a_failure_does_not_fill():
    traffic = cached([0, 100], keys=1, warm=False, required=False)
    traffic.services["database"].error[0] = 1.0
    log_of(traffic)
    assert counts(traffic) == (2, 0, 2)


def test_flushing_the_edge_or_the_service_that_keeps_empties_it():
    for target in ("web-database", "web"):
        traffic = cached([0, 100], keys=1)
        traffic.advance(50 * MS)
        traffic.flush(target)
        log_of(traffic)
        assert counts(traffic) == (2, 1, 1)


def test_there_is_nothing_to_flush_where_nothing_is_kept():
    with pytest.raises(ValueError, match='no edge with a cache that is called "elsewhere"'):
        cached([0]).flush("elsewhere")


def test_killing_the_service_that_keeps_empties_it():
    traffic = cached([0, 100], services=[REDIS], keys=1, at="redis")
    traffic.advance(50 * MS)
    traffic.kill("redis")
    log_of(traffic)
    assert counts(traffic) == (2, 1, 1)


def test_killing_a_quarter_of_it_loses_a_quarter_of_the_keys():
    traffic = cached([0], services=[REDIS], keys=4000, at="redis")
    traffic.kill("redis", 0.25)
    kept = traffic.edges["web-database"].cache.store.kept
    assert abs(kept - 3000) < 4 * sqrt(4000 * 0.25 * 0.75)


def test_while_the_service_that_keeps_is_down_every_call_is_a_miss_and_fills_nothing():
    traffic = cached([0, 10, 40], services=[REDIS], keys=1, at="redis")
    traffic.services["redis"].set_capacity(0, 1)
    traffic.advance(35 * MS)
    assert counts(traffic) == (2, 0, 2)
    traffic.flush("redis")
    traffic.services["redis"].set_capacity(1, 99)
    log_of(traffic)
    assert counts(traffic) == (3, 0, 3)


def test_a_visit_that_the_cache_did_not_answer_goes_on_as_if_nothing_were_warm():
    ask = edge("web", "redis", required=False, timeout=5 * MS)
    traffic = cached([0, 10], services=[REDIS], edges=[ask], keys=1, at="redis")
    traffic.services["redis"].error[0] = 1.0
    traffic.advance(5 * MS)
    assert counts(traffic) == (1, 0, 1)
    traffic.services["redis"].error[0] = 0.0
    log_of(traffic)
    assert counts(traffic) == (2, 1, 1)


def test_edges_that_keep_at_one_service_what_they_ask_of_one_callee_share_it():
    cache = Cache(keys=1, at="redis", warm=False)
    callers = [EdgeSpec(f"{stage}", "web", "database", stage=stage, cache=cache) for stage in (0, 1)]
    traffic = scripted([WEB, DATABASE, REDIS], callers, [0])
    log_of(traffic)
    assert [(one.lookups, one.hits) for one in traffic.edges.values()] == [(1, 0), (1, 1)]


def test_the_least_recently_used_key_goes_where_there_is_no_room():
    traffic = cached([0], keys=3, capacity=2, warm=False)
    store = traffic.edges["web-database"].cache.store
    store.put(0, 0, None)
    store.put(1, 0, None)
    assert store.has(0, 1)
    store.put(2, 1, None)
    assert [store.has(key, 2) for key in (0, 1, 2)] == [True, False, True]
    assert store.kept == 2
    store.drop(0)
    store.put(1, 2, None)
    assert [store.has(key, 3) for key in (0, 1, 2)] == [False, True, True]


def test_popular_keys_are_asked_for_more_often():
    traffic = cached(range(4000), keys=1000, skew=1.0, capacity=100)
    log_of(traffic)
    _, hits, _ = counts(traffic)
    # The hundred most popular of a thousand keys of popularity 1/rank: H(100)/H(1000) = 0.693 if they stayed.
    assert 0.5 < hits / 4000 < 0.693


def test_the_share_of_hits_with_a_time_to_live_is_that_of_renewal_theory():
    """Poisson calls at rate r a key, each kept for T after a fetch that takes no time: hits are rT / (1 + rT)."""
    database = service("database", "loop", service_time=0, workers=9999)
    spec = TrafficSpec(
        (WEB, database),
        (EdgeSpec("e", "web", "database", cache=Cache(keys=40, ttl="2s", warm=False)),),
        (EntrySpec("all", "web", ((0, 40.0),)),),
    )
    shares = []
    for seed in range(10):
        traffic = Traffic(spec, seed)
        traffic.advance(20 * SECOND)
        before = traffic.edges["e"].hits, traffic.edges["e"].lookups
        traffic.advance(80 * SECOND)
        one = traffic.edges["e"]
        shares.append((one.hits - before[0]) / (one.lookups - before[1]))
    mean = sum(shares) / len(shares)
    error = sqrt(sum((share - mean) ** 2 for share in shares) / 9 / 10)
    assert abs(mean - 2 / 3) < 4 * error


def test_without_coalescing_a_stampede_goes_to_the_callee_and_with_it_one_fetch_does():
    sent = []
    for coalesce in (False, True):
        traffic = cached([0, 1, 2, 3, 4, 30], keys=1, warm=False, coalesce=coalesce)
        log_of(traffic)
        assert traffic.entries["all"].outcomes[OK] == 6
        sent.append(counts(traffic))
    assert sent == [(6, 1, 5), (6, 1, 1)]


def test_who_waits_for_a_fetch_gets_its_outcome_at_the_same_instant():
    traffic = cached([0, 15], keys=1, warm=False, coalesce=True)
    assert clients(traffic) == [(20, "client: ok"), (20, "client: ok")]


def test_who_waits_for_a_fetch_that_fails_for_good_fails_too():
    traffic = cached([0, 15], keys=1, warm=False, coalesce=True, retries=1)
    traffic.services["database"].error[0] = 1.0
    assert clients(traffic) == [(40, "client: dependency"), (40, "client: dependency")]
    assert traffic.edges["web-database"].failed_calls == 2
    assert traffic.services["web"].outcomes[DEPENDENCY] == 2


def test_when_who_fetches_is_gone_the_next_who_waits_fetches():
    """The first visit fails by another required call at 5 ms; its fetch fails at 20 ms, and the second tries itself."""
    helper = service("helper", service_time=5 * MS, workers=9)
    traffic = cached(
        [0, 4], services=[helper], edges=[edge("web", "helper", stage=1)], keys=1, warm=False, coalesce=True
    )
    traffic.services["helper"].error[0] = traffic.services["database"].error[0] = 1.0
    traffic.advance(6 * MS)
    traffic.services["helper"].error[0] = 0.0
    traffic.advance(21 * MS)
    traffic.services["database"].error[0] = 0.0
    log_of(traffic)
    assert traffic.edges["web-database"].cache.fetches == {}
    assert counts(traffic) == (2, 0, 2)
    assert (traffic.entries["all"].outcomes[DEPENDENCY], traffic.entries["all"].outcomes[OK]) == (1, 1)


def test_a_million_keys_need_no_more_than_their_array():
    traffic = cached([0], keys=1_000_000, skew=1.0)
    assert traffic.edges["web-database"].cache.store.kept == 1_000_000
    log_of(traffic)
    assert counts(traffic) == (1, 1, 0)


def test_traces_tell_of_hits_and_of_waiting_for_a_fetch():
    traffic = cached([0, 10, 30], keys=1, warm=False, coalesce=True)
    log_of(traffic)
    notes = [note for trace in traffic.sampler.traces for span in trace.spans for note in span.notes]
    assert [what for _, what in sorted(notes)] == [
        "web-database: waits for a fetch that is under way",
        "web-database: answered from the cache",
    ]


@pytest.mark.parametrize("cancels", [False, True])
def test_nobody_waits_for_ever_however_those_who_fetch_are_lost(cancels):
    """Callers and callees die at random, calls are lost, time out, are taken back and tried again."""
    services = (
        service("web", "loop", service_time=1 * MS, workers=8, variability=1.0, distribution="exponential"),
        service("helper", service_time=5 * MS, workers=9, variability=1.0, distribution="exponential"),
        service("database", service_time=8 * MS, workers=3, queue_limit=15, overflow="drop"),
    )
    kept = Cache(keys=5, coalesce=True, warm=False, ttl="30ms")
    edges = (
        edge("web", "helper", timeout=15 * MS),
        edge("web", "database", calls=2, timeout=40 * MS, retries=2, backoff=3 * MS, cache=kept, cancels=cancels),
    )
    demand = ((0, 250.0), (4 * SECOND, 250.0), (4 * SECOND, 0.0))
    traffic = Traffic(TrafficSpec(services, edges, (EntrySpec("all", "web", demand, 300 * MS),)), 5)
    traffic.edges["web-database"].loss = 0.1
    traffic.services["helper"].error[0] = 0.1
    for step in range(1, 40):
        traffic.advance(step * 100 * MS)
        traffic.kill(("web", "database", "helper")[step % 3], 0.5)
    traffic.advance(10 * SECOND)
    assert [station.in_flight for station in traffic.services.values()] == [0, 0, 0]
    assert traffic.entries["all"].in_flight == 0
    assert traffic.edges["web-database"].cache.fetches == {}
    assert traffic.edges["web-database"].hits > 100


def test_killing_one_of_four_replicas_loses_a_quarter_of_the_keys_too():
    redis = service("redis", "loop", service_time=0, workers=9, replicas=4, per_replica=Replicas())
    traffic = cached([0], services=[redis], keys=4000, at="redis")
    traffic.kill_replicas("redis", (2,))
    assert abs(traffic.edges["web-database"].cache.store.kept - 3000) < 4 * sqrt(4000 * 0.25 * 0.75)
