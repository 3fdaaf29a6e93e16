from __future__ import annotations


def test_a_service_that_was_down_as_a_whole_has_begun_anew(broken):
    rig = broken()
    watch = rig.world.starts.watch("api")
    rig.run_to(5)
    assert not watch.is_fresh()
    rig.do("restart api")
    rig.run_to(6)
    assert watch.is_fresh()
    rig.run_to(20)
    assert not watch.is_fresh()


def test_a_start_that_somebody_noted_is_told_once_to_each_who_watches(broken):
    rig = broken()
    one, other = rig.world.starts.watch("api"), rig.world.starts.watch("api")
    rig.world.starts.note("api")
    assert [one.is_fresh(), one.is_fresh(), other.is_fresh()] == [True, False, True]


def test_only_the_replica_that_was_restarted_has_begun_anew_and_while_it_is_down_it_does_so_all_the_time(broken):
    rig = broken(services={"api": {"replicas": 3}})
    watch = rig.world.starts.watch_replicas("api")
    rig.run_to(5)
    assert watch.fresh() == [False, False, False]
    rig.do("restart api --replica 2")
    rig.run_to(6)
    assert [watch.fresh(), watch.fresh()] == [[False, True, False]] * 2
    rig.run_to(20)
    assert watch.fresh() == [False, True, False]
    assert watch.fresh() == [False, False, False]


def test_a_rolling_restart_begins_each_replica_anew_once_and_a_release_all_at_its_end(broken):
    rig = broken()
    watch = rig.world.starts.watch_replicas("api")
    rig.run_to(5)
    rig.do("restart api --rolling")
    told = []
    for second in range(6, 40):
        rig.run_to(second + 0.5)
        told.append(watch.fresh())
    # The first one, then both in the second in which it is back and the other goes, then the other.
    assert list(dict.fromkeys(map(tuple, told))) == [(True, False), (True, True), (False, True), (False, False)]
    assert told.count([True, True]) == 1
    rig.do("rollback api")
    released = []
    for second in range(40, 400):
        rig.run_to(second + 0.5)
        released.append(watch.fresh())
    assert released.count([True, True]) == 1
    assert released.count([False, False]) == len(released) - 1


def test_replicas_that_come_have_begun_anew(broken):
    rig = broken()
    watch = rig.world.starts.watch_replicas("api")
    rig.do("scale api 4")
    rig.run_to(200)
    assert watch.fresh() == [False, False, True, True]
    assert watch.fresh() == [False] * 4


def test_a_service_has_begun_anew_once_each_of_its_replicas_was_restarted_alone(broken):
    rig = broken(services={"api": {"start_up": "5s"}})
    watch = rig.world.starts.watch("api")

    def restart(number):
        rig.do(f"restart api --replica {number}")
        told = []
        for _ in range(8):
            rig.run_to(rig.env.now / 1_000_000 + 1)
            told.append(watch.is_fresh())
        return any(told)

    assert [restart(1), restart(1), restart(2), restart(1), restart(2)] == [False, False, True, False, True]


def test_what_is_out_of_rotation_has_not_begun_anew(broken):
    rig = broken()
    watch = rig.world.starts.watch("api")
    rig.do("drain api")
    rig.run_to(40)
    assert rig.world.traffic.services["api"].capacity == 0
    assert not watch.is_fresh()
