from __future__ import annotations

from gameday.core.verbs import VERBS
from gameday.engine.actions import ACTIONS


def test_a_restart_kills_what_is_in_flight_and_is_gone_for_its_start_up_time(rig):
    rig = rig()
    rig.run_to(30)
    assert rig.do("restart api") == "X1 takes 10s"
    rig.run_to(38)
    assert rig.value("read", "success", 5) == 0.0
    rig.run_to(60)
    assert rig.value("read", "success", 5) == 1.0
    assert rig.log == [
        (30.0, "X1 restart api started by ana, done at 00:40"),
        (40.0, "X1 restart api: api serves again"),
    ]


def test_a_restart_brings_back_what_had_crashed(with_fault):
    rig = with_fault({"kind": "crash", "at": "10s", "service": "api"})
    rig.run_to(30)
    rig.do("restart api")
    rig.run_to(60)
    assert rig.value("read", "success", 5) == 1.0


def test_scale_takes_effect_when_the_replicas_are_there(rig):
    rig = rig()
    rig.do("scale api 5")
    rig.run_to(59)
    assert rig.value("api", "replicas") == 2.0
    rig.run_to(62)
    assert rig.value("api", "replicas") == 5.0


def test_shedding_refuses_a_share_of_one_entry_and_zero_ends_it(rig):
    rig = rig()
    rig.do("shed front 50% --entry write")
    rig.run_to(60)
    assert 0.35 < rig.value("write", "success", 40) < 0.65
    assert rig.value("read", "success", 40) == 1.0
    assert rig.do("shed front 0% --entry write") == "X2 takes 10s"
    rig.run_to(90)
    assert rig.value("write", "success", 15) == 1.0


def test_shedding_requests_that_never_come_to_the_service_is_refused(rig):
    system = rig().world.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)["system"]
    system["dependencies"][1]["for"] = ["read"]
    rig = rig(system=system)
    assert rig.do("shed db 50% --entry write") == "no request of write comes to db"
    assert rig.do("shed db 50% --entry read") == "X1 takes 10s"


def test_retries_and_timeouts_of_an_edge_change_when_the_action_is_done(rig):
    rig = rig()
    rig.do("retries api>db 0")
    rig.do("timeout api>db 2s")
    rig.run_to(29)
    edge = rig.world.traffic.edges["api>db"]
    assert (edge.retries, edge.timeout) == (1, 500_000)
    rig.run_to(31)
    assert (edge.retries, edge.timeout) == (0, 2_000_000)


def test_a_flag_that_is_off_cannot_be_turned_off(rig):
    assert rig().do("flag birch off") == "flag birch is off already"


def test_a_rollback_without_a_deploy_changes_nothing_but_the_version(rig):
    rig = rig()
    rig.do("rollback db")
    rig.run_to(130)
    assert rig.world.changes.version("db") == "before v1"
    assert rig.value("read", "success") == 1.0


def test_the_same_action_cannot_run_twice_at_once(rig):
    rig = rig()
    rig.do("scale api 3")
    assert rig.do("scale api 4") == "X1 scale api 3 is under way already"


def test_an_action_that_needs_somebody_waits_for_them_to_join(rig):
    rig = rig(actions=[{"verb": "scale", "on": "db", "takes": "8m", "needs": "dan"}])
    assert rig.do("scale db 2") == "scale db 2 needs dan, who has not joined; page dan"
    rig.joined.add("dan")
    assert rig.do("scale db 2") == "X1 takes 8m"


def test_an_action_that_needs_approval_runs_from_the_approval_on(rig):
    rig = rig(actions=[{"verb": "rollback", "approval": True}])
    assert rig.do("rollback api") == "X1 waits for approval by the incident commander"
    rig.run_to(50)
    assert rig.do("approve X9") == "X9 does not wait for approval; waiting: X1"
    assert rig.do("approve X1") == "X1 rollback api goes ahead"
    rig.run_to(171)
    assert rig.log[-1] == (170.0, "X1 rollback api: api runs version before v1")
    assert rig.do("approve") == "no action waits for approval"


def test_every_verb_that_acts_is_in_the_registry_but_the_one_that_carries_another():
    assert set(ACTIONS) == {name for name, verb in VERBS.items() if verb.group == "act"} - {"breakglass"}
