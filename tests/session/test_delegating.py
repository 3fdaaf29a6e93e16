"""Handing on what somebody may not do themselves: whole lines, and completion that leads there."""

from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.load import load
from gameday.session.completion import complete, preview
from gameday.session.delegating import by_hand, hands_for
from gameday.session.doing import doing, rung_by
from gameday.session.facilitating import cause, script
from gameday.session.seats import hands_off, roster_of, speakers
from gameday.session.session import Session


@pytest.fixture(scope="module")
def led() -> Session:
    """At three minutes: ana and sam have joined, ira leads without a keyboard, bo is played too."""
    exercise = load("retry-storm").dressed("commander")
    session = Session(exercise, 7, players=("ira", "bo"))
    for second, text in ((100, "declare SEV-2"), (101, "page auth"), (102, "page shop")):
        session.run_to(second * MICRO)
        session.submit(parse_command(text))
    session.run_to(200 * MICRO)
    return session


def first(session: Session, text: str) -> str:
    return complete(text, session)[0].text


def test_a_look_goes_to_who_is_here_and_knows_the_service(led: Session) -> None:
    assert by_hand("logs auth", led) == "delegate ana logs auth"
    assert by_hand("logs catalog", led) == "delegate sam logs catalog"
    assert [hand.person for hand in hands_for(parse_command("logs auth"), led)] == ["ana", "sam"]


def test_what_one_may_do_oneself_stays_as_it_is(led: Session) -> None:
    for line in ("as bo: logs auth", "note hello", "playbook", "status we look", "no command"):
        assert by_hand(line, led) == line


def test_nobody_here_is_nobody_to_hand_it_to() -> None:
    session = Session(load("retry-storm").dressed("commander"), 7)
    assert by_hand("logs auth", session) == "logs auth"


def test_a_finished_look_of_a_commander_is_completed_to_who_could_do_it(led: Session) -> None:
    assert [one.text for one in complete("logs auth", led)][:2] == ["delegate ana logs auth", "delegate sam logs auth"]
    assert first(led, "logs au") == "logs auth"
    assert first(led, "as bo: logs auth") == "as bo: logs auth"


def test_a_commander_is_offered_first_what_commanders_do(led: Session) -> None:
    assert [one.word for one in complete("", led)][:4] == ["delegate", "ask", "page", "declare"]
    assert next(one.word for one in complete("as bo: ", led)) != "delegate"


def test_whom_one_asks_begins_with_those_who_are_here_and_not_played(led: Session) -> None:
    assert [one.word for one in complete("ask ", led)] == ["ana", "sam", "eli", "bo", "ira"]
    assert [one.word for one in complete("handover ", led)][:4] == ["ana", "bo", "sam", "ira"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("delegate ana lo", "delegate ana logs"),
        ("delegate ana --within 2m logs au", "delegate ana --within 2m logs auth"),
        ("delegate ana --wi", "delegate ana --within"),
        ("as bo: delegate ana restart au", "as bo: delegate ana restart auth"),
        ("as b", "as bo:"),
        ("ask ana ", "ask ana what changed?"),
        ("can ", "can C: what you see A: what you do N: what you need"),
    ],
)
def test_the_carried_command_and_what_one_says_are_completed(led: Session, text: str, line: str) -> None:
    assert first(led, text) == line


def test_what_cannot_be_handed_on_is_not_offered(led: Session) -> None:
    words = [one.word for one in complete("delegate ana ", led)]
    assert "logs" in words
    assert not {"delegate", "declare", "breakglass", "resolve"} & set(words)
    assert [one.text for one in complete("ask ana what ch", led)] == []


def test_the_line_below_says_who_would_do_it_and_how_long_it_takes(led: Session) -> None:
    assert preview("delegate ana logs auth", led) == "delegate: ana is here; occupies ana for 15s"


def test_who_may_speak_and_whose_hands_are_off_comes_from_players_and_seats(led: Session) -> None:
    assert speakers(led) == ("ira", "bo")
    assert hands_off("ira", led)
    assert not hands_off("bo", led)
    assert roster_of(led.exercise, led.players) == {"ira": "incident-commander", "bo": "responder"}
    assert roster_of(led.exercise, None) == {}


def test_what_somebody_who_is_played_is_at_is_what_they_look_at() -> None:
    session = Session(load("retry-storm"), 7)
    session.run_to(100 * MICRO)
    ana = next(person for person in session.observation.people if person.name == "ana")
    assert rung_by(ana, session.observation) == ("A1",)
    session.submit(parse_command("logs auth"))
    session.run_to(101 * MICRO)
    seen = session.observation
    ana = next(person for person in seen.people if person.name == "ana")
    assert doing(ana, seen) == ("looks at logs auth", 115)


def test_the_facilitator_sees_what_is_wrong_and_what_comes_and_came() -> None:
    session = Session(load("retry-storm"), 7)
    assert cause(session) == "sessions-db: bad-deploy, kept up by retry-storm"
    assert [item.is_over for item in script(session)] == [False, False]
    session.run_to(70 * MICRO)
    assert [(item.when, item.is_over) for item in script(session)] == [("at 01:00", True), ("at 00:45", True)]
