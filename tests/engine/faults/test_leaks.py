from __future__ import annotations

import pytest

POOL = {"kind": "pool-leak", "at": "10s", "edge": "api>db", "leaks": "30/min"}
MEMORY = {"kind": "memory-leak", "at": "10s", "service": "api"}
DISK = {"kind": "disk-full", "at": "10s", "service": "db", "fills_in": "40s"}
WRITES = {"api>db": {"writes": True, "retries": 0}}


def test_a_leaking_pool_leaves_fewer_and_fewer_connections_until_nothing_gets_through(broken):
    rig = broken(POOL, edges={"api>db": {"pool": {"size": 10}}})
    rig.run_to(20)
    assert rig.value("read", "success", 5) == 1.0
    rig.run_to(45)
    assert rig.value("read", "success", 5) == 0.0
    assert rig.value("db", "rate", 5) == 0.0


def test_a_restart_gives_leaked_connections_back_and_then_they_leak_again(broken):
    rig = broken(POOL, edges={"api>db": {"pool": {"size": 10}}})
    rig.run_to(45)
    rig.do("restart api")
    rig.run_to(65)
    assert rig.value("read", "success", 5) == 1.0
    rig.run_to(85)
    assert rig.value("read", "success", 5) == 0.0


def test_a_leak_that_ends_gives_back_what_it_held(broken):
    rig = broken(POOL | {"lasts": "40s"}, edges={"api>db": {"pool": {"size": 10}}})
    rig.run_to(48)
    assert rig.value("read", "success", 5) == 0.0
    rig.run_to(70)
    assert rig.value("read", "success", 5) == 1.0


def test_memory_that_fills_slows_the_work_and_then_kills_it(broken):
    rig = broken(MEMORY | {"fills_in": "60s"}, services={"api": {"start_up": "10s"}})
    rig.run_to(9)
    before = rig.value("api", "mean", 5)
    rig.run_to(66)
    assert rig.world.memories.used("api") == pytest.approx(0.3 + 0.7 * 56 / 60, abs=0.03)
    assert rig.value("api", "mean", 5) > 1.3 * before
    rig.run_to(75)
    assert rig.value("read", "success", 3) == 0.0
    assert rig.world.changes.feed[-1].text == "api killed: out of memory"
    rig.run_to(90)
    assert rig.value("read", "success", 5) == 1.0
    assert rig.world.memories.used("api") < 0.5


def test_a_shark_fin_has_one_tooth_for_each_filling(broken):
    rig = broken(MEMORY | {"fills_in": "40s"}, services={"api": {"start_up": "10s"}})
    rig.run_to(210)
    kills = [change.at // 1_000_000 for change in rig.world.changes.feed if "out of memory" in change.text]
    assert kills == [50, 100, 150, 200]


def test_a_restart_in_time_empties_the_memory(broken):
    rig = broken(MEMORY | {"fills_in": "60s"}, services={"api": {"start_up": "10s"}})
    rig.run_to(55)
    assert rig.world.memories.used("api") > 0.7
    rig.do("restart api")
    rig.run_to(70)
    assert rig.world.memories.used("api") < 0.5
    rig.run_to(100)
    assert not any("out of memory" in change.text for change in rig.world.changes.feed)


def test_memory_that_leaks_with_each_request_fills_as_fast_as_it_serves(broken):
    per_million = {"per_million": 400.0}
    rig, wide = broken(MEMORY | per_million), broken(MEMORY | per_million, services={"api": {"replicas": 4}})
    for one in (rig, wide):
        one.run_to(60)
    served = 50 * 50  # seconds, requests a second
    assert rig.world.memories.used("api") - 0.3 == pytest.approx(served * 400 / 1e6 / 2, rel=0.1)
    assert wide.world.memories.used("api") - 0.3 == pytest.approx(served * 400 / 1e6 / 4, rel=0.1)


def test_a_full_disk_fails_writes_until_room_is_made_and_fills_again(broken):
    rig = broken(DISK, edges=WRITES)
    rig.run_to(45)
    assert rig.value("db", "errors", 10) == 0.0
    rig.run_to(60)
    assert rig.value("db", "errors", 8) == 1.0
    assert rig.world.disks.clean("db")
    rig.run_to(70)
    assert rig.value("db", "errors", 8) == 0.0
    rig.run_to(110)
    assert rig.value("db", "errors", 8) == 1.0


def test_a_disk_that_nothing_fills_any_more_stays_full_but_does_not_fill_again(broken):
    rig = broken(DISK | {"lasts": "45s"}, edges=WRITES)
    rig.run_to(70)
    assert rig.value("db", "errors", 8) == 1.0
    rig.world.disks.clean("db")
    assert not rig.world.disks.clean("db")
    rig.run_to(150)
    assert rig.value("db", "errors", 60) == 0.0


def test_readers_do_not_care_about_a_full_disk_unless_the_scenario_says_so(broken):
    rig = broken(DISK | {"fills_in": "0s"})
    rig.run_to(30)
    assert rig.value("db", "errors") == 0.0
    strict = broken(DISK | {"fills_in": "0s", "errors": "50%"})
    strict.run_to(60)
    assert strict.value("db", "errors", 40) == pytest.approx(0.5, abs=0.06)


def test_a_replica_of_the_caller_that_is_restarted_alone_gives_back_what_it_has_leaked(broken):
    rig = broken(POOL, edges={"api>db": {"pool": {"size": 50}}})
    pool = rig.world.traffic.edges["api>db"].pool
    rig.run_to(50.5)
    leaked = [pool.leaked]
    for number in (1, 2):
        rig.do(f"restart api --replica {number}")
        rig.run_to(50.5 + 20 * number)
        leaked.append(pool.leaked)
    # Half a connection a second: 40 s of each, then 60 s of one and 9 s of the other, then 9 s and 29 s.
    assert leaked == [20 + 20, 30 + 4, 4 + 14]


def test_memory_that_is_alike_everywhere_is_empty_once_each_replica_has_been_restarted(broken):
    rig = broken(MEMORY | {"fills_in": "60s"}, services={"api": {"start_up": "5s"}})
    rig.run_to(40)
    rig.do("restart api --replica 1")
    rig.run_to(45.5)
    assert rig.world.memories.used("api") > 0.6
    rig.do("restart api --replica 2")
    rig.run_to(52)
    assert rig.world.memories.used("api") < 0.4
    rig.run_to(100)
    assert not any("out of memory" in change.text for change in rig.world.changes.feed)
