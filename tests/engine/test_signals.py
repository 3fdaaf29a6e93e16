from __future__ import annotations

import pytest

from gameday.core.signals import ENTRY_METRICS, SERVICE_METRICS


def test_a_reading_is_what_the_windows_say_rounded(rig):
    rig = rig()
    rig.run_to(5)
    services, entries = rig.world.signals.reading(5)
    assert services["db"].rate == rig.world.signals.value("db", "rate", 5)
    assert services["api"].replicas == 2
    assert entries["read"].errors == 0.0
    assert rig.world.signals.reading(0) == ({}, {})


def test_every_metric_that_has_a_name_has_a_value(rig):
    rig = rig()
    rig.run_to(30)
    missing = [name for name in SERVICE_METRICS if rig.value("db", name) is None]
    assert missing == ["deploy_age"]
    assert [name for name in ENTRY_METRICS if rig.value("read", name) is None] == []


def test_ratios_over_a_window_are_weighted_by_what_they_are_ratios_of(with_fault):
    rig = with_fault({"kind": "crash", "at": "10s", "service": "api"})
    rig.run_to(20)
    windows = rig.world.signals
    ended = [windows.value("read", "rate", second) for second in range(6, 16)]
    assert windows.value("read", "errors", 15, 10) == pytest.approx(sum(ended[5:]) / sum(ended), abs=0.08)


def test_shown_rates_are_multiplied_by_the_scale_and_physics_is_not(rig):
    plain = rig()
    system = plain.world.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)["system"]
    system["traffic"]["scale"] = 10
    scaled = rig(system=system)
    for one in (plain, scaled):
        one.run_to(20)
    assert scaled.value("read", "rate") == pytest.approx(10 * plain.value("read", "rate"))
    assert scaled.value("db", "saturation") == plain.value("db", "saturation")


def test_what_nobody_knows_has_no_data(rig):
    rig = rig()
    rig.run_to(5)
    assert rig.value("nobody", "errors") is None
    assert rig.value("db", "nothing") is None


def test_states_are_read_like_signals(rig):
    rig = rig()
    rig.joined.add("dan")
    assert rig.value("people", "dan") == 1.0
    assert rig.value("flags", "birch") == 0.0
    rig.do("scale api 3")
    assert rig.value("actions", "running") == 1.0
