"""Actions on versions and settings: rollback, deploy, promote, freeze, config."""

from __future__ import annotations

import pytest

BAD = {
    "kind": "bad-deploy",
    "at": "5s",
    "service": "api",
    "version": "v2",
    "effects": [{"service": "api", "errors": "40%"}],
}


def test_a_rollback_after_a_migration_is_refused_and_does_harm_when_it_is_forced(plant, cost_of):
    rig = plant(BAD | {"migration": True}, releases=[{"service": "api", "version": "v3"}])
    rig.run_to(20)
    why = "unsafe: v2 changed the data, and the version before cannot read all of it"
    assert cost_of(rig, "rollback api") == why
    assert rig.do("rollback api") == f"{why}; --force does it anyway"
    rig.do("rollback api --force")
    rig.run_to(170)
    assert rig.world.changes.version("api") == "v1"
    assert 0.6 < rig.value("read", "success", 20) < 0.8
    rig.do("deploy api v3")
    rig.run_to(310)
    assert rig.value("read", "success", 10) == 1.0


def test_a_deploy_of_a_version_from_before_a_migration_is_as_unsafe_as_a_rollback(plant, cost_of):
    rig = plant(BAD | {"migration": True}, releases=[{"service": "api", "version": "v3"}])
    rig.run_to(20)
    why = "unsafe: v2 changed the data, and v1 cannot read all of it"
    assert cost_of(rig, "deploy api v1") == why
    assert cost_of(rig, "deploy api v3") == ""
    assert rig.do("deploy api v1") == f"{why}; --force does it anyway"
    rig.do("deploy api v1 --force")
    rig.run_to(170)
    assert rig.world.changes.version("api") == "v1"
    assert 0.6 < rig.value("read", "success", 20) < 0.8
    assert rig.do("rollback api") == "X2 takes 2m"  # to v2, which knows its own data
    rig.run_to(310)
    assert 0.5 < rig.value("read", "success", 10) < 0.7  # v2's own errors
    assert "harm rollback api" not in rig.world.book.sources


def test_the_harm_of_going_back_ends_only_with_a_version_that_knows_the_data(plant):
    older = {"kind": "deploy", "at": "1s", "service": "api", "version": "v0"}
    rig = plant(older, BAD | {"migration": True}, releases=[{"service": "api", "version": "v3"}])
    rig.run_to(20)
    assert "v2 changed the data" in rig.do("rollback api")
    rig.do("rollback api --force")
    rig.run_to(145)
    assert rig.world.changes.version("api") == "v0"
    rig.do("deploy api v1 --force")
    rig.run_to(300)
    assert rig.world.changes.version("api") == "v1"
    assert rig.value("read", "success", 20) == pytest.approx(0.7, abs=0.06)
    rig.do("deploy api v3 --canary 50%")
    rig.run_to(450)
    assert rig.value("read", "success", 20) == pytest.approx(0.85, abs=0.05)
    rig.do("promote api")
    rig.run_to(520)
    assert rig.value("read", "success", 5) == 1.0
    assert not [source for source in rig.world.book.sources if source.startswith("harm")]


def test_a_canary_from_before_a_migration_does_its_share_of_the_harm_and_all_of_it_when_promoted(plant):
    rig = plant(BAD | {"effects": [{"service": "api", "service_time": 1.1}], "migration": True})
    rig.run_to(20)
    rig.do("deploy api v1 --canary 25% --force")
    rig.run_to(190)
    assert rig.value("read", "success", 40) == pytest.approx(1 - 0.25 * 0.3, abs=0.03)
    assert "v1 cannot read all of it" in rig.do("promote api")
    rig.do("breakglass promote api")
    rig.run_to(310)
    assert rig.value("read", "success", 40) == pytest.approx(0.7, abs=0.05)


def test_what_all_replicas_have_in_common_is_in_no_canary(plant):
    rig = plant(releases=[{"service": "api", "version": "v5", "effects": [{"service": "api", "queue_limit": 5}]}])
    said = "no canary of v5: queue_limit is what all replicas of api have in common"
    assert rig.do("deploy api v5 --canary 25%") == said
    assert rig.do("deploy api v5") == "X1 takes 2m"


def test_a_rollback_without_a_migration_is_safe(plant):
    rig = plant(BAD)
    rig.run_to(20)
    assert rig.do("rollback api") == "X1 takes 2m"
    rig.run_to(160)
    assert rig.value("read", "success", 10) == 1.0


def test_a_canary_does_on_its_share_what_the_version_does_and_promoting_it_does_it_everywhere(plant):
    worse = {"service": "api", "version": "v5", "effects": [{"service": "api", "errors": "40%"}]}
    rig = plant(releases=[worse])
    assert rig.do("promote api") == "api has no canary"
    rig.do("deploy api v5 --canary 25%")
    rig.run_to(160)
    assert rig.world.changes.versions("api") == (("v5", 0.25), ("v1", 0.75))
    assert 0.8 < rig.value("read", "success", 30) < 0.97
    assert rig.do("deploy api v1") == "api has a canary of v5; promote or rollback it first"
    rig.do("promote api")
    rig.run_to(260)
    assert 0.5 < rig.value("read", "success", 30) < 0.7


def test_only_versions_that_there_are_can_be_deployed(plant):
    rig = plant(BAD, releases=[{"service": "api", "version": "v3", "migration": True}])
    assert rig.do("deploy api v2") == "there is no version v2 of api; there is v1, v3"
    rig.run_to(10)
    assert rig.do("deploy api v2") == "api runs version v2 already"
    assert rig.do("deploy api v99") == "there is no version v99 of api; there is v1, v2, v3"


def test_a_deploy_of_a_version_that_was_bad_is_bad_again(plant):
    rig = plant(BAD)
    rig.run_to(10)
    rig.do("rollback api")
    rig.run_to(140)
    rig.do("deploy api v2")
    rig.run_to(300)
    assert 0.5 < rig.value("read", "success", 30) < 0.7


def test_frozen_deploys_wait_until_they_are_let_go(plant):
    rig = plant(BAD | {"at": "50s"})
    rig.do("freeze deploys all on")
    rig.run_to(60)
    assert rig.world.changes.version("api") == "v1"
    assert rig.do("deploy api v1") == "deploys of api are frozen; freeze deploys api off ends that"
    rig.do("freeze deploys api off")
    rig.run_to(70)
    assert rig.world.changes.version("api") == "v2"


def test_a_service_that_warms_up_is_cold_after_a_deploy(plant):
    services = {
        "api": {"service_time": "5ms", "replicas": 2, "workers": 4, "warm_up": {"lasts": "60s", "factor": 10.0}}
    }
    system = {
        "services": {"front": {"kind": "gateway", "service_time": "1ms", "workers": 16}, **services},
        "dependencies": [{"from": "front", "to": "api", "timeout": "2s"}],
        "traffic": {"entries": {"read": {"to": "front", "rate": "20/s", "timeout": "3s"}}},
    }
    rig = plant(system=system, slos={"read": {"good": "99%", "within": "1s"}})
    rig.run_to(60)
    warm = rig.value("api", "mean", 20)
    rig.do("rollback api")
    rig.run_to(185)
    assert rig.value("api", "mean", 5) > 3 * warm
    rig.run_to(300)
    assert rig.value("api", "mean", 20) < 1.2 * warm


def test_a_setting_changes_and_reverts_newest_first(plant, cost_of):
    rig = plant()
    rig.do("config api workers 2")
    rig.run_to(31)
    rig.do("config api>db timeout 5s")
    rig.run_to(62)
    station, edge = rig.world.traffic.services["api"], rig.world.traffic.edges["api>db"]
    assert (station.workers, edge.timeout) == (2, 5_000_000)
    assert cost_of(rig, "config api revert") == "takes back: timeout of api>db 5s"
    rig.do("config api revert")
    rig.run_to(93)
    assert (station.workers, edge.timeout) == (2, 500_000)
    rig.do("config api revert")
    rig.run_to(124)
    assert station.workers == 4
    assert rig.do("config api revert") == "no change of the configuration of api"


def test_a_revert_takes_back_what_somebody_else_pushed(plant):
    push = {"kind": "bad-config", "at": "5s", "service": "api", "setting": "threads 1"}
    rig = plant(push | {"effects": [{"service": "api", "workers": 1}]})
    rig.run_to(10)
    assert rig.world.traffic.services["api"].workers == 1
    rig.do("config api revert")
    rig.run_to(41)
    assert rig.world.traffic.services["api"].workers == 4


def test_a_setting_belongs_to_its_kind_of_target(plant):
    rig = plant()
    assert rig.do("config api timeout 5s") == "timeout is a setting of an edge; api is a service"
    assert rig.do("config front>api pool_size 5") == "front>api has no connection pool"


def test_a_canary_is_whole_replicas_and_needs_one_that_stays_as_it_was(plant):
    releases = [{"service": name, "version": "v5"} for name in ("api", "db")]
    rig = plant(releases=releases)
    assert rig.do("deploy db v5 --canary 25%") == "db has 1 replica: too few for a canary of 25%"
    rig.do("deploy api v5 --canary 10%")
    rig.run_to(125)
    assert rig.log[-1][1].endswith("api runs version v5 on 25% of its replicas")
    assert rig.value("api", "canary", 1) == 0.25


def test_two_changes_of_a_version_do_not_run_at_once(plant):
    rig = plant(releases=[{"service": "api", "version": "v5"}])
    rig.do("deploy api v5 --canary 25%")
    rig.run_to(125)
    rig.do("promote api")
    assert rig.do("rollback api") == "X2 promote api is under way already"
