"""Public updates, good and bad, are read as a careful reader does; and what the single rules make of hard cases."""

from __future__ import annotations

import time

import pytest

from gameday.core.units import parse_duration
from gameday.core.wording import RULES, read_update
from gameday.core.wording.cadence import ends, interval
from gameday.core.wording.clauses import READ
from gameday.core.wording.impact import says_hurt, says_works
from gameday.core.wording.names import names_in
from gameday.core.wording.rules import met_and_lacking
from tests.core.wording.corpus import read

CORPUS = read("updates")
WORDS = CORPUS["system"]
MINUTE = 60_000_000


@pytest.mark.parametrize("case", CORPUS["updates"], ids=lambda case: case["text"][:40] or "empty")
def test_an_update_is_read_as_a_careful_reader_does(case):
    reading = read_update(case["text"], WORDS)
    says = {
        "impact": reading.states_impact,
        "next": reading.names_next_update,
        "eta": reading.promises_eta,
        "recovered": reading.says_recovered,
    }
    assert {name for name, so in says.items() if so} == set(case["says"])
    assert reading.next_update_in == (parse_duration(case["in"]) if "in" in case else None)
    assert sorted(reading.hurts) == sorted(case.get("hurts", []))
    assert sorted(reading.works) == sorted(case.get("works", []))
    assert list(reading.severity) == case.get("severity", [])
    assert list(reading.blame) == case.get("blame", [])


def test_the_corpus_is_large_and_mixed():
    cases = CORPUS["updates"]
    assert len(cases) > 100
    for name in ("impact", "next", "eta", "recovered"):
        having = sum(name in case["says"] for case in cases)
        assert 15 < having < len(cases) - 15


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Logins fail", ["login"]),
        ("customers cannot log in", ["login"]),
        ("logging in takes long", ["login"]),
        ("Browsing works", ["browse"]),
        ("placing orders is slow", ["place-order"]),
        ("place order fails", ["place-order"]),
        ("nobody places an order", ["place-order"]),
        ("the sessions db is slow", ["sessions-db"]),
        ("looking at products fails", ["browse"]),
        ("an analogous problem with browsers in blog ink", []),
    ],
)
def test_names_are_recognised_in_their_common_forms_and_by_their_phrases(text, names):
    assert names_in(text, WORDS) == names


def test_a_clause_works_or_hurts_or_neither():
    assert says_works("Browsing works")
    assert says_works("browsing is not affected")
    assert says_hurt("browsing does not work")
    assert says_hurt("logins are failing")
    assert not says_works("logins will work soon")
    assert not says_works("we are working on logins")
    assert not says_works("most logins work")
    assert not says_hurt("we look at logins")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Next update in 5 minutes.", 5),
        ("Next update in 5.", 5),
        ("Next update within half an hour.", 8),
        ("Next update in 16 minutes.", 16),
        ("Next update in 17 minutes.", 8),
        ("Next update at 14:00.", 8),
        ("We look into it.", 8),
        ("In ten minutes we will post again.", 10),
        ("Down for 3 minutes so far. Next update in 10-12 minutes.", 12),
    ],
)
def test_the_next_update_is_due_when_the_last_one_promised_it_within_twice_the_interval(text, minutes):
    assert interval(read_update(text, {}), 8 * MINUTE) == minutes * MINUTE


def test_an_update_that_says_it_is_over_ends_the_duty_unless_it_names_another():
    assert ends(read_update("Logins have recovered.", {}))
    assert not ends(read_update("Logins have recovered. Next update in 10 minutes.", {}))
    assert not ends(read_update("Logins fail.", {}))


def test_an_update_is_told_what_it_does_well_and_which_rules_it_breaks():
    met, lacking = met_and_lacking(read_update("Logins fail for everyone; fixed in 5 minutes.", WORDS))
    assert met == ("says what or whom it hurts", "accuses nobody")
    assert lacking == ("does not say when the next update comes", "promises a time for the repair")
    _, lacking = met_and_lacking(read_update("Logins fail due to human error. Next update in 8 minutes.", WORDS))
    assert lacking == ("accuses somebody (not scored)",)
    met, lacking = met_and_lacking(read_update("Everything is back to normal.", WORDS))
    assert met == ("promises no time for the repair", "accuses nobody", "says that it is over")
    assert lacking == ()


def test_every_rule_has_a_source():
    assert all(rule.source and rule.text and rule.broken and rule.cure for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


HOSTILE = (
    "will " * 4000,
    "next update " * 2000,
    "it will in 5 " * 2000,
    "has been " * 3000,
    "a" * 100_000,
    "expected " * 2000,
    "takes about the next another " * 1000,
    "in the next about " * 2000 + "5",
    "5 to 6 to " * 3000,
    "estimated time of resolution of the " * 1000,
    "no no no not n't " * 1000,
    "1" * 5000 + " minutes",
)


def test_a_hostile_update_is_read_in_no_time():
    began = time.process_time()
    for text in HOSTILE:
        read_update(text, WORDS)
    assert time.process_time() - began < 2.0


def test_what_stands_behind_the_limit_is_not_there():
    assert not read_update("x" * READ + " will be fixed in 5 minutes", {}).promises_eta
