"""Asks and commands for somebody who was paged and is on their way: kept until they arrive, taken back, replaced."""

from __future__ import annotations

import pytest

from gameday.core.events import ActionStarted, Asked, CanReported, Delegated, LookStarted, MessageReceived, PersonJoined
from gameday.core.units import MICRO
from gameday.response.colleagues.keeping import takes_back


def called(make_game, person="dan", **keys):
    """A game in which somebody has just been paged, two minutes in."""
    game = make_game(**keys)
    game.run(120)
    assert game.say(f"page {person}").accepted
    return game


def pager(game):
    return [event.message for event in game.of(MessageReceived, sender="pager")]


def test_a_command_for_somebody_on_their_way_is_begun_on_arrival(make_game):
    game = called(make_game)
    verdict = game.say("delegate dan rollback db")
    assert verdict.accepted and verdict.text == "dan is on the way; will begin on arrival"
    assert game.of(Delegated, to="dan", command="rollback db")
    game.run(40)
    (joined,) = game.of(PersonJoined, person="dan")
    (started,) = game.of(ActionStarted)
    assert (started.by, started.command) == ("dan", "rollback db") and started.at > joined.at
    assert "rollback db" in game.said("dan")[0], "what has waited comes before a look of their own"


def test_an_ask_is_kept_too(make_game):
    game = called(make_game)
    assert "on the way" in game.say("ask dan is db ok?").text
    assert game.of(Asked, to="dan")
    game.run(60)
    assert game.of(CanReported, person="dan")


def test_several_things_are_begun_in_their_order(make_game):
    game = called(make_game)
    game.say("delegate dan metrics db")
    game.say("delegate dan logs db")
    game.run(90)
    assert [event.command for event in game.of(LookStarted, person="dan")][:2] == ["metrics db", "logs db"]


def test_what_is_kept_can_be_taken_back(make_game):
    game = called(make_game)
    game.say("delegate dan rollback db")
    assert game.say("ask dan never mind").text == "taken back: rollback db"
    verdict = game.say("ask dan never mind")
    assert not verdict.accepted and verdict.text == "nothing waits for dan"
    game.run(60)
    assert not game.of(ActionStarted) and "rollback" not in " ".join(game.said("dan"))


def test_a_command_on_the_same_replaces_the_one_before(make_game):
    game = called(make_game)
    game.say("delegate dan scale db 2")
    assert game.say("delegate dan scale db 4").text.endswith("will begin on arrival, instead of scale db 2")
    game.run(40)
    assert [event.command for event in game.of(ActionStarted)] == ["scale db 4"]


def test_who_has_not_come_by_the_time_is_said_and_it_is_dropped(make_game):
    game = called(make_game, "zed")
    assert "if that is before 03:00" in game.say("delegate zed --within 1m rollback db").text
    game.run(59)
    assert not pager(game)
    game.run(2)
    assert pager(game) == ["zed has not come, and rollback db was wanted by now: nobody does it"]
    assert game.say("ask zed forget it").text == "nothing waits for zed"


def test_without_a_time_it_is_said_once_and_still_waits(make_game):
    game = called(make_game, "zed")
    game.say("ask zed is db ok?")
    game.run(400)
    assert pager(game) == ['zed has not come yet; "is db ok?" still waits for them']
    assert game.of(MessageReceived, sender="pager")[0].at == (120 + 300) * MICRO
    assert game.say("ask zed never mind").accepted


def test_whoever_nobody_has_paged_cannot_be_asked(make_game):
    game = make_game()
    assert game.say("delegate dan rollback db").text == "dan is not here; page dan first"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("never mind", True),
        ("Oh, forget it please", True),
        ("no need any more", True),
        ("sorry, nevermind", True),
        ("is there no need to restart db?", False),
        ("what is wrong with db?", False),
        ("leave db alone", False),
    ],
)
def test_what_takes_it_back(question, expected):
    assert takes_back(question) is expected
