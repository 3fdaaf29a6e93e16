from __future__ import annotations

from gameday.core.events import EvidenceShared, HypothesisStated


def test_the_newest_look_is_shared_or_the_one_that_is_named(make_game):
    game = make_game()
    assert game.say("share").text == "you have read nothing yet"
    game.say("metrics db")
    game.run(6)
    game.say("changes")
    game.run(6)
    game.say("share")
    game.say("share metrics")
    assert [event.command for event in game.of(EvidenceShared)] == ["changes", "metrics db"]
    assert game.say("share logs").text == 'you have read nothing with "logs"'


def test_a_hypothesis_is_heard_by_everybody(make_game):
    game = make_game()
    assert game.say("hypothesis db bad-deploy --confidence 60%").accepted
    (stated,) = game.of(HypothesisStated)
    assert (stated.person, stated.component, stated.confidence) == ("ana", "db", "60%")


def test_a_colleague_says_with_whom_they_agree(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("hypothesis db bad-deploy")
    game.say("ask dan what is wrong with db?")
    game.run(60)
    assert "ana" in game.said("dan")[-1]


def test_looks_of_others_are_under_way_for_all_to_see_and_in_no_record(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("ask dan for the logs of db")
    game.run(16)
    assert [(look.person, look.text) for look in game.session.observation.looks] == [("dan", "logs db")]
