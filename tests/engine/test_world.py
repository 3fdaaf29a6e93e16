from __future__ import annotations

from gameday.scenario.models.injects import Inject


def test_the_same_world_has_the_same_digest_however_often_it_is_read(rig):
    one, other = rig("slow"), rig("slow")
    one.run_to(90)
    for second in range(1, 90):
        other.run_to(second + 0.25)
        other.value("db", "errors")
    other.run_to(90)
    assert one.world.digest_parts() == other.world.digest_parts()


def test_another_decision_gives_another_digest(rig):
    one, other = rig(), rig()
    other.do("scale api 3")
    for rig_ in (one, other):
        rig_.run_to(70)
    assert one.world.digest_parts() != other.world.digest_parts()


def test_without_a_variant_nothing_goes_wrong(rig):
    rig = rig()
    rig.run_to(300)
    assert rig.log == []
    assert rig.world.truth is None
    assert [entry.bad for entry in rig.world.traffic.entries.values()] == [0, 0]


def test_the_review_is_told_when_an_objective_is_missed_and_met_again(with_fault):
    rig = with_fault({"kind": "crash", "at": "22s", "service": "api", "lasts": "10s"})
    rig.run_to(80)
    assert rig.objectives == [
        (30.0, "read misses its objective"),
        (30.0, "write misses its objective"),
        (60.0, "read meets its objective again"),
        (60.0, "write meets its objective again"),
    ]


def test_a_deploy_of_the_script_happens_when_it_is_enacted(rig):
    rig = rig()
    rig.run_to(20)
    rig.world.enact(Inject.model_validate({"at": "20s", "kind": "deploy", "service": "front", "version": "v9"}))
    rig.run_to(21)
    assert rig.world.changes.version("front") == "v9"


def test_before_the_first_point_of_a_shape_the_rate_is_what_it_is(broken):
    shape = [{"at": "40s", "factor": 3.0}]
    entries = {"read": {"to": "front", "rate": "40/s", "timeout": "3s", "shape": shape}}
    entries["write"] = {"to": "front", "rate": "10/s", "timeout": "3s"}
    rig = broken(traffic={"entries": entries})
    rig.run_to(40)
    assert 34 < rig.value("read", "rate", 39) < 46
    rig.run_to(80)
    assert 105 < rig.value("read", "rate", 39) < 135
