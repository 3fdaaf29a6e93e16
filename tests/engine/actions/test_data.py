"""Actions on data: failover, caches, queues, backups, what was lost."""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from tests.engine.actions.conftest import CACHE

POISON = {"kind": "poison-message", "at": "5s", "lasts": "60s", "service": "jobs", "share": "20%"}


def broker(rig):
    return rig.world.traffic.services["jobs"].broker


def test_writes_fail_during_a_failover_and_the_replica_serves_after_it(plant, cost_of):
    rig = plant()
    rig.run_to(20)
    assert cost_of(rig, "failover db db-copy") == "writes fail for 1m; the replica is 2s behind, which may be lost"
    assert rig.do("failover db-copy db") == "db is no replica now: there is nothing to promote"
    rig.do("failover db db-copy")
    rig.run_to(60)
    assert rig.value("read", "success", 20) == 0.0
    rig.run_to(100)
    assert rig.value("read", "success", 10) == 1.0
    assert rig.value("db-copy", "rate", 10) > 40
    assert rig.log[-1][1].endswith("db-copy is the primary now; no write is lost")


def test_what_a_replica_has_not_taken_in_is_lost_and_said(plant):
    rig = plant()
    rig.world.book.put("a slow line", (Effect.model_validate({"service": "db-copy", "lag": "2m"}),))
    rig.run_to(60)
    rig.do("failover db db-copy")
    rig.run_to(125)
    assert "writes are lost" in rig.log[-1][1]
    assert rig.world.traffic.services["db-copy"].lost_writes > 1000


def test_a_cancelled_failover_leaves_everything_as_it_was(plant):
    rig = plant()
    rig.do("failover db db-copy")
    rig.run_to(10)
    rig.do("cancel X1")
    rig.run_to(30)
    assert rig.value("read", "success", 10) == 1.0
    assert rig.value("db", "rate", 10) > 40


def test_a_flushed_cache_sends_all_keys_to_the_database_again(plant, cost_of):
    rig = plant(cache=CACHE)
    rig.run_to(10)
    assert rig.value("db", "rate", 10) == 0.0
    assert cost_of(rig, "cache memory flush") == "all that it kept is asked for again, along api>db"
    assert rig.do("cache api flush") == "api holds no cache"
    rig.do("cache memory flush")
    rig.run_to(60)
    assert rig.world.traffic.services["db"].arrived == 100  # each key once


def test_a_paused_queue_keeps_what_comes_until_it_is_resumed(plant):
    rig = plant()
    assert rig.do("queue jobs resume") == "jobs is not paused"
    rig.do("queue jobs pause")
    rig.run_to(60)
    assert 2000 < broker(rig).backlog < 3000
    assert rig.do("queue jobs pause") == "jobs is paused already"
    rig.do("queue jobs resume")
    rig.run_to(150)
    assert broker(rig).backlog < 5
    assert broker(rig).purged == 0


def test_purging_says_what_it_loses_and_loses_it(plant, cost_of):
    rig = plant()
    assert rig.do("queue jobs purge") == "nothing waits in jobs"
    rig.do("queue jobs pause")
    rig.run_to(60)
    waiting = broker(rig).backlog
    assert cost_of(rig, "queue jobs purge") == f"unsafe: loses the {waiting:,} messages that wait now, for good"
    assert rig.do("queue jobs purge").startswith("unsafe: loses the")
    rig.do("queue jobs purge --force")
    rig.run_to(71)
    assert broker(rig).purged > waiting
    assert rig.log[-1][1].endswith("messages of jobs are lost")


def test_a_quarantine_sets_aside_what_fails_once_and_requeue_brings_it_back(plant):
    rig = plant(POISON)
    rig.run_to(20)
    tries_before = broker(rig).redelivered
    rig.do("queue jobs quarantine")
    rig.run_to(40)
    tries = broker(rig).redelivered
    rig.run_to(64)
    assert tries_before > 0
    assert broker(rig).redelivered == tries  # nothing comes back any more
    dead = broker(rig).dead
    assert dead > 100
    rig.run_to(70)
    rig.do("queue jobs requeue")
    rig.run_to(90)
    assert "messages of jobs are tried again" in rig.log[-1][1]
    assert broker(rig).consumers[0].receives == 3


def test_what_is_no_queue_cannot_be_paused(plant):
    assert plant().do("queue api pause") == "api is no queue that consumers take from"


def test_a_restore_takes_the_service_down_and_makes_room_and_loses_what_was_written(plant, cost_of):
    full = {"kind": "disk-full", "at": "5s", "service": "db", "fills_in": "10s", "lasts": "20s"}
    rig = plant(full, actions=[{"verb": "restore", "takes": "40s"}])
    rig.run_to(30)
    assert rig.value("read", "success", 5) == 0.0
    unsafe = "unsafe: what db took in since the backup is gone"
    assert cost_of(rig, "restore db") == f"no db at all for 40s; {unsafe}"
    assert rig.do("restore db") == f"{unsafe}; --force does it anyway"
    rig.do("restore db --force")
    assert rig.do("cancel X1") == "X1 cannot be cancelled: half of its data is no data"
    rig.run_to(60)
    assert rig.value("db", "saturation", 5) == 0.0
    rig.run_to(90)
    assert rig.value("read", "success", 5) == 1.0
    assert "with room on its disk" in rig.log[-1][1]
    assert rig.world.traffic.services["db"].lost_writes > 100


def test_a_backfill_sends_again_what_was_lost_as_load_that_does_not_count(plant, cost_of):
    rig = plant({"kind": "errors", "at": "1s", "lasts": "60s", "service": "worker", "share": "100%"})
    assert rig.do("backfill worker") == "worker has lost nothing"
    rig.run_to(60)
    lost = sum(rig.world.traffic.services["worker"].outcomes[1:])
    assert cost_of(rig, "backfill worker") == f"about {lost / 300:,.1f} requests a second more on worker while it runs"
    before = rig.value("read", "rate", 20)
    rig.do("backfill worker")
    rig.run_to(200)
    assert rig.value("worker", "rate", 60) > rig.value("jobs", "rate", 60) + 0.7 * lost / 300
    assert abs(rig.value("read", "rate", 60) - before) < 5
    rig.run_to(365)
    assert rig.log[-1][1].endswith("requests of worker done again")


def test_a_probe_tells_what_came_back_and_touches_no_figure_of_the_entry(plant, cost_of):
    rig = plant({"kind": "errors", "at": "5s", "service": "db", "share": "100%"})
    plain = plant({"kind": "errors", "at": "5s", "service": "db", "share": "100%"})
    rig.run_to(30)
    assert cost_of(rig, "probe read") == "2 requests a second more, for a moment"
    for text in ("probe read", "probe maps"):
        rig.do(text)
    rig.run_to(60)
    plain.run_to(60)
    assert "probe read: read: 0 of" in rig.log[-2][1]
    assert "ok, median" in rig.log[-1][1]
    assert rig.world.traffic.entries["read"].arrived == plain.world.traffic.entries["read"].arrived
