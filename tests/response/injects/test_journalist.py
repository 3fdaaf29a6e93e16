"""A journalist, and what a reply to them does."""

from __future__ import annotations

import pytest

from gameday.core.events import InjectSettled

CALL = {"at": "100s", "name": "press", "kind": "journalist"}


def settled(stage):
    return [(event.outcome, event.by) for event in stage.events if isinstance(event, InjectSettled)]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("Please talk to our press office, they know more.", "passed-on"),
        ("Everything that we know is on our status page.", "passed-on"),
        ("dan answers such questions.", "passed-on"),
        ("Some customers cannot log in. We are on it.", "status"),
        ("It will be fixed in ten minutes.", "promised"),
        ("It was the fault of the database team.", "blamed"),
        ("I am busy.", "said"),
    ],
)
def test_a_reply_is_read_by_rule(make_stage, answer, outcome):
    stage = make_stage(injects=[CALL])
    stage.say("page dan")
    stage.run(60)
    stage.say("declare SEV-2")
    stage.run(110)
    stage.say("assign internal-liaison dan")
    stage.say(f"reply {answer}")
    stage.run(120)
    assert settled(stage) == [(outcome, "ana")]


def test_they_ask_whoever_talks_with_customers(make_stage):
    stage = make_stage(injects=[CALL])
    stage.say("page dan")
    stage.run(60)
    stage.say("declare SEV-2")
    stage.say("assign customer-liaison dan")
    stage.run(101)
    (question,) = stage.response.questions()
    assert (question.kind, question.to) == ("journalist", "dan")


def test_without_an_answer_they_write_that_there_was_none(make_stage):
    stage = make_stage(injects=[{**CALL, "from": "Nils", "answer_within": "1m"}])
    stage.run(300)
    assert settled(stage) == [("unanswered", "")]
    assert stage.response.questions() == ()
    assert any(text.startswith("Nils: ") for _, text in stage.log)
