"""Whether what somebody did has helped: they look again, and say so with the numbers they saw."""

from __future__ import annotations

import re

import pytest

from gameday.core.events import ActionCompleted, LookStarted, Said
from gameday.core.units import MICRO
from gameday.response.colleagues.checking import SCATTER, SHOWS, turn, verdict
from gameday.response.colleagues.findings import Numbers
from gameday.response.colleagues.reporting import compared

LATER = (SHOWS + SCATTER) // MICRO + 10


def checks(game, person="dan"):
    """What somebody said of an action that was done a while ago."""
    said = game.of(Said, person=person, to="")
    return [event for event in said if re.search(r"\d\d:\d\d (?:ago|after)", event.message)]


def after(game, command, *, seconds=LATER):
    """Dan is given a command when the database is bad; so much time passes after its end."""
    game.run(120)
    game.fetch("dan")
    game.run(20)
    assert game.say(f"delegate dan {command}").accepted
    for _ in range(90):
        game.run(0 if game.of(ActionCompleted) else 1)
    assert game.of(ActionCompleted)
    game.run(seconds)
    return game


def test_who_did_something_looks_again_and_says_what_they_saw(make_game):
    game = after(make_game(), "rollback db")
    (done,) = game.of(ActionCompleted)
    looks = [event for event in game.of(LookStarted, person="dan") if event.at > done.at]
    assert [event.command for event in looks] == ["metrics db"]
    assert SHOWS <= looks[0].at - done.at <= SHOWS + SCATTER
    (said,) = checks(game)
    assert "helped" in said.message or "did it" in said.message
    assert "login: " in said.message and "before)" in said.message and "db" in said.message
    assert "rollback db" in said.message and "01:" in said.message


def test_what_changed_nothing_is_called_no_better(make_game):
    game = after(make_game(), "restart db")
    (said,) = checks(game)
    assert any(words in said.message.lower() for words in ("no better", "no difference"))


def test_what_made_it_worse_is_called_worse(make_game):
    game = after(make_game(variants=QUIET), "shed db 90%")
    (said,) = checks(game)
    assert "worse" in said.message


def test_what_was_well_before_is_called_well(make_game):
    game = after(make_game(variants=QUIET), "restart db")
    (said,) = checks(game)
    assert "login is fine; db is fine" in said.message and "before" in said.message


QUIET = {
    "only": {
        "cause": {"component": "mail", "mechanism": "crash"},
        "faults": [{"kind": "crash", "at": "14m", "service": "mail"}],
    }
}


def test_they_err_only_where_monitoring_does(make_game):
    frozen = {"kind": "fault", "at": "190s", "fault": {"kind": "monitoring", "at": "0s", "delay": "20m"}}
    game = make_game(injects=[frozen])
    after(game, "rollback db")
    (said,) = checks(game)
    assert "no better" in said.message.lower() or "no difference" in said.message


def test_who_is_at_something_else_by_then_leaves_it(make_game):
    game = make_game(works={"dan": {"pace": "1s"}})
    after(game, "rollback db", seconds=40)
    for _ in range(4):
        game.say("delegate dan logs db")
    game.run(LATER)
    assert not checks(game)


@pytest.mark.parametrize("command", ["probe db", "freeze deploys db on"])
def test_what_shows_in_no_number_is_not_looked_at_again(make_game, command):
    assert not checks(after(make_game(), command))


def test_what_nobody_handed_on_is_not_looked_at_again(make_game):
    game = make_game(seats=[{"person": "ana"}])
    game.run(90)
    game.fetch("dan")
    game.say("rollback db")
    game.run(200)
    assert game.of(ActionCompleted) and not checks(game)
    assert not checks(game, "ana")


def test_once_the_incident_is_resolved_nobody_looks_again(make_game):
    game = make_game()
    game.say("declare SEV-2")
    after(game, "rollback db", seconds=5)
    game.say("resolve")
    game.run(LATER)
    assert not checks(game)


def test_who_is_asked_what_they_are_at_says_that_they_check(make_game):
    game = after(make_game(), "rollback db", seconds=1)
    seen = []
    for _ in range(LATER):
        game.run(1)
        seen.append(game.person("dan").doing)
    assert "seeing whether rollback db helped" in seen


def numbers(subject, **now):
    return Numbers(subject, 100, now, {}, {}, None)


@pytest.mark.parametrize(
    ("login", "db", "expected"),
    [
        (({"bad": 0.6}, {"bad": 0.0}), ({"errors": 0.6}, {"errors": 0.6}), "check helped"),
        (({"bad": 0.6}, {"bad": 0.3}), ({"errors": 0.0}, {"errors": 0.6}), "check better"),
        (({"bad": 0.6}, {"bad": 0.62}), ({"errors": 0.6}, {"errors": 0.0}), "check same"),
        (({"bad": 0.0}, {"bad": 0.62}), ({"errors": 0.6}, {"errors": 0.0}), "check worse"),
        (({"bad": 0.0}, {"bad": 0.0}), ({"errors": 0.6}, {"errors": 0.0}), "check better"),
        (({"bad": 0.0}, {"bad": 0.0}), ({"errors": 0.0}, {"errors": 0.0}), "check fine"),
        (({}, {"bad": 0.62}), ({}, {}), "check blind"),
        (({"bad": 0.6}, {}), ({"errors": 0.6}, {}), "check blind"),
        (({"bad": 0.6}, {}), ({"errors": 0.6}, {"errors": 0.1}), "check better"),
    ],
)
def test_customers_come_first_and_what_was_not_seen_counts_for_nothing(small_exercise, login, db, expected):
    pairs = [tuple(numbers(name, **seen) for seen in both) for name, both in (("login", login), ("db", db))]
    assert verdict(pairs, small_exercise().scenario) == expected


def test_both_numbers_are_told_of_what_is_bad_or_was():
    then, now = numbers("db", errors=0.52, queue=80.0, saturation=0.3), numbers("db", errors=0.4, queue=0.0)
    assert compared(then, now) == "db: 40% errors (52% before), 0 waiting (80 before)"
    assert compared(numbers("db"), now) == "db: 40% errors (nothing seen before)"
    assert compared(then, numbers("db")) == "db shows no data"
    assert compared(now, numbers("db", errors=0.0)) == "db: 0% errors (40% before)"
    assert compared(numbers("db", errors=0.0), numbers("db", errors=0.0)) == "db is fine"


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({"errors": 0.64}, {"errors": 0.62}, 0),
        ({"errors": 0.64}, {"errors": 0.1}, -1),
        ({"errors": 0.0}, {"errors": 0.05}, 1),
        ({"errors": 0.0}, {"errors": 0.01}, 0),
        ({"errors": 0.5, "p95": 2.0}, {"errors": 0.5, "p95": 0.2}, -1),
        ({"errors": 0.5, "p95": 0.2}, {"errors": 0.1, "p95": 2.0}, -1),
        ({"queue": 0.0}, {"queue": 80.0}, 1),
        ({}, {"errors": 0.8}, 0),
    ],
)
def test_the_first_symptom_that_changed_clearly_counts(then, now, expected):
    assert turn(then, now) == expected
