from __future__ import annotations

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
