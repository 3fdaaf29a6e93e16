from __future__ import annotations

import pytest

from gameday.core.events import CanReported, QuestionAnswered
from gameday.response.command.answers import objects


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
