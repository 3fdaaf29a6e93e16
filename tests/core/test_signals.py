from __future__ import annotations

from gameday.core.signals import CAUSES, METRICS, RATIO_METRICS, SERVICE_COLUMNS, TIME_METRICS
from gameday.engine.traffic.codes import OUTCOMES


def test_every_way_to_fail_has_a_meaning_and_a_metric():
    assert list(CAUSES) == [outcome for outcome in OUTCOMES if outcome != "ok"]
    assert all(f"errors_{cause}" in METRICS for cause in CAUSES)


def test_every_ratio_and_time_is_a_metric():
    assert set(METRICS) >= RATIO_METRICS | TIME_METRICS


def test_what_a_reading_shows_of_a_service_has_a_name():
    assert set(SERVICE_COLUMNS) - {"version"} <= set(METRICS)
