from __future__ import annotations

import pytest

from gameday.core.events import ActionStarted, CanReported, Delegated, LookStarted
from gameday.core.wording import read_ask
from gameday.response.colleagues.knowing import Knowledge
from gameday.response.colleagues.understanding import is_thanks, order, reread


@pytest.fixture
def knowledge(small_exercise):
    system = {**small_exercise().scenario.system.model_dump(mode="json", by_alias=True, exclude_none=True)}
    return Knowledge(small_exercise(system={**system, "flags": {"cedar": {}}}).scenario)


@pytest.mark.parametrize(
    ("question", "command"),
    [
        ("please roll back db", "rollback db"),
        ("Can you restart web?", "restart web"),
        ("turn cedar off", "flag cedar off"),
        ("ok, now disable cedar please", "flag cedar off"),
        ("scale web to 4", "scale web 4"),
        ("did somebody restart web?", None),
        ("what happens if we roll back db?", None),
        ("restart it", None),
        ("roll back web or db", None),
        ("turn web off", None),
    ],
)
def test_what_is_to_be_done_is_told_from_what_is_to_be_known(knowledge, question, command):
    subjects = read_ask(question, knowledge.names).subjects
    found = order(question, subjects, knowledge)
    assert (found.body if found is not None else None) == command


@pytest.mark.parametrize(
    ("question", "intents"),
    [
        ("is db ok?", ("metrics",)),
        ("are logins working again?", ("metrics",)),
        ("any news?", ("can",)),
        ("how is it going", ("can",)),
        ("what do you need?", ("can",)),
        ("db", ()),
        ("hello?", ()),
    ],
)
def test_how_something_is_and_how_it_goes_are_no_vague_asks(knowledge, question, intents):
    reading = reread(question, read_ask(question, knowledge.names))
    assert (reading.intents, reading.vague) == (intents, not intents)


def test_a_kind_word_is_no_ask():
    assert is_thanks("Thanks a lot") and is_thanks("great work")
    assert not is_thanks("thanks, what changed?")


def test_an_ask_to_do_something_is_taken_as_a_command(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("ask dan please roll back db")
    game.run(15)
    assert game.of(Delegated)[0].command == "rollback db"
    assert game.of(ActionStarted)[0].by == "dan"


def test_a_reply_can_be_a_request_too(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("ask dan can you help")
    game.run(6)
    game.say("reply roll back db please")
    game.run(15)
    assert game.of(ActionStarted)[0].command == "rollback db"


def test_thanks_are_taken_kindly_and_set_nothing_off(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan thanks")
    game.run(30)
    assert len(game.said("dan")) == 2 and not game.of(LookStarted) and not game.session.response.questions()


def test_any_news_is_answered_with_a_report(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan any news?")
    game.run(30)
    assert game.of(CanReported, person="dan")
