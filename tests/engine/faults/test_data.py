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


def two_primaries(broken, *faults, rejoin=None, split="43s", **rest):
    """At 20 s `db2` is promoted, and half of the callers go on writing to `db`."""
    replication = {"of": "db"} | ({"rejoin": rejoin} if rejoin else {})
    fault = {"kind": "failover", "at": "20s", "service": "db2"} | ({"split_brain": split} if split else {})
    services = {"db2": STAND_BY["db2"] | {"replication": replication}}
    return broken(fault, *faults, services=services, edges={"api>db": {"writes": True}}, **rest)


def feed_of(rig):
    return [(change.at / 1_000_000, change.text) for change in rig.world.changes.feed]


def test_two_primaries_lose_the_writes_of_one_side(broken):
    rig = two_primaries(broken)
    db, db2 = (rig.world.traffic.services[name] for name in ("db", "db2"))
    rig.run_to(20.5)
    before, done = db2.lost_writes, db.outcomes[0]
    rig.run_to(62.9)
    taken = db.outcomes[0] - done
    assert db2.lost_writes == before
    assert taken == pytest.approx(0.5 * 42.4 * 50, rel=0.1)
    rig.run_to(64)
    lost = db2.lost_writes - before
    assert taken <= lost <= taken + 60
    assert feed_of(rig)[-1] == (63.0, f"the old primary stopped taking writes; {lost:,} that it took are lost")


def test_the_signals_show_what_each_of_two_primaries_is_asked_for(broken):
    slow = {"kind": "latency", "at": "20s", "lasts": "40s", "service": "db", "factor": 4}
    rig = two_primaries(broken, slow)
    rig.run_to(60)
    for database in ("db", "db2"):
        assert rig.value(database, "rate", 30) == pytest.approx(25, rel=0.2)
    assert rig.value("db", "mean", 30) > 2 * rig.value("db2", "mean", 30)
    rig.run_to(90)
    assert (rig.value("db", "rate", 10), rig.value("db2", "rate", 10)) == (0.0, pytest.approx(50, rel=0.2))


def test_an_old_primary_becomes_a_replica_so_long_after_the_split_and_the_fault_can_go_back(broken):
    back = {"kind": "failover", "at": "80s", "service": "db"}
    rig = two_primaries(broken, back, rejoin="20s", split="10s")
    rig.run_to(79)
    services = rig.world.traffic.services
    assert feed_of(rig)[-1] == (50.0, "db has copied everything from db2 and is its replica now")
    assert services["db"].replica_of.primary is services["db2"]
    assert services["db"].replica_of.applied == pytest.approx(29 * 50, rel=0.1)
    rig.run_to(99)
    assert feed_of(rig)[-1][1].startswith("db promoted; ")
    assert rig.value("db", "goodput", 10) == pytest.approx(50, rel=0.2)
    rig.run_to(101)
    assert services["db2"].replica_of.primary is services["db"]


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
