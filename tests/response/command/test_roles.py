from __future__ import annotations

from gameday.core.events import HandedOver, NoteTaken, PersonLeft, RoleAssigned


def test_a_simulated_colleague_who_gets_a_role_says_so(make_game):
    game = make_game().until(100)
    assert game.say("declare", "assign scribe dan").text == "dan is not here; page them first"
    game.say("page dan")
    game.until(110)
    assert game.say("assign scribe dan").text == "dan is scribe"
    game.until(120)
    assert any("scribe" in text.lower() for text in game.said("dan"))
    assert game.roles() == {"incident-commander": "ana", "scribe": "dan"}


def test_who_is_relieved_leaves_and_holds_no_role(make_game):
    game = make_game().until(100)
    game.say("declare", "page dan")
    game.until(110)
    game.say("assign scribe dan")
    assert game.say("relieve dan").text == "dan leaves; open again: scribe"
    assert [event.reason for event in game.of(PersonLeft)] == ["relieved by ana, with thanks"]
    assert game.roles() == {"incident-commander": "ana"}
    assert game.person("dan").state == "gone"
    assert game.say("relieve dan").text == "dan is not here"


def test_nobody_sends_a_player_off(make_game):
    game = make_game(seats=[{"person": "ana"}, {"person": "eve"}])
    refused = game.say("relieve eve")
    assert (refused.accepted, refused.text) == (
        False,
        "eve is played, and nobody sends a player off; assign their role to somebody else",
    )


def test_command_falls_to_the_deputy_when_the_commander_is_relieved(make_game):
    game = make_game("responder").until(100)
    game.say("declare", "page dan")
    game.until(220)
    assert game.roles()["incident-commander"] == "ira"
    game.say("assign deputy dan")
    assert game.say("relieve ira").text == "ira leaves; dan was deputy, and is incident-commander now"
    assert game.roles() == {"incident-commander": "dan"}
    assert game.of(RoleAssigned, person="dan", role="incident-commander")


def test_without_a_deputy_command_is_open_and_the_verdict_says_what_to_do(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(220)
    assert game.say("relieve ira").text == (
        "ira leaves; nobody is incident-commander now: assign incident-commander PERSON"
    )
    assert game.say("assign incident-commander ana").accepted


def test_a_handover_moves_the_role_and_what_there_is_to_know(make_game):
    game = make_game().until(100)
    game.say("declare", "page dan")
    game.until(110)
    verdict = game.say("handover dan C: logins fail A: rolling db back N: nothing")
    assert verdict.text == "dan is incident-commander, and knows what you know"
    handed = game.of(HandedOver)[0]
    assert (handed.by, handed.to, handed.role) == ("ana", "dan", "incident-commander")
    assert game.roles() == {"incident-commander": "dan"}
    game.until(125)
    assert ["command" in event.message for event in game.of(NoteTaken, by="dan")] == [True]


def test_a_handover_that_says_nothing_is_refused_with_a_hint(make_game):
    game = make_game().until(100)
    game.say("declare", "page dan")
    game.until(110)
    assert game.say("handover dan it is yours").text == (
        "dan needs more to take over: say what the conditions are, and what is under way"
    )
    assert game.say("handover dan logins fail, and we roll the db back").accepted


def test_only_who_holds_a_role_hands_it_over(make_game):
    game = make_game()
    assert game.say("handover dan all that I know is this much").text == (
        "no incident is declared yet; declare it before handover"
    )
    game.say("declare")
    assert game.say("handover ana all that I know is this much").text == (
        "ana has the role already; hand it to somebody else"
    )
    assert game.say("handover dan all that I know is this much").text == "dan is not here; page them first"
