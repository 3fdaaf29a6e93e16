"""Piles of tickets, and third parties that call back."""

from __future__ import annotations

from gameday.response.hands import Hurt

TICKETS = {"at": "60s", "kind": "tickets", "count": 9}


def said(stage):
    return [text for _, text in stage.log if text.startswith(("support: ", "db hotline: "))]


def test_a_pile_comes_from_those_who_are_hurt(make_stage):
    stage = make_stage(injects=[TICKETS])
    stage.hands.hurting = (Hurt("login", "abroad", "failed", 40.0),)
    stage.run(61)
    pile, ticket = said(stage)
    assert "9" in pile
    assert "login" in pile
    assert "abroad" in ticket


def test_where_nobody_is_hurt_it_is_about_nothing(make_stage):
    stage = make_stage(injects=[TICKETS])
    stage.run(61)
    (line,) = said(stage)
    assert "login" not in line


def test_a_text_is_said_as_it_is(make_stage):
    stage = make_stage(injects=[{**TICKETS, "text": "the app is black"}])
    stage.run(61)
    assert said(stage) == ["support: 9 tickets: the app is black"]


def test_a_third_party_says_how_it_is_doing(make_stage):
    stage = make_stage(injects=[{"at": "60s", "kind": "vendor", "service": "db"}])
    stage.run(61)
    (line,) = said(stage)
    assert "all is well here" in line
