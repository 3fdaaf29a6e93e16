from __future__ import annotations

import pytest

from gameday.core.signals import EDGE_METRICS, ENTRY_METRICS, SERVICE_METRICS


def test_a_reading_is_what_the_windows_say_rounded(rig):
    rig = rig()
    rig.run_to(5)
    services, entries = rig.world.signals.reading(5)
    assert services["db"].rate == rig.world.signals.value("db", "rate", 5)
    assert services["api"].replicas == 2
    assert entries["read"].errors == 0.0
    assert rig.world.signals.reading(0) == ({}, {})


def test_every_metric_that_has_a_name_has_a_value_where_there_is_such_a_thing(rig):
    rig = rig()
    rig.run_to(30)
    missing = [name for name in SERVICE_METRICS if rig.value("db", name) is None]
    assert missing == ["healthy", "pool", "cache_hits", "backlog", "lag", "canary", "deploy_age"]
    assert [name for name in ENTRY_METRICS if rig.value("read", name) is None] == []
    missing = [name for name in EDGE_METRICS if rig.value("api>db", name) is None]
    assert missing == ["pool", "cache_hits", "breaker"]


def test_errors_by_cause_add_up_to_the_errors(with_fault):
    rig = with_fault({"kind": "errors", "at": "10s", "service": "db", "share": "50%"})
    rig.run_to(30)
    assert rig.value("db", "errors_error") == rig.value("db", "errors")
    assert rig.value("db", "errors_timeout") == 0.0
    assert rig.value("api", "errors_dependency") == rig.value("api", "errors") > 0.1
    assert rig.value("db", "errors_of_another_world") == 0.0


def test_an_edge_is_seen_as_its_caller_sees_it(with_fault):
    rig = with_fault({"kind": "edge-loss", "at": "10s", "edge": "api>db", "share": "50%"})
    rig.run_to(40)
    assert rig.value("api>db", "errors_timeout") == pytest.approx(0.5, abs=0.1)
    assert rig.value("api>db", "retries") == rig.value("api", "retries") > 0
    assert rig.value("api>db", "rate") > rig.value("db", "rate")
    assert 0.0 < rig.value("api>db", "p95") < 0.5
    assert rig.value("db", "errors") == 0.0


def test_load_does_not_rise_while_all_wait_for_others_and_saturation_does(with_fault):
    rig = with_fault({"kind": "latency", "at": "30s", "service": "db", "factor": 5})
    rig.run_to(30)
    before = rig.value("api", "load"), rig.value("api", "saturation")
    rig.run_to(60)
    assert rig.value("api", "saturation") > 3 * before[1]
    assert rig.value("api", "load") < 1.1 * before[0]
    assert rig.value("db", "load") == rig.value("db", "saturation")


def test_a_quantile_of_a_minute_is_that_of_all_its_requests(rig):
    rig = rig()
    rig.run_to(90)
    worst = max(rig.world.signals.value("read", "p95", second) for second in range(31, 91))
    over_all = rig.value("read", "p95", over=60)
    assert rig.value("read", "p50", over=60) < over_all < worst


def test_a_value_of_the_past_stays_what_it_was(rig):
    rig = rig()
    rig.run_to(100)
    before = [rig.world.signals.value("read", metric, 77, 30) for metric in ENTRY_METRICS]
    rig.run_to(200)
    assert [rig.world.signals.value("read", metric, 77, 30) for metric in ENTRY_METRICS] == before


def test_reading_an_old_second_says_what_was_read_then(rig):
    rig = rig()
    rig.run_to(50)
    then = rig.world.signals.reading(50)
    rig.run_to(90)
    assert rig.world.signals.reading(50) == then


def test_what_the_score_needs_is_kept_of_every_second_and_takes_eight_bytes(rig):
    rig = rig()
    rig.run_to(60)
    truth = rig.world.truth_signals
    for column in (*truth.queues.values(), *truth.judged.values(), *truth.bad.values()):
        assert (len(column), column.itemsize) == (60, 8)


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
