"""A replica that dies alone takes with it what is its own, and waits for its own turn."""

from __future__ import annotations

from gameday.engine.traffic.codes import KILLED


def busy(broken, **api):
    """Work that takes so long that all of it is still there when something dies."""
    rig = broken(services={"api": {"replicas": 4, "workers": 400, "service_time": "60s"} | api})
    rig.run_to(1.9)
    return rig


def test_one_of_those_that_share_a_queue_takes_its_share_of_the_work_and_the_last_takes_all(broken):
    rig = busy(broken)
    station = rig.world.traffic.services["api"]
    there = len(station.visits)
    for number in (1, 3):
        rig.world.crashes.fall("api", f"test {number}", (number,))
    assert station.roster.running == [0, 2]
    assert 0.3 * there < station.outcomes[KILLED] < 0.7 * there
    for number in (0, 2):
        rig.world.crashes.fall("api", f"test {number}", (number,))
    assert (station.replicas, len(station.visits), station.outcomes[KILLED]) == (0, 0, there)


def test_what_is_out_of_rotation_takes_nothing_with_it_that_others_work_on(broken):
    rig = busy(broken)
    rig.do("drain api on --replica 2")
    rig.run_to(8)
    station = rig.world.traffic.services["api"]
    before = station.outcomes[KILLED]
    rig.world.crashes.fall("api", "test", (1,))
    assert station.roster.running == [0, 2, 3]
    assert station.outcomes[KILLED] == before


def test_behind_a_balancer_a_replica_takes_exactly_what_was_sent_to_it(broken):
    rig = busy(broken, per_replica={})
    station = rig.world.traffic.services["api"]
    own = sum(visit.replica == 2 for visit in station.visits)
    rig.world.crashes.fall("api", "test", (2,))
    assert own > 0
    assert station.outcomes[KILLED] == own


def test_replicas_that_die_alone_and_the_service_count_their_crashes_apart(broken):
    rig = broken(services={"api": {"replicas": 4, "crash_loop": {"first": "10s"}}})
    crashes = rig.world.crashes
    waits = [
        crashes.back_off("api", 1),
        crashes.back_off("api", 1),
        crashes.back_off("api", 2),
        crashes.back_off("api"),
    ]
    assert [wait // 1_000_000 for wait in waits] == [10, 20, 10, 10]
    assert (crashes.count("api", 1), crashes.count("api", 0), crashes.count("api")) == (2, 0, 1)


def test_the_first_crash_is_not_called_a_row(broken):
    crash = {"kind": "crash", "at": "5s", "service": "api", "restarts": True}
    rig = broken(crash, services={"api": {"crash_loop": {}}})
    rig.run_to(10)
    assert rig.world.changes.feed[-1].text == "api crashed; starts again in 10s"
