"""Recovery time, customer impact, diagnosis and command: their formulas, as tables."""

from __future__ import annotations

import pytest

from gameday.core.events import (
    ActionApproved,
    ActionRequested,
    CauseDiagnosed,
    IncidentDeclared,
    IncidentResolved,
    NoteTaken,
    PageAcknowledged,
    Paged,
    PageEscalated,
    PageExhausted,
    RoleAssigned,
    SeverityChanged,
)
from gameday.core.units import MICRO
from gameday.scoring import score
from gameday.scoring.command import command
from gameday.scoring.customer_impact import customer_impact, skill
from gameday.scoring.diagnosis import diagnosis, hops_between
from gameday.scoring.impact import measure_impact
from gameday.scoring.recovery import precision_of_pages, recovery_time, timeliness
from gameday.scoring.times import measure_times
from gameday.session.record import EntryImpact

S = MICRO
OUTAGE = "......" + "x" * 20


def case_of(record, proof=None):
    return score.case_of(record, proof, measure_times(record), measure_impact(record))


@pytest.mark.parametrize(
    ("time", "par", "value"),
    [(None, 60, 0), (-10, 60, 1), (60, 60, 1), (180, 60, 0.5), (300, 60, 0.25), (400, 200, 0.5), (110, -10, 0.5)],
)
def test_a_part_is_one_up_to_par_and_halves_with_each_par_more(time, par, value):
    assert timeliness(time, par) == pytest.approx(value)


def test_at_par_recovery_is_worth_everything(make_record, make_proof):
    events = [Paged(90 * S, "A1", "ana", "", "page", "policy", 1), PageAcknowledged(110 * S, "A1", "ana")]
    dimension = recovery_time(case_of(make_record(login=OUTAGE, events=events), make_proof()), 25)
    assert (dimension.value, dimension.evaluated) == (1.0, 25)


def test_the_parts_weigh_five_five_seven_and_eight(make_record, make_proof):
    dimension = recovery_time(case_of(make_record(login=OUTAGE), make_proof()), 25)
    assert dimension.value == pytest.approx(15 / 25)


def test_a_part_without_a_par_is_not_evaluated(make_record, make_proof):
    proof = make_proof(par={"acknowledged": None, "engaged": None})
    dimension = recovery_time(case_of(make_record(login=OUTAGE), proof), 25)
    assert (dimension.value, dimension.evaluated) == (1.0, 15)


def test_par_is_of_as_many_runs_as_the_proof_was_made_from(make_record, make_proof):
    for seeds, source in ((200, "par: the median of 200 runs of the playbook"), (1, "par: one run of the playbook")):
        case = case_of(make_record(login=OUTAGE), make_proof().model_copy(update={"seeds": seeds}))
        checks = (*recovery_time(case, 25).checks, *customer_impact(case, 30).checks)
        assert {check.source for check in checks} == {source}


def test_times_are_told_as_the_clock_shows_them(make_record, make_proof):
    checks = recovery_time(case_of(make_record(login=OUTAGE), make_proof()), 25).checks
    assert [check.text for check in checks] == [
        "acknowledged: never, par 01:00",
        "engaged: never, par 01:00",
        "mitigated: 03:20, par 03:20",
        "recovered: 05:20, par 05:20",
    ]


def test_without_impact_recovery_is_one_and_without_a_proof_nothing(make_record, make_proof):
    assert recovery_time(case_of(make_record(), make_proof()), 25).value == 1.0
    assert recovery_time(case_of(make_record()), 25).value is None


@pytest.mark.parametrize(
    ("people", "share"),
    [((), 1.0), (("ana",), 1.0), (("ana", "ana", "bo"), 1.0), (("ana", "eli", "sam", "bo"), 0.5),
     (("ana", "bo", "eli"), 2 / 3), (("sam",), 0.5)],
)  # fmt: skip
def test_engaging_counts_by_the_share_of_right_people_paged_at_least_one_half(make_record, people, share):
    events = [Paged(90 * S, f"A{n}", person, "", "page", "ana", 1) for n, person in enumerate(people)]
    assert precision_of_pages(make_record(events=events)) == pytest.approx(share)


def test_whom_a_policy_pages_for_another_alert_does_not_lessen_the_engagement(make_record):
    events = [Paged(90 * S, f"A{n}", person, "", "page", "policy", 1) for n, person in enumerate(("ana", "eli", "sam"))]
    assert precision_of_pages(make_record(events=events)) == 1.0


@pytest.mark.parametrize(
    ("bad", "nothing", "par", "value"),
    [
        (5000, 5000, 1000, 0.0),
        (1000, 5000, 1000, 1.0),
        (3000, 5000, 1000, 0.5),
        (0, 5000, 1000, 1.1),
        (9000, 5000, 1000, -0.3),
        (950, 1000, 950, 1.0),
        (1425, 1000, 950, 0.5),
        (9000, 1000, 950, -0.3),
        (50, 0, 0, 0.5),
        (4500, 5000, 4500, 1.0),
    ],
)
def test_skill_is_measured_between_nothing_and_par_and_from_par_where_waiting_is_right(bad, nothing, par, value):
    assert skill(bad, nothing=nothing, par=par, floor=100) == pytest.approx(value)


def guess(component, mechanism="bad-deploy", sustaining="retry-storm", at=100):
    return CauseDiagnosed(at * S, "ana", component, mechanism, sustaining)


@pytest.mark.parametrize(
    ("guesses", "value"),
    [
        ([], 0),
        ([guess("sessions-db")], 1),
        ([guess("sessions-db", "slow")], 2 / 3),
        ([guess("sessions-db", "slow", "queue")], 1 / 3),
        ([guess("auth")], (1 / 2 + 2) / 3),
        ([guess("gateway")], (1 / 3 + 2) / 3),
        ([guess("catalog")], (1 / 4 + 2) / 3),
        ([guess("island")], 2 / 3),
        ([guess("nowhere")], 2 / 3),
        ([guess("cedar")], (1 / 2 + 2) / 3),
        ([guess("auth>sessions-db")], (1 / 2 + 2) / 3),
        ([guess("catalog"), guess("sessions-db")], 1 / 2),
        ([guess("sessions-db"), guess("sessions-db")], 1),
    ],
)
def test_a_diagnosis_is_worth_thirds_for_component_mechanism_and_sustaining_effect(make_record, guesses, value):
    assert diagnosis(case_of(make_record(login=OUTAGE, events=guesses)), 10).value == pytest.approx(value)


def test_without_a_sustaining_effect_component_and_mechanism_are_halves(make_record, make_exercise):
    cause = {"component": "sessions-db", "mechanism": "slow", "sustaining": "none"}
    faults = [{"kind": "capacity", "at": "60s", "service": "sessions-db", "lost": 0.5}]
    exercise = make_exercise(variants={"deploy": {"cause": cause, "faults": faults}})
    record = make_record(login=OUTAGE, events=[guess("auth", "slow", "queue")], exercise=exercise)
    assert diagnosis(case_of(record), 10).value == pytest.approx(3 / 4)


def test_hops_follow_dependencies_in_either_direction(exercise):
    assert hops_between(exercise.scenario, "sessions-db", "catalog") == 3
    assert hops_between(exercise.scenario, "catalog", "sessions-db") == 3
    assert hops_between(exercise.scenario, "login", "gateway") == 1
    assert hops_between(exercise.scenario, "island", "auth") is None


DECLARED = IncidentDeclared(100 * S, "ana", "SEV-2")


def met(record, *wanted):
    """`wanted` of the checks that fell due, by the first words of their texts: what was met."""
    checks = [check for check in command(case_of(record), 10).checks if check.due]
    return {start: check.met for start in wanted for check in checks if check.text.startswith(start)}


@pytest.mark.parametrize(
    ("bad", "detail", "met"),
    [(1600, "worth 85%", True), (1601, "worth 85%", False), (600, "worth 110%; fewer than par count up to 110%", True)],
)
def test_the_impact_is_a_share_and_nothing_to_change_where_it_earns_a_p(make_record, make_proof, bad, detail, met):
    impact = {"browse": EntryImpact(5000, bad)}
    [check] = customer_impact(case_of(make_record(impact=impact), make_proof()), 30).checks
    assert (check.text, check.detail) == (f"{bad:,} bad requests; par 1,000, doing nothing 5,000", detail)
    assert (check.met, check.value) == (met, pytest.approx((5000 - bad) / 4000))


def test_nothing_due_is_full_marks(make_record):
    dimension = command(case_of(make_record()), 10)
    assert (dimension.value, dimension.evaluated) == (1.0, 10)


def test_who_declares_is_the_commander(make_record):
    assert met(make_record(login=OUTAGE, events=[DECLARED]), "an incident commander") == {"an incident commander": True}
    assert met(make_record(login=OUTAGE), "an incident commander") == {"an incident commander": False}


def test_the_severity_that_counts_is_the_one_at_the_close(make_record):
    wrong = IncidentDeclared(100 * S, "ana", "SEV-4")
    mended = SeverityChanged(200 * S, "ana", "SEV-2")
    closed = IncidentResolved(150 * S, "ana")
    assert met(make_record(login=OUTAGE, events=[wrong, mended]), "the severity") == {"the severity": True}
    assert met(make_record(login=OUTAGE, events=[wrong, closed, mended]), "the severity") == {"the severity": False}


def test_risky_actions_are_not_left_waiting(make_record):
    asked = ActionRequested(100 * S, "X1", "failover db", "bo", "ana")
    assert met(make_record(events=[asked]), "risky") == {"risky": False}
    assert met(make_record(events=[asked, ActionApproved(110 * S, "X1", "ana")]), "risky") == {"risky": True}


def test_escalating_by_hand_comes_before_the_policy(make_record):
    by_hand = [PageEscalated(100 * S, "A1", 2, "ana"), PageEscalated(400 * S, "A1", 3, "policy")]
    assert met(make_record(events=by_hand), "pages") == {"pages": True}
    assert met(make_record(events=by_hand[1:]), "pages") == {"pages": False}
    assert met(make_record(events=[PageExhausted(100 * S, "A1")]), "pages") == {"pages": False}
    assert met(make_record(events=[Paged(90 * S, "A1", "ana", "", "page", "policy", 1)]), "pages") == {}


def test_a_change_of_command_is_announced_within_two_minutes(make_record):
    change = RoleAssigned(200 * S, "bo", "incident-commander")
    said = NoteTaken(210 * S, "ana", "Bo has command now")
    late = NoteTaken(400 * S, "ana", "Bo has command now")
    assert met(make_record(events=[DECLARED, change, said]), "a change") == {"a change": True}
    assert met(make_record(events=[DECLARED, change, late]), "a change") == {"a change": False}
    assert met(make_record(events=[DECLARED, RoleAssigned(200 * S, "ana", "incident-commander")]), "a change") == {}


def test_with_three_players_the_commander_keeps_off_the_keyboards(make_record):
    three, act = ("ana", "bo", "eli"), [(120, "as ana: restart auth")]
    check = "the commander executes"
    assert met(make_record(events=[DECLARED], commands=act, players=three), check) == {check: False}
    assert met(make_record(events=[DECLARED], commands=act, players=("ana", "bo")), check) == {}
    by_another = [(120, "as bo: restart auth"), (90, "as ana: restart auth")]
    assert met(make_record(events=[DECLARED], commands=by_another, players=three), check) == {check: True}
