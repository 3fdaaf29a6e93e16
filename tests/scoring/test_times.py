"""The six times, on sessions written down by hand. Windows of 10 s: `.` meets, `x` misses, a space is empty."""

from __future__ import annotations

import pytest

from gameday.core.events import (
    AlertFired,
    CauseDiagnosed,
    IncidentDeclared,
    PageAcknowledged,
    PersonJoined,
)
from gameday.core.units import MICRO
from gameday.scoring.times import Times, backlog_limits, final_stretch, measure_times
from gameday.scoring.windows import missed_windows
from gameday.session.record import EntryHistory

S = MICRO


def test_without_a_missed_window_there_is_no_impact_and_no_time(make_record):
    events = [AlertFired(90 * S, "a", ""), PageAcknowledged(95 * S, "A1", "ana")]
    assert measure_times(make_record(events=events)) == Times()


def test_a_window_missed_before_the_trigger_is_no_impact(make_record):
    assert measure_times(make_record(login="..xx")).impact_began is None


def test_impact_begins_with_the_first_missed_window_after_the_trigger(make_record):
    times = measure_times(make_record(login="........xxxx", browse=".......x...."))
    assert times.impact_began == 70 * S


def test_mitigated_and_recovered_of_a_plain_outage(make_record):
    times = measure_times(make_record(login="......" + "x" * 20))
    assert (times.impact_began, times.mitigated, times.recovered) == (60 * S, 200.0, 320.0)


def test_one_missed_window_alone_does_not_break_the_stretch(make_record):
    times = measure_times(make_record(login="......xxxx....x....."))
    assert (times.mitigated, times.recovered) == (40.0, 160.0)


def test_two_missed_windows_in_a_row_break_it(make_record):
    times = measure_times(make_record(login="......xxxx....xx...."))
    assert (times.mitigated, times.recovered) == (100.0, 220.0)


def test_two_entries_that_miss_in_turn_break_it_together(make_record):
    times = measure_times(make_record(login="......xxxx....x.....", browse="...............x"))
    assert times.mitigated == 100.0


def test_an_empty_window_meets(make_record):
    times = measure_times(make_record(login="......xx" + " " * 52))
    assert (times.mitigated, times.recovered) == (20.0, 140.0)


def test_a_single_missed_window_is_an_impact_of_ten_seconds(make_record):
    times = measure_times(make_record(login="......x"))
    assert (times.mitigated, times.recovered) == (10.0, 130.0)


def test_down_at_the_end_is_never_mitigated(make_record):
    times = measure_times(make_record(login="......" + "x" * 54))
    assert times.mitigated is None
    assert times.recovered is None


def test_a_stretch_shorter_than_the_hold_window_is_mitigated_and_not_recovered(make_record):
    times = measure_times(make_record(login="......" + "x" * 43))
    assert (times.mitigated, times.recovered) == (430.0, None)


def test_a_stretch_that_lasts_exactly_the_hold_window_recovers(make_record):
    times = measure_times(make_record(login="......" + "x" * 42))
    assert (times.mitigated, times.recovered) == (420.0, 540.0)


def test_a_backlog_holds_recovery_up_until_it_is_below_one_second_of_work(make_record):
    queue = [0.0] * 60 + [500.0] * 200 + [101.0] * 40 + [99.0] * 300
    times = measure_times(make_record(login="......xxxx", queues={"sessions-db": queue}))
    assert (times.mitigated, times.recovered) == (40.0, 241.0)


def test_the_backlog_limit_is_twice_the_baseline_where_that_is_more(exercise):
    limits = backlog_limits(exercise.scenario, {"sessions-db": [80.0] * 60 + [900.0] * 9, "auth": [1.0] * 69}, 60 * S)
    assert limits == {"sessions-db": 160.0, "auth": 15000.0}


def test_a_declaration_before_impact_gives_a_negative_time(make_record):
    times = measure_times(make_record(login=".......xxxx", events=[IncidentDeclared(50 * S, "ana", "SEV-2")]))
    assert times.detected == -20.0


def test_detection_is_the_first_of_alert_and_declaration(make_record):
    events = [AlertFired(91 * S, "login", ""), IncidentDeclared(120 * S, "ana", "SEV-2")]
    assert measure_times(make_record(login="......xxxx", events=events)).detected == 31.0


def test_acknowledging_by_another_team_does_not_engage(make_record):
    events = [PageAcknowledged(90 * S, "A1", "sam"), PersonJoined(100 * S + 500_000, "bo", "auth")]
    times = measure_times(make_record(login="......xxxx", events=events))
    assert (times.acknowledged, times.engaged) == (30.0, 40.5)


@pytest.mark.parametrize(
    ("text", "engages"),
    [
        ("as ana: rollback sessions-db", True),
        ("as ana: retries auth>sessions-db 0", True),
        ("as ana: flag cedar off", True),
        ("as ana: restart catalog", False),
        ("as ana: retries gateway>auth 0", False),
        ("as ana: metrics sessions-db", False),
        ("as sam: rollback sessions-db", False),
    ],
)
def test_a_player_who_acts_on_the_true_component_is_engaged(make_record, text, engages):
    times = measure_times(make_record(login="......xxxx", commands=[(130, text)]))
    assert times.engaged == (70.0 if engages else None)


def test_a_rejected_action_engages_nobody(make_record):
    record = make_record(login="......xxxx", commands=[(130, "as ana: rollback sessions-db")], rejected=[130])
    assert measure_times(record).engaged is None


@pytest.mark.parametrize("component", ["auth>sessions-db", "cedar"])
def test_the_owners_of_an_edge_and_of_a_flag_are_those_of_the_services_it_concerns(
    make_record, make_exercise, component
):
    cause = {"component": component, "mechanism": "config"}
    faults = [{"kind": "edge-loss", "at": "60s", "edge": "auth>sessions-db"}]
    exercise = make_exercise(variants={"deploy": {"cause": cause, "faults": faults}})
    record = make_record(login="......xxxx", events=[PageAcknowledged(90 * S, "A1", "bo")], exercise=exercise)
    assert measure_times(record).engaged == 30.0


def test_the_diagnosis_counts_from_when_component_and_mechanism_are_both_right(make_record):
    events = [
        CauseDiagnosed(100 * S, "ana", "auth", "bad-deploy", ""),
        CauseDiagnosed(110 * S, "ana", "sessions-db", "slow", ""),
        CauseDiagnosed(120 * S, "ana", "sessions-db", "bad-deploy", ""),
    ]
    assert measure_times(make_record(login="......xxxx", events=events)).diagnosed == 60.0


def test_a_window_misses_only_when_its_share_exceeds_what_the_objective_allows():
    assert missed_windows(EntryHistory([10] * 10, [0] * 9 + [1]), 0.99) == (False,)
    assert missed_windows(EntryHistory([10] * 10, [0] * 9 + [2]), 0.99) == (True,)
    assert missed_windows(EntryHistory([1] * 10, [0] * 9 + [1]), 0.9) == (False,)
    assert missed_windows(EntryHistory([0] * 15, [0] * 15), 0.9) == (False, False)


@pytest.mark.parametrize(
    ("missed", "start"),
    [("x", None), ("xx", None), ("x.", 1), ("xx.", 2), ("x.x", 1), ("x.xx", None), ("x.xx.x.x.xx.", 11)],
)
def test_the_final_stretch_starts_after_the_last_two_in_a_row(missed, start):
    assert final_stretch([mark == "x" for mark in missed], 0) == start
