from __future__ import annotations


def test_a_quota_of_the_system_holds_for_all_services_together(broken):
    rig = broken(quota=6)
    provisioning = rig.world.provisioning
    assert (provisioning.total, provisioning.quota) == (4, 6)
    assert provisioning.granted("api", 9) == 4
    assert provisioning.granted("db", 2) == 2
    assert provisioning.problem("api", 9) == "api cannot have 9 replicas: only 2 more"
    assert provisioning.problem("api", 4) is None


def test_third_parties_need_none_of_our_replicas(broken):
    rig = broken(quota=4, services={"db": {"kind": "external", "replicas": 50}})
    assert rig.world.provisioning.total == 3
    assert rig.world.provisioning.granted("api", 9) == 3


def test_without_a_quota_everybody_gets_what_they_ask_for(broken):
    rig = broken()
    assert rig.world.provisioning.granted("api", 500) == 500
    assert not rig.world.provisioning.is_limited


def test_what_was_ordered_counts_before_it_has_come(broken):
    rig = broken(quota=6)
    rig.run_to(5)
    rig.world.provisioning.order("api", 4, "somebody", "ana")
    assert rig.world.provisioning.granted("db", 3) == 1
    rig.run_to(14)
    assert rig.world.traffic.services["api"].replicas == 2
    rig.run_to(16)
    assert rig.world.traffic.services["api"].replicas == 4


def test_fewer_replicas_are_fewer_at_once_and_call_off_those_that_come(broken):
    rig = broken()
    rig.world.provisioning.order("api", 6, "somebody", "ana")
    rig.run_to(5)
    rig.world.provisioning.order("api", 1, "somebody", "ana")
    rig.run_to(60)
    assert rig.world.traffic.services["api"].replicas == 1


def test_an_order_that_is_cut_short_says_so(broken):
    rig = broken(quota=5)
    assert rig.world.provisioning.order("api", 6, "somebody", "ana") == 3
    assert rig.world.changes.feed[0].text == "scale api to 3; 6 wanted, no more can be had"
