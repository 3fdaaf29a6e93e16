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


def test_a_migration_is_known_to_whoever_would_go_back_before_it(broken):
    rig = broken(BAD | {"migration": True}, {"kind": "deploy", "at": "40s", "service": "api", "version": "v3"})
    rig.run_to(5)
    assert rig.world.changes.cannot_read("api") == ""
    rig.run_to(20)
    assert rig.world.changes.cannot_read("api") == rig.world.changes.cannot_read("api", "v1") == "v2"
    assert rig.world.changes.cannot_read("api", "v3") == ""
    rig.run_to(50)
    assert rig.world.changes.cannot_read("api") == ""  # v2 itself is before v3


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
    effects = [{"edge": "api>db", "calls": 3}, {"service": "api", "shed": "40%"}, {"service": "db", "service_time": 3}]
    rig = broken(BAD | {"share": "25%", "effects": effects}, services=FOUR)
    rig.run_to(20)
    assert rig.world.traffic.edges["api>db"].calls == pytest.approx(1.5)
    assert rig.world.traffic.services["api"].shed == pytest.approx([0.1, 0.1, 0.1])
    assert rig.world.traffic.services["db"].scale == pytest.approx([1.5, 1.5, 1.5])


ONE_TRY = {"api>db": {"retries": 0}}
PLACES = [{}, {"per_replica": {}}]


@pytest.mark.parametrize("behind", PLACES, ids=["one queue", "a queue for each replica"])
@pytest.mark.parametrize(
    ("effect", "failed"),
    [
        ({"edge": "api>db", "timeout": "1ms"}, 0.25),
        ({"edge": "api>db", "loss": "100%"}, 0.25),
        ({"edge": "api>db", "unauthorized": "100%"}, 0.25),
        ({"edge": "api>db", "delay": "1s"}, 0.25),
        ({"edge": "api>db", "call_limit": "5/s"}, 0.15),  # 12.5 of 50 come there, and 5 go on
        ({"service": "api", "limit": "5/s"}, 0.15),
    ],
)
def test_what_is_set_on_a_canary_holds_for_what_works_there_and_nobody_else(broken, behind, effect, failed):
    roomy = {"api": {"replicas": 4, "workers": 64} | behind, "db": {"workers": 64}}
    rig = broken(BAD | {"share": "25%", "effects": [effect]}, services=roomy, edges={"api>db": {"retries": 0}})
    rig.run_to(10)
    assert rig.value("read", "success", 5) == 1.0
    rig.run_to(140)
    assert 1.0 - rig.value("api", "success", 120) == pytest.approx(failed, abs=0.03)
    rig.do("rollback api")
    rig.run_to(280)
    assert rig.value("read", "success", 15) == 1.0
    assert rig.world.traffic.edges["api>db"].plain


@pytest.mark.parametrize("behind", PLACES, ids=["one queue", "a queue for each replica"])
def test_a_canary_with_fewer_workers_costs_those_of_its_replicas(broken, behind):
    canary = BAD | {"share": "25%", "effects": [{"service": "api", "workers": 1}]}
    rig = broken(canary, services={"api": {"replicas": 4, "workers": 20} | behind})
    rig.run_to(20)
    station = rig.world.traffic.services["api"]
    assert station.capacity == 61
    rig.do("drain api --replica 1")
    rig.run_to(60)
    assert station.capacity == 60


def test_the_calls_of_a_canary_are_tried_again_as_often_as_it_says(broken):
    canary = BAD | {"share": "25%", "effects": [{"edge": "api>db", "retries": 3}, {"edge": "api>db", "backoff": "1ms"}]}
    rig = broken(
        canary, {"kind": "errors", "at": "10s", "service": "db", "share": "100%"}, services=FOUR, edges=ONE_TRY
    )
    rig.run_to(130)
    assert rig.value("api>db", "retries", 110) == pytest.approx(3 * 0.25 * 50, rel=0.1)


def test_connections_of_a_canary_are_fewer(broken):
    canary = BAD | {"share": "25%", "effects": [{"edge": "api>db", "pool_size": 2}]}
    rig = broken(canary, services=FOUR, edges={"api>db": {"pool": {"size": 10}}})
    rig.run_to(20)
    assert rig.world.traffic.edges["api>db"].pool.size == 32


def test_a_setting_of_a_timeout_that_reached_three_of_four_replicas_hurts_those(broken):
    config = {"kind": "bad-config", "at": "10s", "service": "api", "setting": "timeout: 1ms", "reach": "75%"}
    effects = [{"edge": "api>db", "timeout": "1ms"}]
    rig = broken(config | {"effects": effects}, services=FOUR, edges=ONE_TRY)
    rig.run_to(130)
    assert rig.value("api", "errors", 110) == pytest.approx(0.75, abs=0.04)


def test_an_older_version_runs_on_the_replicas_that_a_canary_has_not(broken):
    better = {"kind": "bad-deploy", "at": "20s", "service": "api", "version": "v3", "share": "25%"}
    rig = broken(BAD, better | {"effects": [{"service": "api", "latency": "100ms"}]}, services=FOUR)
    rig.run_to(30)
    rows = rig.world.traffic.services["api"].rows
    assert [(row.error[0], row.delay[0]) for row in rows] == [(0.0, 100_000), *[(1.0, 0)] * 3]


def test_a_canary_that_grows_with_its_service_holds_its_share(broken):
    rig = broken(BAD | {"share": "25%", "effects": [{"edge": "api>db", "loss": "100%"}]}, services=FOUR, edges=ONE_TRY)
    rig.run_to(20)
    rig.do("scale api 8")
    rig.run_to(220)
    assert rig.value("api", "errors", 110) == pytest.approx(0.25, abs=0.03)


def test_a_rollback_halts_a_rolling_deploy_as_it_begins(broken):
    rig = broken(BAD | {"rollout": "60s"}, services=FOUR)
    rig.run_to(35)
    assert rig.world.changes.canary("api") == 0.5
    rig.do("rollback api")
    rig.run_to(140)
    assert rig.world.changes.canary("api") == 0.5
    rig.run_to(160)
    assert rig.world.changes.versions("api") == (("v1", 1.0),)


def test_a_rolling_deploy_that_its_owners_take_back_in_time_is_gone_then(broken):
    rig = broken(BAD | {"rollout": "60s", "lasts": "70s"}, services=FOUR)
    rig.run_to(35)
    rig.world.changes.freeze("api", True)
    rig.run_to(81)
    assert rig.world.changes.versions("api") == (("v1", 1.0),)
    rig.world.changes.freeze("api", False)
    rig.run_to(120)
    assert rig.world.changes.versions("api") == (("v1", 1.0),)


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
