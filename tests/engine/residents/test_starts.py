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
