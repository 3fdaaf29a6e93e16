from __future__ import annotations

import pytest

from gameday.engine.traffic.codes import KILLED

CRASH = {"kind": "crash", "at": "20s", "service": "api"}


def up(rig, until: int, since: int = 1) -> list[int]:
    """The seconds in which the api went down or came up again."""
    seconds, before = [], since == 1
    for second in range(since, until + 1):
        rig.run_to(second + 0.5)
        now = rig.world.traffic.services["api"].capacity > 0
        if now != before:
            seconds.append(second)
        before = now
    return seconds


def test_a_crash_loop_crashes_after_each_start_and_waits_twice_as_long_each_time(broken):
    rig = broken(CRASH | {"again_after": "5s"}, services={"api": {"crash_loop": {"first": "4s", "most": "10s"}}})
    # 4 s, 8 s, 10 s of back-off and 10 s of start-up, then 5 s of work
    assert up(rig, 100) == [20, 34, 39, 57, 62, 82, 87]


def test_a_crash_loop_ends_with_the_version_that_crashes(broken):
    rig = broken(CRASH | {"again_after": "5s"}, services={"api": {"crash_loop": {"first": "40s"}}})
    rig.run_to(25)
    rig.do("rollback api")
    rig.run_to(240)
    assert rig.value("read", "success") == 1.0
    assert "starts again in 40s" in rig.world.changes.feed[0].text


def test_a_restart_helps_for_as_long_as_it_takes_to_crash_again(broken):
    rig = broken(CRASH | {"again_after": "30s"}, services={"api": {"crash_loop": {"first": "2m"}}})
    rig.run_to(30)
    rig.do("restart api")
    assert up(rig, 80, since=30) == [40, 70]


def test_a_crash_of_some_replicas_in_a_loop_leaves_the_others(broken):
    rig = broken(CRASH | {"again_after": "5s", "share": "50%"})
    rig.run_to(24)
    assert rig.world.traffic.services["api"].replicas == 1
    assert rig.value("read", "success", 3) == 1.0


def test_a_crash_that_restarts_waits_for_its_turn_where_the_service_has_a_back_off(broken):
    rig = broken(CRASH | {"restarts": True}, services={"api": {"crash_loop": {"first": "7s"}}})
    assert up(rig, 60) == [20, 37]


def test_a_service_that_ran_steadily_begins_to_count_anew(broken):
    second = {"kind": "crash", "at": "100s", "service": "api", "restarts": True}
    loop = {"first": "4s", "most": "10s", "steady": "30s"}
    rig = broken(CRASH | {"restarts": True}, second, services={"api": {"crash_loop": loop}})
    assert up(rig, 130) == [20, 34, 100, 114]


@pytest.mark.parametrize(
    ("share", "left"), [("10%", 3), ("20%", 3), ("30%", 3), ("50%", 2), ("60%", 2), ("75%", 1), ("100%", 0)]
)
def test_a_share_of_the_replicas_is_whole_ones_and_at_least_one(broken, share, left):
    rig = broken(CRASH | {"share": share}, services={"api": {"replicas": 4}})
    rig.run_to(25)
    station = rig.world.traffic.services["api"]
    assert (station.replicas, station.capacity) == (left, 4 * left)
    assert rig.value("api", "replicas", 1) == left


def test_replicas_die_with_exactly_what_is_in_them(broken):
    slow = {"replicas": 2, "workers": 4, "service_time": "100s", "per_replica": {}}
    rig = broken(CRASH | {"share": "50%", "at": "2s"}, services={"api": slow})
    rig.run_to(1.999999)
    station = rig.world.traffic.services["api"]
    there = [sum(visit.replica == number for visit in station.visits) for number in (0, 1)]
    rig.run_to(2.000001)
    assert there[0] > 0
    assert station.outcomes[KILLED] == there[0]
    assert all(visit.replica == 1 for visit in station.visits)


def test_a_second_crash_takes_replicas_that_still_run(broken):
    rig = broken(CRASH | {"share": "25%"}, CRASH | {"at": "30s", "share": "25%"}, services={"api": {"replicas": 4}})
    rig.run_to(35)
    assert rig.world.traffic.services["api"].roster.running == [2, 3]


def test_what_has_crashed_has_to_start_once_it_can(broken):
    assert up(broken(CRASH | {"lasts": "5s"}), 60) == [20, 35]
    assert up(broken(CRASH | {"lasts": "5s", "restarts": True}), 60) == [20, 35]


def test_a_crash_loop_takes_the_same_replicas_each_time_however_many_there_are_by_then(broken):
    loop = {"first": "4s", "most": "4s"}
    rig = broken(CRASH | {"again_after": "60s", "share": "50%"}, services={"api": {"replicas": 4, "crash_loop": loop}})
    roster = rig.world.traffic.services["api"].roster
    rig.run_to(25)
    assert roster.running == [2, 3]
    rig.do("scale api 8")
    rig.run_to(90)
    assert roster.running == list(range(8))
    rig.run_to(96)
    assert roster.running == [2, 3, 4, 5, 6, 7]


def test_an_autoscaler_brings_replicas_that_run_where_others_have_crashed(broken):
    scaling = {"metric": "rate", "target": 10.0, "least": 1, "most": 8}
    services = {"api": {"replicas": 4, "start_up": "5s", "autoscaling": scaling}}
    entries = {"read": {"to": "front", "rate": "60/s", "timeout": "3s"}}
    entries["write"] = entries["read"] | {"rate": "1/s"}
    rig = broken(CRASH | {"at": "2s", "share": "50%"}, services=services, traffic={"entries": entries})
    rig.run_to(60)
    roster = rig.world.traffic.services["api"].roster
    assert roster.size > 4
    assert roster.running == list(range(2, roster.size))
