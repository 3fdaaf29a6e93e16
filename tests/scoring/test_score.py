from __future__ import annotations

import json

import pytest

from gameday.core.events import IncidentDeclared, IncidentResolved, QuestionMissed, QuestionPut, RoleAssigned
from gameday.core.units import MICRO
from gameday.scoring.caps import Cap
from gameday.scoring.dimension import Dimension, percent
from gameday.scoring.outcome import outcome_of
from gameday.scoring.rubric import RUBRIC, WEIGHTS, legend, rate
from gameday.scoring.score import combine, score
from gameday.session.record import EntryImpact

S = MICRO
OUTAGE = "......" + "x" * 20
DOWN = "......" + "x" * 54
RUN_KEYS = [
    "scenario", "variant", "scenario_digest", "seed", "responder", "hat", "modifiers", "ending", "times", "impact",
    "score", "digest",
]  # fmt: skip


def dimensions(**values):
    """All dimensions at 0.5 but for `values`; None is not evaluated."""
    given = {name: values.get(name, 0.5) for name in WEIGHTS}
    return {
        name: Dimension(WEIGHTS[name], value, (), 0.0 if value is None else WEIGHTS[name])
        for name, value in given.items()
    }


def test_the_weights_add_up_to_a_hundred():
    assert sum(WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("total", "rating"), [(100, "P"), (85, "P"), (84.9, "S"), (65, "S"), (64.9, "M"), (40, "M"), (39.9, "U"), (0, "U")]
)
def test_ratings_have_their_borders(total, rating):
    assert rate(total) == rating


@pytest.mark.parametrize(
    ("values", "total", "coverage"),
    [
        ({}, 50.0, 1.0),
        ({"decisions": None}, 50.0, 0.9),
        ({"decisions": None, "recovery_time": 1.0}, 100 * (25 + 0.5 * 65) / 90, 0.9),
        ({"decisions": None, "command": None}, 50.0, 0.8),
        ({"decisions": None, "communication": None}, None, 0.75),
        ({"recovery_time": None, "customer_impact": None, "decisions": None}, None, 0.35),
        (dict.fromkeys(WEIGHTS, 1.1), 100.0, 1.0),
        ({**dict.fromkeys(WEIGHTS, 0.0), "customer_impact": -0.3}, 0.0, 1.0),
        (dict.fromkeys(WEIGHTS), None, 0.0),
    ],
)
def test_the_total_is_the_mean_of_what_was_evaluated_and_null_below_four_fifths(exercise, values, total, coverage):
    found = combine(dimensions(**values), (), exercise.scenario)
    assert found.total == (None if total is None else pytest.approx(total, abs=0.05))
    assert (found.rating is None) == (total is None)
    assert found.coverage == pytest.approx(coverage)


@pytest.mark.parametrize(
    ("value", "caps", "rating"),
    [(1, "M", "M"), (1, "MU", "U"), (1, "U", "U"), (0.1, "M", "U"), (0.5, "M", "M"), (0.7, "", "S")],
)
def test_caps_bound_the_rating_and_leave_the_total_alone(exercise, value, caps, rating):
    found = combine(dimensions(**dict.fromkeys(WEIGHTS, value)), tuple(Cap(c, "why") for c in caps), exercise.scenario)
    assert (found.total, found.rating) == (100 * value, rating)


def test_without_a_proof_there_is_no_total(make_record):
    found = score(make_record(login=OUTAGE), None)
    assert (found.total, found.rating, found.coverage) == (None, None, 0.35)


def test_with_a_proof_nine_tenths_are_evaluated_and_the_rubric_is_named(make_record, make_proof):
    found = score(make_record(login=OUTAGE), make_proof())
    assert found.total is not None
    assert (found.coverage, found.rubric) == (0.9, RUBRIC)
    assert found.dimensions["decisions"].value is None


def test_never_recovered_is_unable_where_the_reference_does_recover(make_record, make_proof):
    record = make_record(login=DOWN, impact={"login": EntryImpact(100, 0)})
    assert [cap.rating for cap in score(record, make_proof()).caps] == ["U"]
    assert score(record, make_proof(par={"recovered": None})).caps == ()
    assert score(make_record(), make_proof()).caps == ()


def test_an_entry_that_fails_at_the_end_and_would_not_have_caps_at_major_challenges(make_record, make_proof):
    record = make_record(browse=DOWN)
    assert [cap.rating for cap in score(record, make_proof(par={"recovered": None})).caps] == ["M"]
    mended = make_record(browse=OUTAGE)
    assert score(mended, make_proof()).caps == ()


def test_the_scenario_can_weigh_otherwise(make_record, make_proof, make_exercise):
    exercise = make_exercise(scoring={"weights": {"decisions": 0, "recovery_time": 35}})
    found = score(make_record(login=OUTAGE, exercise=exercise), make_proof())
    assert found.coverage == 1.0
    assert found.dimensions["recovery_time"].weight == 35


def test_a_learning_objective_is_rated_by_its_dimensions(make_record, make_exercise, make_proof):
    objectives = [{"text": "lead", "dimensions": ["command"]}, {"text": "decide", "dimensions": ["decisions"]}]
    exercise = make_exercise(objectives=objectives)
    found = score(make_record(login=OUTAGE, exercise=exercise), make_proof())
    assert [(o.text, o.rating) for o in found.objectives] == [("lead", "U"), ("decide", None)]


def test_a_learning_objective_earns_nothing_by_what_nobody_had_to_do(make_record, make_exercise, make_proof):
    objectives = [
        {"text": "declare and tell", "dimensions": ["communication", "command"]},
        {"text": "tell", "dimensions": ["communication"]},
    ]
    led = [IncidentDeclared(60 * S, "ira", "SEV-2"), RoleAssigned(60 * S, "ira", "incident-commander")]
    asked = [
        QuestionPut(120 * S, "Q1", "can", "ira", "ana", "a CAN report", "", 180 * S),
        QuestionMissed(180 * S, "Q1", "ira", "ana"),
    ]
    exercise = make_exercise(objectives=objectives)
    found = score(make_record(login=DOWN, exercise=exercise, events=[*led, *asked]), make_proof())
    assert (found.dimensions["communication"].value, found.dimensions["command"].value) == (0.0, 1.0)
    assert [one.rating for one in found.objectives] == ["U", "U"]
    found = score(make_record(login=DOWN, exercise=exercise, events=led), make_proof())
    assert [one.rating for one in found.objectives] == [None, None]


def test_a_legend_holds_the_letters_that_stand_somewhere():
    assert legend(["U", "P", None]) == (
        "P: performed without challenges; U: unable to be performed; –: nothing fell due"
    )


def test_what_rounds_to_nothing_has_no_sign():
    assert [percent(share) for share in (-0.002, 0.0, 0.004, -0.01, 0.875, 1.1)] == [
        "0%", "0%", "0%", "-1%", "88%", "110%",
    ]  # fmt: skip


def test_the_outcome_has_exactly_the_keys_of_the_contract(make_record, make_proof):
    data = outcome_of(make_record(login=OUTAGE, impact={"login": EntryImpact(100, 50)}), make_proof()).to_json()
    assert list(data) == RUN_KEYS
    assert list(data["times"]) == ["detected", "acknowledged", "engaged", "diagnosed", "mitigated", "recovered"]
    assert list(data["impact"]) == [
        "bad_requests", "bad_seconds", "error_budget_burned", "revenue_lost", "customers_left",
    ]  # fmt: skip
    assert list(data["score"])[:4] == ["total", "rating", "coverage", "dimensions"]
    assert list(data["score"]["dimensions"]) == list(WEIGHTS)
    assert data["score"]["dimensions"]["decisions"]["value"] is None
    assert json.loads(json.dumps(data, allow_nan=False)) == data


RESOLVED = [IncidentResolved(300 * S, "ana")]


@pytest.mark.parametrize(
    ("windows", "events", "aborted", "ending"),
    [
        (OUTAGE, [], False, "recovered"),
        (OUTAGE, RESOLVED, True, "recovered"),
        ("", [], False, "recovered"),
        ("", [], True, "aborted"),
        (DOWN, [], False, "unresolved"),
        (DOWN, RESOLVED, False, "false-recovery"),
        (DOWN, [], True, "aborted"),
    ],
)
def test_a_session_ends_in_one_of_four_ways(make_record, windows, events, aborted, ending):
    assert outcome_of(make_record(login=windows, events=events, aborted=aborted), None).ending == ending
