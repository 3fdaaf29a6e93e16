from __future__ import annotations

import pytest

from gameday.core.units import parse_duration
from gameday.scoring.impact import baseline_demand, measure_impact, weighted_arrivals
from gameday.session.record import EntryImpact

LOST = {"browse": EntryImpact(1000, 10), "login": EntryImpact(400, 50), "crawler": EntryImpact(100, 99)}


def with_traffic(make_exercise, **changes):
    from_scenario = make_exercise().scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    system = from_scenario["system"]
    return make_exercise(system={**system, "traffic": {**system["traffic"], **changes}})


def test_bad_requests_are_weighted_and_what_is_not_demand_is_left_out(make_record):
    assert measure_impact(make_record(impact=LOST)).bad_requests == 10 + 2 * 50


def test_one_simulated_request_stands_for_scale_real_ones(make_record, make_exercise):
    record = make_record(impact=LOST, exercise=with_traffic(make_exercise, scale=10))
    assert measure_impact(record).bad_requests == 1100.0
    assert weighted_arrivals(record) == 10 * (1000 + 2 * 400)


def test_bad_seconds_are_the_missed_windows_up_to_the_horizon(make_record):
    assert measure_impact(make_record(login="......xxx", browse="........xx")).bad_seconds == 40
    assert measure_impact(make_record(login="......xxxx", horizon="80s")).bad_seconds == 20


def test_the_budget_burned_is_that_of_the_worst_entry(make_record):
    expected = 50 / (30 * 86400 * 20 * 0.01)
    assert measure_impact(make_record(impact=LOST)).error_budget_burned == pytest.approx(expected)


def test_money_and_customers_are_null_without_a_business_block(make_record):
    impact = measure_impact(make_record(impact=LOST))
    assert (impact.revenue_lost, impact.customers_left) == (None, None)


def test_money_and_customers_count_requests_unweighted(make_record, make_exercise):
    exercise = make_exercise(business={"revenue_per_good_request": 0.05, "leaves_after": 7})
    impact = measure_impact(make_record(impact=LOST, exercise=exercise))
    assert (impact.revenue_lost, impact.customers_left) == (3.0, 8)


@pytest.mark.parametrize(
    ("shape", "seconds"),
    [
        ([], 600.0),
        ([{"at": "0s", "factor": 2}], 1200.0),
        ([{"at": "60s", "factor": 1}, {"at": "160s", "factor": 3}], 60 + 200 + 3 * 440),
        ([{"at": "300s", "factor": 1}, {"at": "900s", "factor": 3}], 300 + 450.0),
    ],
)
def test_the_baseline_demand_follows_the_shape_of_the_traffic(make_exercise, shape, seconds):
    exercise = with_traffic(make_exercise, shape=shape)
    assert baseline_demand(exercise.scenario, parse_duration("10m")) == pytest.approx((60 + 2 * 20) * seconds)
