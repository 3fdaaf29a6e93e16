from __future__ import annotations

from itertools import pairwise

import pytest

STAND_BY = {"db2": {"kind": "database", "service_time": "10ms", "workers": 4, "replication": {"of": "db"}}}
QUEUE = {
    "jobs": {"kind": "queue", "service_time": "1ms"},
    "worker": {"kind": "worker", "service_time": "20ms", "workers": 4, "start_up": "10s"},
}
QUEUED = [
    {"from": "api", "to": "jobs", "timeout": "1s", "for": ["write"]},
    {"from": "jobs", "to": "worker", "mode": "pull", "timeout": "20s", "consumption": {"receives": 3}},
]


def test_a_flushed_cache_sends_everything_to_the_database_until_it_is_warm_again(broken):
    cache = {"api>db": {"cache": {"keys": 400}}}
    rig = broken({"kind": "cache-flush", "at": "30s", "edge": "api>db"}, edges=cache)
    rig.run_to(29)
    assert rig.value("db", "rate", 10) == 0.0
    rig.run_to(33)
    assert rig.value("db", "rate", 3) > 30
    rig.run_to(90)
    assert rig.value("db", "rate", 10) < 5


def test_a_stalled_consumer_lets_its_queue_grow_and_works_it_off_afterwards(broken):
    stall = {"kind": "queue-stall", "at": "20s", "lasts": "30s", "edge": "jobs>worker"}
    rig = broken(stall, services=QUEUE, more_edges=QUEUED)
    rig.run_to(45)
    broker = rig.world.traffic.services["jobs"].broker
    assert broker.backlog == pytest.approx(250, rel=0.3)
    assert rig.value("worker", "rate", 10) == 0.0
    rig.run_to(80)
    assert broker.backlog < 5


def test_poison_messages_fail_again_and_again_and_end_as_dead_letters(broken):
    poison = {"kind": "poison-message", "at": "10s", "lasts": "20s", "service": "jobs", "share": "20%"}
    rig = broken(poison, services=QUEUE, more_edges=QUEUED)
    rig.run_to(60)
    broker = rig.world.traffic.services["jobs"].broker
    assert broker.dead == pytest.approx(40, rel=0.4)
    assert rig.value("worker", "errors", 45) > 0.05
    assert rig.value("write", "success", 10) == 1.0


def test_a_consumer_that_dies_of_a_message_dies_periodically(broken):
    poison = {"kind": "poison-message", "at": "10s", "service": "jobs", "share": "2%", "crashes": True}
    rig = broken(poison, services=QUEUE, more_edges=QUEUED)
    rig.run_to(120)
    deaths = [change for change in rig.world.changes.feed if "could not process" in change.text]
    assert 3 <= len(deaths) <= 11
    assert min(later.at - earlier.at for earlier, later in pairwise(deaths)) >= 10_000_000


def test_a_failover_that_nobody_asked_for_loses_what_the_replica_had_not_taken_in(broken):
    services = STAND_BY | {"db2": STAND_BY["db2"] | {"replication": {"of": "db", "lag": "2s"}}}
    rig = broken(
        {"kind": "failover", "at": "20s", "service": "db2"}, services=services, edges={"api>db": {"writes": True}}
    )
    rig.run_to(40)
    assert rig.world.traffic.services["db2"].lost_writes == pytest.approx(100, rel=0.3)
    assert rig.value("db2", "goodput", 10) == pytest.approx(50, rel=0.2)
    assert rig.value("db", "rate", 10) == 0.0


def test_two_primaries_lose_the_writes_of_one_side(broken):
    fault = {"kind": "failover", "at": "20s", "service": "db2", "split_brain": "43s"}
    rig = broken(fault, services=STAND_BY, edges={"api>db": {"writes": True}})
    rig.run_to(60)
    before = rig.world.traffic.services["db2"].lost_writes
    rig.run_to(64)
    lost = rig.world.traffic.services["db2"].lost_writes - before
    assert lost == pytest.approx(0.5 * 43 * 50, rel=0.1)


def test_what_somebody_has_promoted_before_is_not_promoted_again(broken):
    rig = broken({"kind": "failover", "at": "20s", "lasts": "5s", "service": "db2"}, services=STAND_BY)
    rig.run_to(10)
    rig.world.traffic.promote("db2")
    rig.run_to(40)
    assert rig.log[-1] == (20.0, "fault failover db2 0 ended at db2")


def test_a_consumer_that_hangs_takes_messages_again_once_it_is_restarted(broken):
    rig = broken({"kind": "queue-stall", "at": "20s", "edge": "jobs>worker"}, services=QUEUE, more_edges=QUEUED)
    rig.run_to(60)
    assert rig.world.traffic.services["jobs"].broker.backlog > 100
    rig.do("restart worker")
    rig.run_to(200)
    assert rig.world.traffic.services["jobs"].broker.backlog < 20
