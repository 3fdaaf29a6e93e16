from __future__ import annotations

import pytest

from gameday.core.events import ActionApproved, ActionCancelled, ActionStarted, QuestionPut
from gameday.core.units import MICRO


@pytest.fixture
def waiting(make_game):
    """A game under a simulated commander in which ana's rollback waits for approval at 260 s."""
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(260)
    assert game.say("rollback db").text == "X1 waits for approval by the incident commander"
    return game.until(272)


def test_the_commander_asks_one_question_and_approves_after_an_answer(waiting):
    question = waiting.question("approval")
    assert (question.sender, question.to) == ("ira", "ana")
    assert waiting.of(QuestionPut, purpose="approval")[0].about == "X1"
    assert not waiting.of(ActionApproved)
    waiting.say("reply the metrics got bad with version 8")
    waiting.until(273)
    assert [event.by for event in waiting.of(ActionApproved)] == ["ira"]
    assert waiting.of(ActionStarted)[0].by == "ana"
    assert len(waiting.of(QuestionPut, purpose="approval")) == 1


def test_an_answer_that_says_nothing_is_asked_for_once_more_and_then_refused(waiting):
    waiting.say("reply yes")
    waiting.until(274)
    assert len(waiting.of(QuestionPut, purpose="approval")) == 2
    waiting.say("reply trust me")
    waiting.until(276)
    assert [event.by for event in waiting.of(ActionCancelled)] == ["ira"]
    assert "ask again once you can" in waiting.said("ira")[-1]
    assert not waiting.of(ActionApproved)


def test_without_an_answer_the_approver_reminds_and_goes_on_waiting(waiting):
    waiting.until(400)
    assert any("X1" in text for text in waiting.said("ira"))
    assert not waiting.of(ActionApproved) and not waiting.of(ActionCancelled)
    waiting.say("reply --question Q2 it came with the deploy")
    waiting.until(402)
    assert waiting.of(ActionApproved)


def test_a_question_about_an_action_that_is_gone_is_gone_too(waiting):
    waiting.say("cancel X1")
    waiting.until(500)
    assert not [question for question in waiting.session.response.questions() if question.kind == "approval"]


def test_a_report_that_asks_for_approval_hears_how_it_stands(waiting):
    waiting.say("can C: login fails A: waiting for X1 N: approval of X1")
    waiting.until(282)
    assert "Answer that" in waiting.said("ira")[-1]


def test_broken_glass_waits_for_nobody_and_is_recorded(make_game):
    game = make_game("responder").until(100)
    game.say("declare", "breakglass rollback db")
    assert "ana broke the glass for X1 rollback db, past approval" in game.log
    assert game.of(ActionStarted)


def test_a_rule_can_name_who_approves(make_game):
    game = make_game(actions=[{"verb": "rollback", "on": "db", "takes": "30s", "approver": "dan"}]).until(100)
    game.say("declare")
    assert game.say("rollback db").text == "X1 waits for approval by dan, who is not here; page dan"
    assert game.say("approve").text == "dan approves this; page dan"
    game.say("page dan")
    game.until(130)
    assert game.say("approve X1").text == "dan approves this"
    question = game.question("approval")
    assert question.sender == "dan"
    game.say("reply version 8 made it slow, and we can deploy it again")
    game.until(132)
    assert [event.by for event in game.of(ActionApproved)] == ["dan"]


def test_who_approves_needs_no_approval_of_their_own(make_game):
    game = make_game(actions=[{"verb": "rollback", "on": "db", "takes": "30s", "approver": "dan"}]).until(100)
    game.say("declare", "page dan")
    game.until(110)
    game.say("delegate dan rollback db")
    game.until(160)
    assert [event.by for event in game.of(ActionStarted)] == ["dan"]
    assert not game.of(ActionApproved)


def test_what_can_no_longer_be_done_is_refused_with_the_reason(make_game):
    rule = {"verb": "rollback", "on": "db", "takes": "30s", "approval": True, "needs": "dan"}
    game = make_game("responder", actions=[rule]).until(100)
    game.say("declare", "page dan")
    game.until(260)
    assert game.say("rollback db").text.startswith("X1 waits")
    game.until(272)
    game.say("relieve dan", "reply version 8 made it slow")
    game.until(274)
    assert [event.by for event in game.of(ActionCancelled)] == ["ira"]
    assert "rollback db needs dan, who has not joined" in game.said("ira")[-1]


def test_a_colleague_who_was_asked_to_do_it_is_approved_without_a_question(make_game):
    game = make_game("responder").until(100)
    game.say("declare", "page dan")
    game.until(260)
    game.say("delegate dan rollback db")
    game.until(300)
    assert not game.of(QuestionPut, purpose="approval")
    assert [event.by for event in game.of(ActionApproved)] == ["ira"]
    assert game.of(ActionApproved)[0].at <= 290 * MICRO
