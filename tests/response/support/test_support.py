"""Tickets from those who are hurt."""

from __future__ import annotations

import pytest

from gameday.core.events import MessageReceived
from gameday.response.hands import Hurt
from gameday.response.support.words import pile, ticket

HURT = (Hurt("login", None, "failed", 100.0),)


def tickets(stage):
    return [(event.at / 1e6, event.message) for event in stage.events if isinstance(event, MessageReceived)]


def make(make_stage, hurting=HURT, **support):
    stage = make_stage(support={"share": "1%", **support} if "share" not in support else support)
    stage.hands.hurting = hurting
    return stage


def test_without_support_nobody_writes(make_stage):
    stage = make_stage()
    stage.hands.hurting = HURT
    stage.run(600)
    assert tickets(stage) == []


def test_without_anybody_hurt_nobody_writes(make_stage):
    stage = make(make_stage, hurting=())
    stage.run(600)
    assert tickets(stage) == []


def test_customers_need_a_while_to_write(make_stage):
    stage = make(make_stage)
    stage.run(600)
    assert tickets(stage)[0][0] == 50.0, "ten seconds until it is counted, and forty to write"


def test_at_most_so_many_a_minute_are_put_into_words_and_the_sum_is_told(make_stage):
    stage = make(make_stage, hurting=(Hurt("login", None, "failed", 1000.0),), most=3)
    stage.run(181)
    third = [text for at, text in tickets(stage) if 120 < at <= 180]
    worded = [text for text in third if text.startswith("“")]
    sums = [text for text in third if not text.startswith("“")]
    assert len(worded) <= 3
    assert len(sums) == 1
    assert sums[0].startswith("30 "), "three times a thousand hurt, one in a hundred writes"


def test_what_says_the_same_is_not_passed_on_for_ever(make_stage):
    stage = make(make_stage, hurting=(Hurt("login", None, "failed", 1000.0),))
    stage.run(1200)
    worded = [at for at, text in tickets(stage) if text.startswith("“") and at >= 300]
    assert len(worded) == 15, "one a minute from then on"


def test_few_who_are_hurt_write_seldom(make_stage):
    stage = make(make_stage, hurting=(Hurt("login", None, "failed", 10.0),))
    stage.run(651)
    assert len(tickets(stage)) == 6, "a tenth of a ticket every ten seconds"


def test_the_same_seed_writes_the_same_tickets(make_stage):
    stages = [make(make_stage) for _ in range(2)]
    for stage in stages:
        stage.run(400)
    assert tickets(stages[0]) == tickets(stages[1])


def test_a_ticket_says_how_it_hurts_and_who_it_is_never_why(make_exercise):
    entries = make_exercise().scenario.system.traffic.entries
    for how in ("failed", "slow", "refused"):
        lines = [ticket(Hurt("login", "i-os-17", how, 1.0), entries, 7, moment) for moment in range(40)]
        assert len(set(lines)) > 20
        assert all("i os 17" in line and "login" in line.lower() for line in lines)
        assert not any("db" in line or "web" in line for line in lines)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 ticket in the last minute, about login"), (7, "7 tickets in the last minute, most about login")],
)
def test_how_many_wrote_is_said_in_one_way(make_exercise, count, words):
    assert pile(count, "login", make_exercise().scenario.system.traffic.entries) == words
