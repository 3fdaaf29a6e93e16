"""What services have besides requests is read off at the end of each second, and only where they have it."""

from __future__ import annotations

import pytest


def system_of(rig, services, dependencies):
    """The shop with changes to its services and dependencies."""
    system = rig().world.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)["system"]
    for name, changes in services.items():
        system["services"].setdefault(name, {}).update(changes)
    for dependency in system["dependencies"]:
        dependency.update(dependencies.get(dependency["to"], {}))
    return system


def test_a_pool_is_as_full_as_the_fullest_of_the_callers_edges(rig):
    rig = rig(system=system_of(rig, {}, {"db": {"pool": {"size": 1}}}))
    rig.run_to(30)
    uses = [rig.world.signals.value("api", "pool", second) for second in range(1, 31)]
    assert set(uses) <= {0.0, 0.5, 1.0}
    assert rig.value("api", "pool", over=30) == pytest.approx(sum(uses) / 30)
    assert rig.world.signals.reading(30)[0]["api"].pool == uses[-1]
    assert rig.value("db", "pool") is None


def test_cache_hits_are_a_share_of_the_look_ups_of_the_whole_window(rig):
    rig = rig(system=system_of(rig, {}, {"db": {"cache": {"keys": 200, "warm": False, "ttl": "5s"}}}))
    rig.run_to(40)
    edge = rig.world.traffic.edges["api>db"]
    assert rig.value("api", "cache_hits", over=40) == pytest.approx(edge.hits / edge.lookups)
    assert 0.3 < rig.value("api", "cache_hits", over=10) < 1.0
    assert rig.world.signals.reading(1)[0]["api"].cache_hits < 0.3
    assert rig.value("front", "cache_hits") is None


def test_replicas_that_the_balancer_believes_in_are_healthy(rig):
    rig = rig(system=system_of(rig, {"api": {"per_replica": {}}}, {}))
    rig.run_to(10)
    assert rig.value("api", "healthy") == 2.0
    assert rig.world.signals.reading(10)[0]["api"].healthy == 2.0
    assert rig.value("db", "healthy") is None


def test_a_database_replica_tells_how_far_it_is_behind(rig):
    replica = {"kind": "database", "service_time": "10ms", "workers": 4, "replication": {"of": "db", "lag": "700ms"}}
    rig = rig(system=system_of(rig, {"replica": replica}, {}))
    rig.run_to(10)
    assert rig.value("replica", "lag") == pytest.approx(0.7)
    assert rig.value("db", "lag") is None


def test_a_queue_tells_its_backlog_and_the_number_of_replicas_is_that_of_the_end(rig):
    queue = {"kind": "queue", "service_time": "1ms", "workers": 8}
    worker = {"kind": "worker", "service_time": "100ms", "workers": 1}
    system = system_of(rig, {"jobs": queue, "mailer": worker}, {})
    system["dependencies"] += [
        {"from": "api", "to": "jobs", "mode": "async"},
        {"from": "jobs", "to": "mailer", "mode": "pull", "timeout": "30s", "consumption": {}},
    ]
    rig = rig(system=system)
    rig.do("scale api 5")
    rig.run_to(65)
    assert rig.value("jobs", "backlog", over=1) > 100
    assert rig.value("mailer", "backlog") is None
    assert (rig.value("api", "replicas", over=10), rig.world.signals.value("api", "replicas", 59, 10)) == (5.0, 2.0)


def test_a_canary_is_a_share_while_it_is_tried_out(rig):
    rig = rig()
    rig.run_to(5)
    rig.world.changes.deploy(5_000_000, "api", "v2", "bot", share=0.5)
    rig.run_to(10)
    assert rig.value("api", "canary", over=1) == 0.5
    assert rig.value("db", "canary") is None
