"""What is denied is not counted: of causes, of states, of people."""

from __future__ import annotations

import time

import pytest

from gameday.core.wording import is_denied, read_ask, read_update

WORDS = {"login": ("log in",), "browse": ("browse the catalog",), "auth": (), "db": ()}


@pytest.mark.parametrize(
    ("text", "hurts", "works"),
    [
        ("auth is not the problem", "", ""),
        ("auth isn't the cause, db is slow", "db", ""),
        ("The problem is not auth", "", ""),
        ("it is not auth, db fails", "db", ""),
        ("not auth, it is db that fails", "db", ""),
        ("login is not the issue, but browse is slow", "browse", ""),
        ("I do not think auth is the problem", "", ""),
        ("auth is ruled out; db is slow", "db", ""),
        ("rather than login, browse is down", "browse", ""),
        ("it is not login that fails", "", ""),
        ("no sign of trouble in login", "", ""),
        ("no login errors any more", "", ""),
    ],
)
def test_who_denies_a_cause_says_nothing_of_how_it_is(text, hurts, works):
    reading = read_update(text, WORDS)
    assert (" ".join(reading.hurts), " ".join(reading.works)) == (hurts, works)


@pytest.mark.parametrize(
    "text",
    [
        "login is not broken",
        "login isn't slow",
        "logins no longer fail",
        "logins do not time out any more",
        "login never failed",
        "nothing is wrong with login",
        "login stopped failing",
        "none of the logins fail",
        "login does not seem to be failing",
    ],
)
def test_who_denies_that_it_is_hurt_says_that_it_works(text):
    reading = read_update(text, WORDS)
    assert (reading.hurts, reading.works, reading.states_impact) == ((), ("login",), False)


@pytest.mark.parametrize(
    "text",
    [
        "login does not work",
        "logins are not completing",
        "login cannot be reached",
        "not all logins fail",
        "not only login fails",
        "login is not failing for everyone",
        "we do not know why login fails",
        "login fails, but not because of auth",
        "login: 40% errors, not db",
    ],
)
def test_what_only_looks_like_a_denial_still_hurts(text):
    reading = read_update(text, WORDS)
    assert (reading.hurts, reading.works) == (("login",), ())


def test_neither_and_except_are_read():
    assert read_update("neither login nor browse fails", WORDS).works == ("login", "browse")
    everything = read_update("everything fails except browse", WORDS)
    assert (everything.hurts, everything.works) == ((), ("browse",))
    assert read_update("everything works except login", WORDS).hurts == ("login",)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("auth is not the problem, what is wrong with db?", ("db",)),
        ("not auth, what about the errors of db?", ("db",)),
        ("why is auth not the problem?", ("auth",)),
        ("is it auth or db?", ("auth", "db")),
    ],
)
def test_an_ask_is_about_what_is_meant(text, subjects):
    assert read_ask(text, WORDS).subjects == subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bo, not ana", True),
        ("no need for ana", True),
        ("do not page ana", True),
        ("bo instead of ana", True),
        ("not the ana team", True),
        ("ana", False),
        ("not ana, well, ana after all", False),
        ("we do not have ana", False),
        ("not only ana", False),
        ("nobody", False),
    ],
)
def test_who_is_named_only_to_be_left_out_is_denied(text, expected):
    assert is_denied(text, "ana") is expected


def test_a_hostile_denial_is_read_in_no_time():
    began = time.process_time()
    for text in ("not " * 150, "neither " * 80, "no sign of " * 60, "is not the " * 60, "except " * 90, "n't be " * 90):
        read_update(text, WORDS)
        read_ask(text, WORDS)
        is_denied(text, "ana")
    assert time.process_time() - began < 1.0
