"""A corpus of public updates, good and bad, with what a careful reader says about each."""

from __future__ import annotations

import time

import pytest

from gameday.scoring.wording import (
    READ,
    names_in,
    names_next_update,
    promises_eta,
    says_hurt,
    says_recovered,
    says_works,
    states_impact,
)

PARTS = ["browse", "login", "place-order", "sessions-db"]

CORPUS = [
    # text, states impact, names the next update, promises an ETA, says recovered
    (
        "We are investigating failing logins; some customers cannot log in. Browsing works. Next update in 8 minutes.",
        True, True, False, False,
    ),
    (
        "Logins work again and have recovered; all customers can log in. We keep watching; this is the last update.",
        False, False, False, True,
    ),
    ("We are aware of an issue and are investigating.", False, False, False, False),
    ("About 30% of checkouts fail with an error. We'll post again by 14:30.", True, True, False, False),
    ("Some users can't place orders. It will be fixed in 20 minutes.", True, False, True, False),
    ("Logins are slow for everyone. We expect to be back to normal within the hour.", True, False, True, False),
    ("ETA 15 minutes.", False, False, True, False),
    ("There is no ETA yet. Orders are delayed for all customers. More information at 15:10.", True, True, False, False),
    ("The incident is resolved. All services are fully operational.", False, False, False, True),
    ("This is not yet resolved; users still see errors. Next update within 10 minutes.", True, True, False, False),
    ("We rolled back the database.", False, False, False, False),
    ("We are working to restore login. Updates every 8 minutes.", False, True, False, False),
    ("Customers abroad cannot check out; we hope to have it fixed soon.", True, False, True, False),
    ("Login is degraded, and you will hear from us again in five minutes.", True, True, False, False),
    ("We'll update you once it is resolved.", False, False, False, False),
    ("A fix is expected by 15:00. Some users see timeouts.", True, False, True, False),
    ("sessions-db is down.", True, False, False, False),
    ("Everything is back to normal since 14:10, thank you for your patience.", False, False, False, True),
    ("In 10 minutes everything will work again.", False, False, True, False),
    ("Most customers can log in again; a few still see errors. Next update at 16:20.", True, True, False, False),
    ("", False, False, False, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "impact", "following", "eta", "recovered"), CORPUS)
def test_an_update_is_read_as_a_careful_reader_does(text, impact, following, eta, recovered):
    found = (states_impact(text, PARTS), names_next_update(text), promises_eta(text), says_recovered(text))
    assert found == (impact, following, eta, recovered)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Logins fail", ["login"]),
        ("customers cannot log in", ["login"]),
        ("Browsing works", ["browse"]),
        ("placing orders is slow", ["place-order"]),
        ("place order fails", ["place-order"]),
        ("the sessions db is slow", ["sessions-db"]),
        ("an analogous problem with browsers in blog ink", []),
    ],
)
def test_entries_are_recognised_in_their_common_forms(text, names):
    assert names_in(text, PARTS, {"place-order": ("placing orders",)}) == names


def test_a_clause_works_or_hurts_or_neither():
    assert says_works("Browsing works")
    assert says_works("browsing is not affected")
    assert says_hurt("browsing does not work")
    assert says_hurt("logins are failing")
    assert not says_works("logins will work soon")
    assert not says_hurt("we look at logins")


def test_a_hostile_update_is_read_in_no_time():
    began = time.process_time()
    for text in ("will " * 4000, "next update " * 2000, "it will in 5 " * 2000, "has been " * 3000, "a" * 100_000):
        promises_eta(text)
        names_next_update(text)
        says_recovered(text)
        states_impact(text, PARTS)
    assert time.process_time() - began < 2.0
    assert not promises_eta("x" * READ + " will be fixed in 5 minutes")
