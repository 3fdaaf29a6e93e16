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
    edge = rig.world.traffic.edges["front>api"]
    assert edge.loss == 0.5
    assert rig.world.traffic.edges["api>db"].loss == 0.0
    assert rig.value("read", "success", 30) == pytest.approx(0.5, abs=0.06)


def test_a_wrong_clock_has_the_tokens_of_its_replicas_turned_away(broken):
    rig = broken({"kind": "clock", "at": "10s", "service": "api", "share": "50%"}, edges={"api>db": {"retries": 0}})
    rig.run_to(70)
    assert rig.world.traffic.edges["api>db"].unauthorized == 0.5
    assert rig.world.traffic.edges["front>api"].unauthorized == 0.0
    assert rig.value("read", "success", 50) == pytest.approx(0.5, abs=0.06)


def test_a_hot_key_burdens_one_shard(broken):
    shards = {"replicas": 4, "workers": 1, "per_replica": {"balancing": "key", "panic": "0%"}}
    fault = {"kind": "hot-key", "at": "30s", "service": "db", "share": "90%"}
    even, hot = broken(services={"db": shards}), broken(fault, services={"db": shards})
    for rig in (even, hot):
        rig.run_to(90)
    assert hot.value("db", "p95", 30) > 1.5 * even.value("db", "p95", 30)
