"""Actions on data: failover, caches, queues, backups, what was lost."""

from __future__ import annotations

import re

import pytest

from gameday.core.kinds.effects import Effect
from gameday.core.verbs import VERBS
from gameday.engine.looks.mechanisms import of_service
from tests.engine.actions.conftest import CACHE, ENTRIES, SERVICES

POISON = {"kind": "poison-message", "at": "5s", "lasts": "60s", "service": "jobs", "share": "20%"}


def broker(rig):
    return rig.world.traffic.services["jobs"].broker


def test_writes_fail_during_a_failover_and_the_replica_serves_after_it(plant, cost_of):
    rig = plant()
    rig.run_to(20)
    cost = "writes fail for 1m; what db-copy has not taken in by then is lost: it is 2s behind now"
    assert cost_of(rig, "failover db db-copy") == cost
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


def test_a_primary_that_died_has_not_shipped_its_last_writes_and_they_are_lost(plant, cost_of):
    rig = plant({"kind": "crash", "at": "30s", "service": "db"})
    rig.run_to(40)
    assert cost_of(rig, "failover db db-copy").endswith("behind now, and db ships it nothing")
    lag = rig.value("db-copy", "lag")
    rig.do("failover db db-copy")
    rig.run_to(60)
    assert rig.value("db-copy", "lag") == pytest.approx(lag + 20)
    rig.run_to(110)
    lost = rig.world.traffic.services["db-copy"].lost_writes
    assert 80 < lost < 120
    assert rig.log[-1][1].endswith(f"db-copy is the primary now; {lost} writes are lost")
    assert rig.value("read", "success", 5) == 1.0


def test_lost_writes_are_said_as_so_many_as_they_stand_for(plant):
    rig = plant({"kind": "crash", "at": "30s", "service": "db"}, system={"traffic": {"entries": ENTRIES, "scale": 20}})
    rig.run_to(40)
    rig.do("failover db db-copy")
    rig.run_to(110)
    lost = rig.world.traffic.services["db-copy"].lost_writes
    assert rig.log[-1][1].endswith(f"db-copy is the primary now; {lost * 20:,} writes are lost")


def test_who_promotes_a_replica_that_is_down_is_warned_and_must_insist(plant, cost_of):
    rig = plant({"kind": "crash", "at": "10s", "service": "db-copy"})
    rig.run_to(20)
    danger = "unsafe: db-copy serves nobody now: until it does, all reads and writes fail"
    assert cost_of(rig, "failover db db-copy").endswith(f", and db ships it nothing; {danger}")
    assert rig.do("failover db db-copy") == f"{danger}; --force does it anyway"
    rig.do("failover db db-copy --force")
    rig.run_to(90)
    assert "db-copy is the primary now" in rig.log[-1][1]
    assert rig.value("read", "success", 5) == 0.0


def test_a_failover_to_a_replica_that_dies_meanwhile_fails_and_leaves_everything_as_it_was(plant):
    rig = plant({"kind": "crash", "at": "40s", "service": "db-copy"})
    rig.do("failover db db-copy")
    rig.run_to(90)
    assert rig.log[-1][1].endswith("db-copy serves nobody now; --force promotes it all the same")
    assert rig.value("read", "success", 10) == 1.0
    assert rig.value("db", "rate", 10) > 40


def test_a_restored_primary_has_lost_what_was_written_before_it_took_over_too(plant):
    rig = plant(actions=[{"verb": "restore", "takes": "10s"}], system={"traffic": {"entries": ENTRIES, "scale": 20}})
    rig.run_to(60)
    rig.do("failover db db-copy")
    rig.run_to(130)
    assert rig.do("restore db --force").startswith("X2 takes")
    rig.run_to(141)
    assert rig.log[-1][1].endswith("db serves again, from its backup")
    before = rig.world.traffic.services["db-copy"].lost_writes
    rig.do("restore db-copy --force")
    rig.run_to(160)
    lost = rig.world.traffic.services["db-copy"].lost_writes - before
    assert lost == pytest.approx(50 * (60 + 21), rel=0.1)
    assert f"; {lost * 20:,} writes since the backup are gone" in rig.log[-1][1]


def test_one_can_fail_back_once_the_old_primary_has_joined_again(plant):
    replication = {"of": "db", "lag": "2s", "rejoin": "30s"}
    services = SERVICES | {"db-copy": SERVICES["db-copy"] | {"replication": replication}}
    rig = plant(system={"services": services})
    rig.do("failover db db-copy")
    rig.run_to(65)
    out = "db is no replica: it has not joined again since db-copy took its place"
    assert rig.do("failover db-copy db") == out
    assert rig.do("failover db db-copy") == "db-copy is no replica now: there is nothing to promote"
    assert "out of service since db-copy took its place" in of_service(rig.world, "db")
    rig.run_to(91)
    assert rig.world.changes.feed[-1].text == "db has copied everything from db-copy and is its replica now"
    assert "a replica of db-copy" in of_service(rig.world, "db")
    assert "a replica of db" not in of_service(rig.world, "db-copy")
    rig.do("failover db-copy db")
    rig.run_to(170)
    assert "db is the primary now" in rig.log[-1][1]
    assert rig.value("db", "rate", 10) > 40
    rig.run_to(182)
    assert "a replica of db" in of_service(rig.world, "db-copy")


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


def test_messages_and_requests_are_said_in_real_numbers(plant, cost_of):
    rig = plant(system={"traffic": {"scale": 10, "entries": ENTRIES}})
    rig.do("queue jobs pause")
    rig.run_to(60)
    waiting = 10 * broker(rig).backlog
    assert waiting > 20_000
    assert cost_of(rig, "queue jobs purge") == f"unsafe: loses the {waiting:,} messages that wait now, for good"
    rig.do("queue jobs purge --force")
    rig.run_to(71)
    purged = broker(rig).purged
    assert rig.log[-1][1].endswith(f"{10 * purged:,} messages of jobs are lost")
    took = VERBS["backfill"].takes
    assert cost_of(rig, "backfill jobs").startswith(f"about {10 * purged / took:,.1f} requests a second more on jobs")
    rig.do("backfill jobs")
    rig.run_to(72 + took)
    asked = int(rig.log[-1][1].split(" of ")[1].split()[0].replace(",", ""))
    assert abs(asked - 10 * purged) < 0.05 * asked


def test_a_probe_of_an_entry_comes_past_the_limit_that_customers_come_past(plant):
    entries = {"read": {"to": "front", "rate": "60/s", "timeout": "3s", "limit": {"rate": "20/s"}}}
    rig = plant(system={"traffic": {"entries": entries}}, slos={"read": {"good": "99%", "within": "1s"}})
    rig.run_to(20)
    rig.do("probe read")
    rig.run_to(40)
    assert rig.value("read", "success", 15) == pytest.approx(1 / 3, abs=0.05)
    sent, limited = _probed(rig)
    assert 0.4 * sent < limited < 0.9 * sent


def test_a_probe_meets_a_limit_that_is_set_while_it_is_on_its_way(plant):
    rig = plant()
    rig.run_to(20)
    rig.do("probe read")
    rig.world.book.put("a", (Effect.model_validate({"on": "read", "demand_limit": "1/min"}),))
    rig.run_to(60)
    assert _probed(rig)[1] > 0


def _probed(rig):
    """How many requests the probe sent, and how many were beyond a limit."""
    text = next(text for _, text in rig.log if "ok" in text and "probe" in text)
    sent, limited = re.search(r"of (\d+) ok", text), re.search(r"(\d+) limited", text)
    return int(sent[1]), int(limited[1]) if limited else 0
