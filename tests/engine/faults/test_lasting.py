from __future__ import annotations

import pytest


def test_one_bad_replica_of_two_hurts_half_of_the_requests(broken):
    rig = broken(
        {"kind": "errors", "at": "10s", "service": "api", "share": "100%", "reach": "50%"},
        services={"api": {"per_replica": {}}},
    )
    rig.run_to(70)
    assert rig.value("api", "errors", 50) == pytest.approx(0.5, abs=0.07)


def test_a_zone_can_be_slow_alone(broken):
    rig = broken(
        {"kind": "latency", "at": "10s", "service": "api", "add": "100ms", "zone": "b"},
        services={"api": {"per_replica": {}, "zones": ["a", "b"]}},
        zones=["a", "b"],
    )
    rig.run_to(40)
    assert rig.value("api", "p50", 20) < 0.12 < rig.value("api", "p95", 20)
    assert rig.value("read", "success", 20) == 1.0


def test_an_attack_is_a_spike_of_traffic_that_is_not_demand(broken):
    entries = {
        "read": {"to": "front", "rate": "40/s", "timeout": "3s"},
        "write": {"to": "front", "rate": "10/s", "timeout": "3s"},
        "crawl": {"to": "front", "rate": "1/s", "timeout": "3s", "counts": False},
    }
    rig = broken({"kind": "attack", "at": "10s", "entry": "crawl", "factor": 600}, traffic={"entries": entries})
    rig.run_to(40)
    assert rig.value("crawl", "rate") == pytest.approx(600, rel=0.2)
    assert rig.value("read", "success", 20) < 1.0


@pytest.mark.parametrize(
    "apart",
    [{"groups": [["db"], ["db2", "db3"]]}, {"zones": ["a", "b"]}, {"zones": ["b", "a"], "ramp": "20s"}],
    ids=["groups", "zones", "a ramp"],
)
def test_a_partition_stops_replication_between_its_sides_until_it_is_over(broken, apart):
    copy = {"kind": "database", "service_time": "10ms", "workers": 4, "replication": {"of": "db"}}
    zones = {"db2": copy | {"zones": ["b"]}, "db3": copy | {"zones": ["b"]}, "db": {"zones": ["a"]}}
    rig = broken(
        {"kind": "partition", "at": "10s", "lasts": "40s", **apart},
        services=zones,
        edges={"api>db": {"writes": True}},
        zones=["a", "b"],
    )
    rig.run_to(49)
    grown = 20 if "ramp" in apart else 0
    assert rig.value("db2", "lag", 1) == rig.value("db3", "lag", 1) == pytest.approx(39 - grown, abs=1)
    assert rig.world.traffic.is_cut("db", "db2")
    assert not rig.world.traffic.is_cut("db2", "db3")
    rig.run_to(70)
    assert rig.value("db2", "lag", 1) == 0.2
    assert not rig.world.traffic.is_cut("db", "db2")


def test_a_partition_cuts_every_edge_between_its_groups_and_no_other(broken):
    rig = broken({"kind": "partition", "at": "10s", "lasts": "40s", "groups": [["front", "api"], ["db"]]})
    rig.run_to(30)
    assert rig.world.traffic.edges["front>api"].loss == 0.0
    assert rig.value("db", "rate", 10) == 0.0
    assert rig.value("read", "success", 10) == 0.0
    rig.run_to(70)
    assert rig.value("read", "success") == 1.0


def test_two_zones_apart_lose_the_calls_that_would_cross(broken):
    zones = {"zones": ["a", "b"]}
    rig = broken(
        {"kind": "partition", "at": "10s", "zones": ["a", "b"]},
        services={"front": zones | {"replicas": 2}, "api": zones},
        zones=["a", "b"],
    )
    rig.run_to(70)
    assert rig.value("front>api", "success", 30) == pytest.approx(0.5, abs=0.06)
    assert rig.value("api>db", "success", 30) == 1.0
    assert rig.value("read", "success", 30) == pytest.approx(0.5, abs=0.06)


ZONES = {"front": {"zones": ["a", "b"], "replicas": 2}, "api": {"zones": ["a", "b"]}}
APART = {"kind": "partition", "at": "10s", "zones": ["a", "b"]}


def test_what_two_zones_apart_lose_follows_where_replicas_run(broken):
    rig = broken(APART, services=ZONES, zones=["a", "b"])
    rig.run_to(40)
    rig.do("drain b")
    rig.run_to(100)
    assert rig.value("read", "success", 50) == 1.0
    rig.do("drain b off")
    rig.run_to(200)
    assert rig.value("read", "success", 60) == pytest.approx(0.5, abs=0.06)
    rig.do("drain api --replica 1")  # all of it is in b now: half of the callers are not
    rig.run_to(300)
    assert rig.value("read", "success", 60) == pytest.approx(0.5, abs=0.06)


def test_a_caller_stays_in_its_zone_however_often_it_tries(broken):
    services = {"front": ZONES["front"], "api": {"zones": ["b"], "replicas": 2}}
    rig = broken(APART, services=services, edges={"front>api": {"retries": 3, "timeout": "200ms"}}, zones=["a", "b"])
    rig.run_to(70)
    assert rig.value("read", "success", 50) == pytest.approx(0.5, abs=0.06)


def test_a_partition_of_zones_that_is_over_leaves_nothing_behind(broken):
    rig = broken(APART | {"lasts": "20s", "ramp": "10s"}, services=ZONES, zones=["a", "b"])
    rig.run_to(60)
    assert rig.value("read", "success", 20) == 1.0
    assert rig.world.traffic.edges["front>api"].plain


def test_a_wrong_clock_has_the_tokens_of_its_replicas_turned_away(broken):
    rig = broken({"kind": "clock", "at": "10s", "service": "api", "share": "50%"}, edges={"api>db": {"retries": 0}})
    rig.run_to(70)
    assert rig.world.traffic.edges["front>api"].plain
    assert rig.value("api>db", "errors", 50) == pytest.approx(0.5, abs=0.06)
    assert rig.value("read", "success", 50) == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize("behind", [{}, {"per_replica": {}}], ids=["one queue", "a queue for each replica"])
def test_a_request_stays_at_the_replica_whose_clock_is_wrong_and_a_drained_one_does_no_harm(broken, behind):
    fault = {"kind": "clock", "at": "10s", "service": "api", "share": "50%"}
    rig = broken(fault, services={"api": behind}, edges={"api>db": {"retries": 3}})
    rig.run_to(70)
    assert rig.value("read", "success", 50) == pytest.approx(0.5, abs=0.06)
    rig.do("drain api --replica 1")
    rig.run_to(160)
    assert rig.value("read", "success", 50) == 1.0


def test_a_hot_key_burdens_one_shard(broken):
    shards = {"replicas": 4, "workers": 1, "per_replica": {"balancing": "key", "panic": "0%"}}
    fault = {"kind": "hot-key", "at": "30s", "service": "db", "share": "90%"}
    even, hot = broken(services={"db": shards}), broken(fault, services={"db": shards})
    for rig in (even, hot):
        rig.run_to(90)
    assert hot.value("db", "p95", 30) > 1.5 * even.value("db", "p95", 30)
