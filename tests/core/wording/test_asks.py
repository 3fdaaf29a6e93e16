"""Asks of colleagues: by when, about what, what is wanted, and whether that leaves too much open."""

from __future__ import annotations

import time

import pytest

from gameday.core.units import parse_duration
from gameday.core.wording import is_vague, read_ask, time_limit
from gameday.core.wording.asks import INTENTS
from tests.core.wording.corpus import read

ASKS = read("asks")
NAMES = ASKS["names"]


@pytest.mark.parametrize("case", ASKS["asks"], ids=lambda case: case["text"][:40] or "empty")
def test_an_ask_is_read_as_a_colleague_does(case):
    reading = read_ask(case["text"], NAMES)
    assert reading.limit == (parse_duration(case["limit"]) if "limit" in case else None)
    assert set(reading.subjects) == set(case.get("subjects", []))
    assert set(reading.intents) == set(case["intents"])
    assert reading.vague is case.get("vague", False)
    assert is_vague(case["text"], NAMES) is reading.vague


def test_every_intent_is_asked_for_somewhere_in_the_corpus():
    asked = {intent for case in ASKS["asks"] for intent in case["intents"]}
    assert asked == {intent.name for intent in INTENTS}


def test_names_may_come_without_phrases():
    assert read_ask("logs of auth", ["auth", "login"]).subjects == ("auth",)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("in 5 minutes", "5m"),
        ("within 5m", "5m"),
        ("you have ten minutes", "10m"),
        ("back to me in 5", "5m"),
        ("45 seconds, please", "45s"),
        ("what happened in the last 5 minutes?", None),
        ("what happened 5 minutes ago?", None),
        ("is the timeout 5 s?", None),
        ("as soon as you can", None),
    ],
)
def test_a_time_limit_lies_ahead(text, limit):
    assert time_limit(text) == (parse_duration(limit) if limit else None)


def test_a_hostile_ask_is_read_in_no_time():
    began = time.process_time()
    for text in ("in the next " * 4000, "5 minutes " * 4000, "who " * 5000, "-" * 50_000):
        read_ask(text, NAMES)
    assert time.process_time() - began < 1.0
