from __future__ import annotations

import pytest

from gameday.core.events import CanReported, QuestionAnswered
from gameday.response.command.answers import objects
from gameday.response.command.reports import read_needs


def test_a_can_report_says_all_three_parts(make_game):
    game = make_game()
    assert game.say("can C: logins fail A: looking").text == (
        "a CAN report says conditions, actions and needs; missing: needs. "
        "can C: what you see A: what you do N: what you need, or nothing"
    )
    assert game.say("can C: logins fail A: looking N: nothing").text == "reported to everybody"
    report = game.of(CanReported)[0]
    assert (report.person, report.conditions, report.actions, report.needs) == (
        "ana",
        "logins fail",
        "looking",
        "nothing",
    )


def test_a_can_report_answers_whoever_asked_for_one(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(260)
    asked = game.question("can")
    assert (asked.sender, asked.to, asked.due_at - asked.asked_at) == ("ira", "ana", 120)
    refused = game.say("reply logins fail")
    assert refused.text.startswith(f"{asked.ref} asks for a CAN report: can C:")
    assert game.say("can C: logins fail A: looking N: nothing").text == "ira has your report"
    assert [event.question for event in game.of(QuestionAnswered)] == [asked.ref]


@pytest.mark.parametrize(
    ("answer", "against"),
    [
        ("nothing against it", False),
        ("no objection", False),
        ("No, close it", False),
        ("fine with me", False),
        ("wait, the queue is not empty", True),
        ("not yet", True),
        ("yes, it is too early", True),
        ("please keep it open", True),
        ("no wait", True),
        ("still green, go ahead", False),
    ],
)
def test_an_objection_is_told_from_none(answer, against):
    assert objects(answer) is against


@pytest.mark.parametrize(
    ("needs", "who", "approval"),
    [
        ("dan, not eve", ("dan",), False),
        ("no need for dan", (), False),
        ("dan; no approval needed", ("dan",), False),
        ("a go-ahead for X3", (), True),
        ("do not page dan, eve please", ("eve",), False),
    ],
)
def test_what_a_report_says_it_does_not_need_is_left_out(make_game, needs, who, approval):
    scenario = make_game().session.exercise.scenario
    found = read_needs(needs, scenario)
    assert (tuple(name for name in found.who if name in scenario.people), found.approval) == (who, approval)
