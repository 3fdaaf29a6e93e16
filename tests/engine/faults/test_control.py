from __future__ import annotations

SCALED = {"api": {"replicas": 4, "autoscaling": {"metric": "saturation", "target": 0.02, "least": 2, "most": 8}}}
AT_REST = {"api": {"replicas": 4, "autoscaling": {"metric": "saturation", "target": 0.5, "least": 2, "most": 8}}}


def replicas(rig, *seconds: int) -> list[int]:
    found = []
    for second in seconds:
        rig.run_to(second)
        found.append(rig.world.traffic.services["api"].replicas)
    return found


def test_an_autoscaler_that_is_stuck_changes_nothing(broken):
    rig = broken(
        {"kind": "autoscaler", "at": "0s", "lasts": "100s", "service": "api", "does": "stuck"}, services=SCALED
    )
    assert replicas(rig, 95, 150) == [4, 8]


def test_an_autoscaler_that_shrinks_goes_down_to_its_least(broken):
    rig = broken({"kind": "autoscaler", "at": "20s", "service": "api", "does": "shrinks"}, services=AT_REST)
    assert replicas(rig, 29, 31, 46, 120) == [4, 2, 2, 2]
    assert [change.author for change in rig.world.changes.feed] == ["autoscaler"]


def test_an_autoscaler_that_flaps_goes_to_and_fro(broken):
    rig = broken({"kind": "autoscaler", "at": "20s", "service": "api", "does": "flaps"}, services=AT_REST)
    # looks at 30, 45, 60, 75; more replicas start in 10 s
    assert replicas(rig, 31, 54, 56, 61) == [2, 2, 8, 2]


def test_an_autoscaler_that_was_frozen_does_no_harm(broken):
    rig = broken({"kind": "autoscaler", "at": "20s", "service": "api", "does": "shrinks"}, services=AT_REST)
    rig.world.autoscalers["api"].frozen = True
    assert replicas(rig, 120) == [4]


def test_where_no_more_replicas_can_be_had_those_that_run_stay(broken):
    rig = broken({"kind": "provisioning", "at": "0s", "lasts": "100s"}, services=SCALED)
    assert replicas(rig, 95, 150) == [4, 8]
    assert rig.world.provisioning.problem("api", 9) is None


def test_a_quota_of_the_provider_counts_all_services(broken):
    rig = broken({"kind": "provisioning", "at": "0s", "quota": 8}, services=SCALED)
    assert replicas(rig, 100) == [6]  # front and db have one each
    assert rig.world.provisioning.problem("api", 7) == "api cannot have 7 replicas: no more can be had"
    rig.world.provisioning.extend(1)
    assert replicas(rig, 150) == [7]


def test_late_replicas_come_later_by_the_delay(broken):
    rig = broken({"kind": "provisioning", "at": "0s", "delay": "60s"}, services=SCALED)
    assert replicas(rig, 84, 86) == [4, 8]


def test_lost_monitoring_hides_what_goes_on_and_changes_nothing(broken):
    crash = {"kind": "crash", "at": "30s", "service": "api"}
    blind = {"kind": "monitoring", "at": "20s", "lasts": "60s", "frozen": True}
    rig = broken(crash, blind)
    rig.run_to(60)
    assert rig.value("read", "success", 5) == 1.0
    assert rig.world.traffic.services["api"].capacity == 0
    rig.run_to(100)
    assert rig.value("read", "success", 5) == 0.0


def test_late_monitoring_shows_what_was(broken):
    rig = broken(
        {"kind": "crash", "at": "30s", "service": "api"},
        {"kind": "monitoring", "at": "20s", "delay": "20s"},
    )
    rig.run_to(45)
    assert rig.value("read", "success", 3) == 1.0
    rig.run_to(60)
    assert rig.value("read", "success", 3) == 0.0


def test_the_status_page_is_down_while_it_is_said_to_be(broken):
    rig = broken({"kind": "status-page-down", "at": "10s", "lasts": "20s"})
    seen = []
    for second in (5, 20, 40):
        rig.run_to(second)
        seen.append(rig.world.status_page_up)
    assert seen == [True, False, True]


def test_somebody_is_away_while_they_are_said_to_be(broken):
    rig = broken({"kind": "person-unavailable", "at": "10s", "lasts": "20s", "person": "dan"})
    seen = []
    for second in (5, 20, 40):
        rig.run_to(second)
        seen.append((rig.world.unavailable("dan"), rig.world.unavailable("ana"), rig.value("reachable", "dan")))
    assert seen == [(False, False, 1.0), (True, False, 0.0), (False, False, 1.0)]
