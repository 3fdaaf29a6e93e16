"""Command among people: asks that come back, questions from outside, reports to the commander, hands on keyboards."""

from __future__ import annotations

import pytest

from gameday.core.events import (
    ActionCancelled,
    ActionRequested,
    Asked,
    AskForgotten,
    HandedOver,
    IncidentDeclared,
    InjectSettled,
    PageEscalated,
    PersonLeft,
    QuestionAnswered,
    QuestionMissed,
    QuestionPut,
    RoleAssigned,
    StatusPosted,
)
from gameday.core.units import MICRO
from gameday.scoring.command.approvals import risky_approved
from gameday.scoring.command.asking import answered_in_time, nothing_slipped
from gameday.scoring.command.leading import commander_leads, commander_named, handover_announced, severity_right
from gameday.scoring.command.paging import escalated_in_time
from gameday.scoring.communication import communication
from gameday.scoring.dimension import Case
from gameday.scoring.impact import measure_impact
from gameday.scoring.reports import reports_on_time
from gameday.scoring.times import measure_times

S = MICRO


def case_of(record):
    return Case(record, measure_times(record), measure_impact(record), None)


def put(
    second: int, purpose: str, due: int | None, *, ref: str = "Q1", to: str = "ana", about: str = ""
) -> QuestionPut:
    return QuestionPut(second * S, ref, purpose, "vp", to, "how bad is it?", about, None if due is None else due * S)


def test_without_asks_nothing_can_slip(make_record):
    assert not nothing_slipped(make_record()).due


def test_an_ask_that_was_forgotten_is_named(make_record):
    asked = Asked(60 * S, "ana", "bo", "what changed?", None)
    assert nothing_slipped(make_record(events=[asked])).met
    check = nothing_slipped(make_record(events=[asked, AskForgotten(90 * S, "bo", "what changed?")]))
    assert check.due
    assert not check.met
    assert "what changed?" in check.detail


@pytest.mark.parametrize(
    ("later", "due", "met"),
    [
        ([QuestionMissed(120 * S, "Q1", "vp", "ana")], True, False),
        ([QuestionAnswered(80 * S, "Q1", "ana", "40% of logins fail")], True, True),
        ([QuestionMissed(120 * S, "Q1", "vp", "ana"), QuestionAnswered(130 * S, "Q1", "ana", "sorry")], True, False),
    ],
)
def test_a_question_from_outside_wants_an_answer_in_time(make_record, later, due, met):
    check = answered_in_time(make_record(events=[put(60, "executive", 120), *later]))
    assert (check.due, check.met) == (due, met)


def test_a_question_that_is_not_due_yet_is_not_held_against_anybody(make_record):
    assert not answered_in_time(make_record(events=[put(590, "executive", 700)])).due


def test_an_answer_that_says_nothing_is_none_to_who_wants_to_know(make_record):
    first = [put(60, "executive", 240, about="information board"), QuestionAnswered(80 * S, "Q1", "ana", ".")]
    again = put(240, "executive", 420, ref="Q2", about="information board")
    told = QuestionAnswered(250 * S, "Q2", "ana", "Logins fail for some customers")
    for later in ([again, told], [InjectSettled(240 * S, "board", "unanswered", "")]):
        check = answered_in_time(make_record(events=[*first, *later]))
        assert (check.due, check.met) == (True, False)
        assert check.detail == "vp was not told what customers notice, asked at 01:00"
    assert answered_in_time(make_record(events=[*first, InjectSettled(80 * S, "board", "answered", "ana")])).met


def test_who_was_told_and_comes_again_much_later_has_not_asked_again(make_record):
    told = [put(60, "executive", 240, about="information board"), QuestionAnswered(80 * S, "Q1", "ana", "Logins fail")]
    settled = InjectSettled(80 * S, "board", "answered", "ana")
    returns = put(300, "executive", 480, ref="Q2", about="information board")
    assert answered_in_time(make_record(events=[*told, settled, returns])).met


def test_a_question_that_was_settled_without_an_answer_is_not_held_against_anybody(make_record):
    disputed = [
        put(60, "executive", 240, about="severity board SEV-2"),
        InjectSettled(90 * S, "board", "lowered", "ana"),
    ]
    assert answered_in_time(make_record(events=disputed)).met


def test_what_outsiders_ask_a_simulated_commander_is_not_the_players(make_record):
    asked = [put(60, "executive", 240, to="ira"), QuestionMissed(240 * S, "Q1", "vp", "ira")]
    assert not answered_in_time(make_record(events=asked)).due


def test_a_colleagues_question_is_no_question_from_outside(make_record):
    assert not answered_in_time(make_record(events=[put(60, "colleague", 120)])).due


def test_every_report_that_fell_due_is_a_check_of_its_own(make_record):
    record = make_record(
        events=[
            put(60, "can", 120),
            QuestionAnswered(100 * S, "Q1", "ana", "CAN report given"),
            put(300, "can", 360, ref="Q2"),
            QuestionMissed(360 * S, "Q2", "ira", "ana"),
            put(590, "can", 650, ref="Q3"),
        ]
    )
    assert [(check.met, check.due_at) for check in reports_on_time(record)] == [(True, 120 * S), (False, 360 * S)]


def test_a_report_that_nobody_waits_for_any_more_does_not_fall_due(make_record):
    assert reports_on_time(make_record(events=[put(60, "can", 120)])) == []


def test_reports_of_simulated_people_are_not_the_players(make_record):
    assert reports_on_time(make_record(events=[put(60, "can", 120, to="bo")])) == []


def test_who_hands_over_has_announced_it(make_record):
    declared, handed = IncidentDeclared(60 * S, "ana", "SEV-2"), HandedOver(200 * S, "ana", "bo", "x", "we roll back")
    assigned = RoleAssigned(200 * S, "bo", "incident-commander")
    assert handover_announced(make_record(events=[declared, handed, assigned])).met
    assert not handover_announced(make_record(events=[declared, assigned])).met


def test_an_action_that_was_taken_back_was_decided_on(make_record):
    waits = ActionRequested(60 * S, "X1", "restart db", "ana", "bo")
    assert not risky_approved(make_record(events=[waits])).met
    assert risky_approved(make_record(events=[waits, ActionCancelled(70 * S, "X1", "restart db", "bo")])).met


def test_a_commander_without_hands_on_a_keyboard_executes_nothing_even_alone(make_record, make_exercise):
    declared = IncidentDeclared(60 * S, "ana", "SEV-2")
    exercise = make_exercise(seats=[{"person": "ana", "hands_off": True}])
    acted = make_record(events=[declared], commands=[(90, "as ana: breakglass restart db")], exercise=exercise)
    assert not commander_leads(acted).met
    assert commander_leads(make_record(events=[declared], exercise=exercise)).met
    assert not commander_leads(make_record(events=[declared])).due


def test_what_a_simulated_commander_tells_customers_is_not_the_players_score(make_record):
    led = [IncidentDeclared(60 * S, "ira", "SEV-2"), RoleAssigned(60 * S, "ira", "incident-commander")]
    told = StatusPosted(90 * S, "ira", "It will be fixed in five minutes.")
    record = make_record(login="......" + "x" * 54, events=[*led, told])
    assert [check.text for check in communication(case_of(record), 15).checks if check.due] == []
    mine = make_record(login="......" + "x" * 54, events=[IncidentDeclared(60 * S, "ana", "SEV-2"), told])
    assert not all(check.met for check in communication(case_of(mine), 15).checks if check.due)


def due_of(record):
    checks = communication(case_of(record), 15).checks
    return [(check.text.partition(" by ")[0], check.met) for check in checks if check.due and check.due_at is not None]


def test_who_relieves_a_simulated_commander_owes_customers_what_falls_due_then(make_record):
    led = [IncidentDeclared(60 * S, "ira", "SEV-2"), RoleAssigned(60 * S, "ira", "incident-commander")]
    relieved = make_record(login="......" + "x" * 54, events=[*led, PersonLeft(300 * S, "ira", "relieved")])
    assert [met for _, met in due_of(relieved)] == [False]
    assert due_of(make_record(login="......" + "x" * 54, events=led)) == []


def test_who_hands_over_to_somebody_simulated_is_held_to_nothing_after_it(make_record):
    text = "Some customers cannot log in. Next update in 5 minutes."
    begun = [IncidentDeclared(60 * S, "ana", "SEV-2"), StatusPosted(70 * S, "ana", text)]
    handed = RoleAssigned(365 * S, "bo", "incident-commander")
    told = StatusPosted(368 * S, "bo", text)
    record = make_record(login="......" + "x" * 54, events=[*begun, handed, told], players=("ana",))
    assert due_of(record) == [("first public update", True)]


def test_the_severity_of_a_simulated_commander_is_not_the_players(make_record):
    led = [IncidentDeclared(60 * S, "ira", "SEV-1"), RoleAssigned(60 * S, "ira", "incident-commander")]
    assert not severity_right(make_record(events=led)).due
    assert severity_right(make_record(events=[IncidentDeclared(60 * S, "ana", "SEV-1")])).due


def test_command_that_was_left_to_nobody_is_not_command(make_record):
    led, gone = IncidentDeclared(60 * S, "ana", "SEV-2"), PersonLeft(200 * S, "ana", "end of shift")
    check = commander_named(case_of(make_record(login="......" + "x" * 54, events=[led, gone])))
    assert (check.met, check.detail) == (False, "nobody led after 03:20")
    followed = [led, gone, RoleAssigned(210 * S, "bo", "incident-commander")]
    assert commander_named(case_of(make_record(login="......" + "x" * 54, events=followed))).met


def test_who_sits_in_the_commanders_seat_is_named_from_the_start_and_has_to_declare(make_record, make_exercise):
    exercise = make_exercise(seats=[{"person": "ana", "role": "incident-commander"}])
    down = "......" + "x" * 54
    check = commander_named(case_of(make_record(login=down, exercise=exercise)))
    assert (check.text, check.met, check.detail) == ("the commander declares the incident", False, "nobody did")
    declared = [IncidentDeclared(60 * S, "ana", "SEV-2")]
    assert commander_named(case_of(make_record(login=down, exercise=exercise, events=declared))).met


def test_what_a_simulated_commander_escalates_is_neither_credit_nor_fault(make_record):
    assert not escalated_in_time(make_record(events=[PageEscalated(60 * S, "A1", 2, "ira")])).due
    assert escalated_in_time(make_record(events=[PageEscalated(60 * S, "A1", 2, "ana")])).met
    assert not escalated_in_time(make_record(events=[PageEscalated(60 * S, "A1", 2, "policy")])).met
