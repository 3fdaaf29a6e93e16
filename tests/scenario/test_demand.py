"""Utilisation at rest, against figures by hand."""

from __future__ import annotations

import pytest

from gameday.scenario.checks.demand import total_visits, utilisations
from gameday.scenario.load import load
from tests.scenario.small import SCENARIO, write


def test_a_thread_is_held_while_what_it_calls_works(tmp_path):
    scenario = load(str(write(tmp_path))).scenario
    found = utilisations(scenario)
    assert found["store"] == pytest.approx(20 * 0.005 / 8)
    assert found["shop"] == pytest.approx(20 * (0.005 + 0.005) / 8)


def test_fractional_calls_and_the_shape_at_the_beginning_count(tmp_path):
    text = SCENARIO.replace("timeout: 100ms}", "timeout: 100ms, calls: 2.5}").replace(
        "rate: 20/s, timeout: 1s}", "rate: 20/s, timeout: 1s, shape: [{at: 0, factor: 0.5}, {at: 60s, factor: 1}]}"
    )
    found = utilisations(load(str(write(tmp_path, text))).scenario)
    assert found["store"] == pytest.approx(10 * 2.5 * 0.005 / 8)


def test_a_loop_service_is_held_by_its_own_work_only(tmp_path):
    text = SCENARIO.replace("shop: {team", "shop: {waits: loop, team")
    assert utilisations(load(str(write(tmp_path, text))).scenario)["shop"] == pytest.approx(20 * 0.005 / 8)


def test_visits_of_a_session_are_rate_times_duration_times_the_services_called(tmp_path):
    text = SCENARIO.replace("timeout: 100ms}", "timeout: 100ms, calls: 2.5}")
    assert total_visits(load(str(write(tmp_path, text))).scenario) == pytest.approx(20 * 300 * 3.5)


def test_visits_follow_the_shape_to_the_end_of_the_session(tmp_path):
    shape = "shape: [{at: 60s, factor: 1}, {at: 120s, factor: 3}, {at: 10m, factor: 3}]"
    text = SCENARIO.replace("rate: 20/s, timeout: 1s}", f"rate: 20/s, timeout: 1s, {shape}}}")
    assert total_visits(load(str(write(tmp_path, text))).scenario) == pytest.approx(20 * 2 * (60 + 120 + 180 * 3))
