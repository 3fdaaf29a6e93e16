from __future__ import annotations

import pytest

BAD = {
    "kind": "bad-deploy",
    "at": "10s",
    "service": "api",
    "version": "v2",
    "effects": [{"service": "api", "errors": "100%"}],
}
FOUR = {"api": {"replicas": 4, "per_replica": {}}}


def test_a_canary_hurts_its_share_of_the_replicas(broken):
    rig = broken(BAD | {"share": "25%"}, services=FOUR)
    rig.run_to(70)
    assert rig.value("api", "errors", 50) == pytest.approx(0.25, abs=0.05)
    assert rig.world.changes.versions("api") == (("v2", 0.25), ("v1", 0.75))
    assert rig.world.changes.feed[0].text == "deploy api v2 (canary, 25%)"
    assert (rig.value("api", "canary"), rig.value("db", "canary")) == (0.25, None)


def test_a_promoted_canary_hurts_everybody(broken):
    rig = broken(BAD | {"share": "25%"}, services=FOUR)
    rig.run_to(20)
    assert rig.world.changes.promote(20_000_000, "api", "ana") == "v2"
    rig.run_to(40)
    assert rig.value("api", "errors", 15) == 1.0
    assert rig.world.changes.versions("api") == (("v2", 1.0),)


def test_a_rolling_deploy_reaches_one_replica_after_another(broken):
    rig = broken(BAD | {"rollout": "60s"}, services=FOUR)
    shares = []
    for second in (20, 40, 60, 80):
        rig.run_to(second)
        shares.append(rig.value("api", "errors", 8))
    assert shares == pytest.approx([0.25, 0.5, 0.75, 1.0], abs=0.12)


def test_a_rollback_stops_a_rolling_deploy(broken):
    rig = broken(BAD | {"rollout": "200s"}, services=FOUR)
    rig.run_to(40)
    rig.do("rollback api")
    rig.run_to(240)
    assert rig.world.changes.version("api") == "v1"
    assert rig.value("api", "errors", 60) == 0.0


def test_a_frozen_pipeline_brings_out_nothing_more(broken):
    rig = broken(BAD | {"rollout": "60s"}, services=FOUR)
    rig.run_to(35)
    rig.world.changes.freeze("api", True)
    rig.run_to(100)
    assert rig.world.changes.versions("api")[0] == ("v2", 0.5)
    rig.world.changes.freeze("api", False)
    rig.run_to(150)
    assert rig.world.changes.versions("api")[0] == ("v2", 1.0)


def test_a_newer_version_takes_the_harm_of_the_one_before_with_it(broken):
    rig = broken(BAD, {"kind": "deploy", "at": "40s", "service": "api", "version": "v3"})
    rig.run_to(60)
    assert rig.value("api", "errors", 10) == 0.0
    rig.do("rollback api")
    rig.run_to(200)
    assert rig.world.changes.version("api") == "v2"
    assert rig.value("api", "errors", 10) == 1.0


def test_a_migration_is_known_to_whoever_would_roll_back(broken):
    rig = broken(BAD | {"migration": True})
    rig.run_to(5)
    assert not rig.world.changes.is_migrated("api")
    rig.run_to(20)
    assert rig.world.changes.is_migrated("api")


def test_a_version_that_crashes_does_so_until_it_is_rolled_back(broken):
    crashing = {key: value for key, value in BAD.items() if key != "effects"} | {"crashes": "15s"}
    rig = broken(crashing)
    rig.run_to(24)
    assert rig.value("read", "success", 10) == 1.0
    rig.run_to(44)
    assert rig.value("read", "success", 10) == 0.0
    rig.do("rollback api")
    rig.run_to(260)
    assert rig.value("read", "success", 60) == 1.0


def test_a_setting_that_reached_three_of_four_replicas_hurts_those(broken):
    config = {"kind": "bad-config", "at": "10s", "service": "api", "setting": "resolver: legacy", "reach": "75%"}
    rig = broken(config | {"effects": [{"service": "api", "errors": "100%"}]}, services=FOUR)
    rig.run_to(70)
    assert rig.value("api", "errors", 50) == pytest.approx(0.75, abs=0.05)
    assert rig.world.changes.setting("api") == "resolver: legacy"
    assert rig.world.changes.feed[0].text == "config api: resolver: legacy"
    assert rig.world.changes.revert(70_000_000, "api", "ana") == "resolver: legacy"
    rig.run_to(90)
    assert rig.value("api", "errors") == 0.0
    assert rig.world.changes.revert(90_000_000, "api", "ana") is None


def test_a_canary_of_something_beyond_replicas_holds_in_proportion(broken):
    effects = [{"edge": "api>db", "calls": 3}, {"service": "api", "shed": "40%"}, {"edge": "api>db", "retries": 5}]
    rig = broken(BAD | {"share": "25%", "effects": effects}, services=FOUR)
    rig.run_to(20)
    edge = rig.world.traffic.edges["api>db"]
    assert edge.calls == pytest.approx(1.5)
    assert rig.world.traffic.services["api"].shed == pytest.approx([0.1, 0.1, 0.1])
    assert edge.retries == 5


def test_a_setting_that_its_owners_take_back_leaves_later_ones_alone(broken):
    first = {"kind": "bad-config", "at": "10s", "lasts": "30s", "service": "api", "setting": "one"}
    second = {"kind": "bad-config", "at": "20s", "service": "api", "setting": "two"}
    harm = {"effects": [{"service": "api", "shed": "50%"}]}
    rig = broken(first | harm, second | harm)
    rig.run_to(30)
    assert rig.world.traffic.services["api"].shed[0] == 0.75
    rig.run_to(50)
    assert rig.world.changes.setting("api") == "two"
    assert rig.world.traffic.services["api"].shed[0] == 0.5
