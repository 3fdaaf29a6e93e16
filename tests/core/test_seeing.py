from __future__ import annotations

from gameday.core.events import AskForgotten, LookCompleted, LookStarted, Said, seen_by


def test_what_a_look_found_is_seen_by_whoever_is_played_alone():
    mine = LookCompleted(1, "ana", "logs db", ("a line",))
    theirs = LookCompleted(1, "dan", "logs db", ("a line",))
    assert seen_by(mine, ("ana",)) and not seen_by(theirs, ("ana",))
    assert seen_by(Said(1, "dan", "", "hello"), ("ana",))


def test_that_somebody_looks_is_seen_by_all():
    assert seen_by(LookStarted(1, "dan", "logs db", 2), ("ana",))


def test_what_is_hidden_is_seen_by_nobody():
    assert not seen_by(AskForgotten(1, "ana", "what changed?"), ("ana",))
