from __future__ import annotations

import pytest

SERVICE = {"workers": 4, "start_up": "10s"}


def scaled(broken, *faults, replicas=4, **settings):
    settings = {"metric": "saturation", "target": 0.5, "least": 1, "most": 20, "down_cooldown": "0s"} | settings
    return broken(*faults, services={"api": SERVICE | {"replicas": replicas, "autoscaling": settings}})


def replicas(rig, *seconds):
    found = []
    for second in seconds:
        rig.run_to(second)
        found.append(rig.world.traffic.services["api"].replicas)
    return found


def test_wanted_replicas_are_those_at_which_the_metric_meets_its_target(broken):
    rig = scaled(broken, metric="rate", target=10.0)
    # 50 requests a second, wanted by 10 each
    assert replicas(rig, 14, 60) == [4, 5]


def test_a_target_is_in_simulated_requests_whatever_one_stands_for(broken):
    entries = {
        "read": {"to": "front", "rate": "50/s", "timeout": "3s"},
        "write": {"to": "front", "rate": "0/s", "timeout": "3s"},
    }
    settings = {"metric": "rate", "target": 11.0, "least": 1, "most": 20}
    services = {"api": SERVICE | {"replicas": 4, "autoscaling": settings}}
    rig = broken(services=services, traffic={"scale": 10.0, "entries": entries})
    assert replicas(rig, 14, 60) == [4, 5]


def test_within_the_tolerance_nothing_changes(broken):
    rig = scaled(broken, metric="rate", target=12.0)
    assert replicas(rig, 200) == [4]


def test_new_replicas_serve_after_their_start_up_time(broken):
    rig = scaled(broken, metric="rate", target=5.0)
    assert replicas(rig, 24, 26) == [4, 10]
    assert [(change.at // 1_000_000, change.text) for change in rig.world.changes.feed] == [(15, "scale api to 10")]


def test_what_has_been_ordered_is_not_ordered_again(broken):
    settings = {"metric": "rate", "target": 5.0, "least": 1, "most": 10, "down_cooldown": "0s"}
    slow = SERVICE | {"start_up": "100s", "replicas": 4, "autoscaling": settings}
    rig = broken(services={"api": slow})
    assert replicas(rig, 114, 116, 200) == [4, 10, 10]
    assert len(rig.world.changes.feed) == 1


def test_replicas_stay_between_least_and_most(broken):
    assert replicas(scaled(broken, metric="rate", target=1.0, most=7), 60) == [7]
    assert replicas(scaled(broken, metric="rate", target=1000.0, least=3), 60) == [3]


def test_a_step_bounds_how_many_come_at_a_time(broken):
    rig = scaled(broken, metric="rate", target=5.0, step=2)
    assert replicas(rig, 26, 41, 56, 90) == [6, 8, 10, 10]


def test_a_decrease_waits_for_its_cool_down(broken):
    rig = scaled(broken, metric="rate", target=100.0, down_cooldown="60s")
    assert replicas(rig, 59, 61) == [4, 1]


def test_an_increase_waits_for_its_cool_down(broken):
    rig = scaled(broken, metric="rate", target=5.0, step=2, up_cooldown="60s")
    assert replicas(rig, 69, 71, 129, 131) == [4, 6, 6, 8]


def test_a_service_that_does_not_run_is_not_scaled(broken):
    rig = scaled(broken, {"kind": "crash", "at": "5s", "service": "api"}, metric="rate", target=5.0)
    assert replicas(rig, 100) == [0]
    assert rig.world.changes.feed == []


def test_an_autoscaler_by_load_shrinks_what_only_waits(broken):
    lost = {"kind": "edge-loss", "at": "60s", "edge": "api>db"}
    rig = scaled(broken, lost, metric="load", target=0.016)
    assert replicas(rig, 59, 150) == [4, 1]
    assert rig.value("api", "saturation", 30) > 0.9
    assert rig.value("api", "load", 30) < 0.01


def test_whoever_scales_last_has_their_way_until_the_autoscaler_looks_again(broken):
    rig = scaled(broken, metric="rate", target=5.0, every="60s")
    rig.run_to(100)
    rig.do("scale api 2")
    assert replicas(rig, 75 + 90, 260)[1] == 10


def test_frozen_it_leaves_everything_as_it_is(broken):
    rig = scaled(broken, metric="rate", target=5.0, most=10)
    rig.world.autoscalers["api"].frozen = True
    assert replicas(rig, 100) == [4]
    rig.world.autoscalers["api"].frozen = False
    assert replicas(rig, 130) == [10]


@pytest.mark.parametrize("metric", ["load", "saturation", "queue", "rate", "in_flight"])
def test_every_metric_that_it_can_follow_has_a_value(broken, metric):
    rig = scaled(broken, metric=metric)
    rig.run_to(30)
    assert rig.value("api", metric) is not None


def test_one_that_flaps_goes_back_only_once_what_it_ordered_serves(broken):
    fault = {"kind": "autoscaler", "at": "1s", "service": "api", "does": "flaps"}
    rig = scaled(broken, fault, replicas=2, least=2, most=6, every="5s")
    assert replicas(rig, 14, 16, 19, 21, 36) == [2, 6, 6, 2, 6]
