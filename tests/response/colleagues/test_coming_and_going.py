from __future__ import annotations

from gameday.core.events import LookStarted, Paged, PersonJoined, PersonLeft
from gameday.core.units import MICRO


def test_whom_an_alert_paged_looks_at_what_it_is_about_and_says_a_line(make_game):
    game = make_game()
    game.run(120)
    (look,) = game.of(LookStarted, person="eve")
    assert look.command == "metrics web"
    hello, line = game.said("eve")
    assert "web" in hello
    assert line.startswith("eve: web: ") and "errors" in line


def test_who_is_paged_by_hand_asks_what_is_needed(make_game):
    game = make_game()
    game.fetch("dan")
    assert len(game.said("dan")) == 1 and not game.of(LookStarted, person="dan")


def test_the_roster_tells_who_is_where(make_game):
    game = make_game()
    assert game.person("ana").played and game.person("ana").state == "here"
    assert game.person("dan").state == "away"
    game.say("page zed")
    game.say("page dan")
    game.run(10)
    assert (game.person("dan").state, game.person("zed").state) == ("here", "paged")
    game.say("declare SEV-2")
    assert game.person("ana").role == "incident-commander"
    game.say("ask dan for the logs of db")
    game.run(10)
    dan = game.person("dan")
    assert (dan.doing, dan.until is not None) == ("the logs of db", True)
    assert game.session.observation.people == game.session.response.roster()


def test_whoever_is_relieved_leaves_what_they_are_at_and_comes_no_more(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan for the traces of db")
    game.run(10)
    game.session.response.crew.send_home("dan")
    game.run(60)
    assert game.person("dan").state == "gone"
    assert game.say("ask dan what changed?").text == "dan has gone home"
    assert [event.person for event in game.of(PersonLeft)] == ["dan"]
    joins = len(game.of(PersonJoined, person="dan"))
    game.say("page dan")
    game.run(60)
    assert len(game.of(PersonJoined, person="dan")) == joins == 1


def test_tired_people_say_so_once_take_longer_and_forget_twice_as_often(make_game):
    works = {"dan": {"tires_after": "60s", "forgets": "50%"}}
    game = make_game(works=works)
    game.fetch("dan")
    game.run(60)
    assert game.person("dan").tired
    assert len(game.said("dan")) == 2
    game.say("ask dan for the logs of db")
    game.run(60)
    assert any(event.kind == "AskForgotten" for event in game.all)  # half of the time, and now always
    game.say("ask dan --within 3m for the logs of db")
    game.run(90)
    (look,) = game.of(LookStarted, person="dan")
    (report,) = [event for event in game.all if event.kind == "CanReported"]
    assert report.at - look.at == 15 * MICRO * 1.5
    assert len([line for line in game.said("dan") if "tired" in line or "slow" in line or "relief" in line]) == 1


def test_at_the_end_of_a_shift_they_say_so_page_their_relief_and_go(make_game):
    game = make_game(works={"dan": {"shift_ends": "5m", "relief": "pia"}})
    game.fetch("dan")
    game.run(171)
    assert any("two minutes" in line.lower() for line in game.said("dan"))
    assert game.of(Paged, person="pia")[0].by == "dan"
    game.run(120)
    (left,) = game.of(PersonLeft)
    assert (left.person, left.reason, left.at) == ("dan", "end of shift", 300 * MICRO)
    assert any("pia" in line for line in game.said("dan"))
    assert game.person("pia").state == "here" and game.person("dan").state == "gone"


def test_a_role_is_handed_over_with_it(make_game):
    game = make_game(works={"dan": {"shift_ends": "5m", "relief": "pia"}})
    game.say("declare SEV-2")
    game.fetch("dan")
    game.say("assign scribe dan")
    game.run(295)
    assert game.person("pia").role == "scribe"


def test_who_comes_later_does_not_know_what_was_shared_before_somebody_reports(make_game):
    game = make_game()
    game.say("changes")
    game.run(6)
    game.say("share")
    game.run(20)
    game.fetch("dan")
    game.say("ask dan what changed?")
    game.run(25)
    assert [event.command for event in game.of(LookStarted, person="dan")] == ["changes"]


def test_whoever_is_relieved_says_what_is_left_undone(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("delegate dan restart db")
    game.run(1)
    game.say("delegate dan rollback db")
    game.run(8)
    game.say("relieve dan")
    assert game.said("dan")[-1].startswith("dan: I leave undone: restart db")
    assert game.say("page dan").text == "dan has gone home; page somebody else"
