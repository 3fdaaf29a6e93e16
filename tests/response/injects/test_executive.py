"""Executives who swoop in: what they want, who answers them, and what comes of it."""

from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.events import (
    ActionCompleted,
    ActionFailed,
    ActionStarted,
    InjectSettled,
    QuestionMissed,
    QuestionPut,
    Said,
)
from gameday.core.units import MICRO
from gameday.response.injects.executive import agrees


def executive(swoop, **keys):
    return {"at": "100s", "name": "vera", "kind": "executive", "swoop": swoop, **keys}


def settled(stage):
    return [(event.at / 1e6, event.outcome, event.by) for event in stage.events if isinstance(event, InjectSettled)]


def questions(stage):
    return [(event.at / 1e6, event.to) for event in stage.events if isinstance(event, QuestionPut)]


@pytest.fixture
def make_swoop(make_stage):
    """A stage on which dan is here, ana leads, and an executive comes at 100 s."""

    def make(swoop, **keys):
        stage = make_stage(injects=[executive(swoop, **keys)])
        stage.say("page dan")
        stage.run(60)
        for event in stage.events:
            stage.response.crew.hear(event)  # on this stage nobody hears by themselves
        stage.say("declare SEV-2")
        stage.run(101)
        return stage

    return make


def test_an_order_is_carried_out_where_the_commander_is_silent(make_swoop):
    stage = make_swoop("override", command="restart db")
    (question,) = stage.response.questions()
    assert (question.kind, question.to) == ("executive", "ana")
    assert "dan will do it in 1m30s, unless ana replies" in question.message
    stage.run(300)
    assert parse_command("as dan: restart db") in stage.hands.commands
    ((at, *outcome),) = settled(stage)
    assert outcome == ["obeyed", "dan"] and 190 < at < 300, "once dan gives the command"
    said = [event for event in stage.events if isinstance(event, Said) and event.person == "dan"]
    assert any("restart db" in event.message for event in said)


def test_the_commander_holds_it_off_with_a_reply(make_swoop):
    stage = make_swoop("override", command="restart db")
    stage.run(150)
    stage.say("reply No, thank you. We look into the cause first.")
    stage.run(400)
    assert parse_command("as dan: restart db") not in stage.hands.commands
    assert settled(stage) == [(150.0, "held", "ana")]


def test_a_reply_that_agrees_lets_it_go_ahead(make_swoop):
    stage = make_swoop("override", command="restart db")
    stage.say("reply yes, go ahead")
    stage.run(400)
    assert parse_command("as dan: restart db") in stage.hands.commands


def do(stage, command, *, by="bo", ends_at=None):
    """Somebody of the team does something; it is done at once, unless it is said when it ends (s)."""
    now = int(stage.env.now)
    ends = now if ends_at is None else ends_at * MICRO
    stage.response.hear(ActionStarted(now, "X1", command, by, ends))
    if ends_at is None:
        stage.response.hear(ActionCompleted(now, "X1", command, "done"))


def said_by(stage, person):
    return [event.message for event in stage.events if isinstance(event, Said) and event.person == person]


def test_an_order_is_dropped_where_the_team_has_done_just_that(make_swoop):
    stage = make_swoop("override", command="restart db")
    stage.run(130)
    do(stage, "restart db")
    stage.run(300)
    assert parse_command("as dan: restart db") not in stage.hands.commands
    assert settled(stage) == [(190.000001, "needless", "dan")]
    assert "restart db" in said_by(stage, "dan")[-1] and "bo did it at 02:10" in said_by(stage, "dan")[-1]


def test_an_order_is_dropped_where_somebody_is_at_it(make_swoop):
    stage = make_swoop("override", command="rollback db")
    stage.run(130)
    do(stage, "rollback db --force", ends_at=400)
    stage.run(300)
    assert parse_command("as dan: rollback db") not in stage.hands.commands
    assert "bo is at it (X1)" in said_by(stage, "dan")[-1]


def test_it_is_looked_at_again_when_whoever_obeys_gets_to_it(make_swoop):
    stage = make_swoop("override", command="restart db")
    stage.run(191)
    do(stage, "restart db", by="ana")
    stage.run(300)
    assert parse_command("as dan: restart db") not in stage.hands.commands
    assert [outcome for _, outcome, _ in settled(stage)] == ["needless"]


def test_a_restart_of_long_ago_is_no_reason_to_drop_an_order(make_stage):
    stage = make_stage(injects=[executive("override", command="restart db", at="400s")])
    stage.say("page dan")
    stage.run(60)
    for event in stage.events:
        stage.response.crew.hear(event)
    do(stage, "restart db")
    stage.run(600)
    assert parse_command("as dan: restart db") in stage.hands.commands


def test_an_order_that_failed_when_the_team_tried_it_is_carried_out(make_swoop):
    stage = make_swoop("override", command="restart db")
    do(stage, "restart db", ends_at=120)
    stage.response.hear(ActionFailed(120 * MICRO, "X1", "restart db", "no luck"))
    stage.run(300)
    assert parse_command("as dan: restart db") in stage.hands.commands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", True),
        ("Ok, do it", True),
        ("go ahead, dan", True),
        ("yes, but later", False),
        ("no", False),
        ("", False),
    ],
)
def test_what_agrees_says_yes_and_nothing_else(text, expected):
    assert agrees(text) is expected


def test_a_reply_by_somebody_else_does_not_hold_it_off(make_swoop):
    stage = make_swoop("override", command="restart db")
    stage.run(130)
    stage.say("as bo: reply I would rather not")
    stage.run(400)
    assert len(questions(stage)) == 2, "the executive turns to the commander again"
    assert [what for _, *what in settled(stage)] == [["obeyed", "dan"]]


def test_nobody_who_is_played_is_made_to_obey(make_stage):
    stage = make_stage(injects=[executive("override", command="restart db", to="ana")])
    stage.run(400)
    assert stage.hands.commands == []
    assert settled(stage)[0][1] == "unanswered"


def test_who_wants_to_know_asks_again_until_they_know(make_swoop):
    stage = make_swoop("information")
    stage.run(500)
    assert [round(at) for at, _ in questions(stage)] == [100, 280, 460]
    assert len([event for event in stage.events if isinstance(event, QuestionMissed)]) == 2
    stage.say("reply Customers cannot log in. Next update in 5 minutes.")
    stage.run(900)
    assert len(questions(stage)) == 3
    assert settled(stage) == [(500.0, "answered", "ana")]


def test_an_answer_without_impact_does_not_settle_it(make_swoop):
    stage = make_swoop("information")
    stage.say("reply we are on it")
    stage.run(300)
    assert len(questions(stage)) == 2
    assert settled(stage) == []


def test_the_internal_liaison_can_answer_too(make_swoop):
    stage = make_swoop("information")
    stage.say("assign internal-liaison dan")
    stage.say("as dan: reply About half of all logins fail for our customers.")
    stage.run(300)
    assert settled(stage) == [(101.0, "answered", "dan")]


def test_who_wants_to_know_gives_up_once_it_is_over(make_swoop):
    stage = make_swoop("information")
    stage.say("resolve")
    stage.run(900)
    assert len(questions(stage)) == 1
    assert settled(stage) == [(280.000001, "unanswered", "")]


def test_a_disputed_severity_is_held_by_a_reply(make_swoop):
    stage = make_swoop("severity")
    assert "SEV-2" in stage.response.questions()[0].message
    stage.say("reply It stays SEV-2: half of our customers cannot log in.")
    stage.run(300)
    assert settled(stage) == [(101.0, "held", "ana")]


@pytest.mark.parametrize(("severity", "outcome"), [("SEV-3", "lowered"), ("SEV-1", "held")])
def test_a_disputed_severity_is_settled_by_setting_it(make_swoop, severity, outcome):
    stage = make_swoop("severity")
    stage.run(130)
    stage.say(f"severity {severity}")
    stage.run(300)
    assert settled(stage)[0][1:] == (outcome, "ana")
    assert stage.response.questions() == ()


def test_a_dispute_that_nobody_answers_is_left(make_swoop):
    stage = make_swoop("severity")
    stage.run(600)
    assert settled(stage) == [(280.000001, "unanswered", "")]
    assert stage.response.questions() == ()


def test_without_heart_everybody_works_more_slowly_for_a_while(make_swoop):
    stage = make_swoop("demoralise")
    dan = stage.response.crew.worker("dan")
    assert dan.slowness == 1.4
    stage.run(401)
    assert dan.slowness == 1.0


def test_a_commander_who_speaks_up_gives_it_back(make_swoop):
    stage = make_swoop("demoralise")
    stage.say("reply Please let them work, they are on it. I call you afterwards.")
    stage.run(140)
    assert stage.response.crew.worker("dan").slowness == 1.0
    assert settled(stage) == [(101.0, "answered", "ana")]


def test_their_own_words_are_used_where_there_are_any(make_swoop):
    stage = make_swoop("severity", text="SEV-2? Really?", **{"from": "Ole (board)"})
    (question,) = stage.response.questions()
    assert (question.sender, question.message) == ("Ole (board)", "SEV-2? Really?")
