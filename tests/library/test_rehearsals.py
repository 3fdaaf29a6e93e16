"""Three rehearsals that an author wrote from the documentation alone: each hurts, and each can be played to its end.

A stampede on a cold cache, a pool that leaks beneath an autoscaler, and poison in a queue before a third party's limit.
They are not shipped; the shipped ones are in `test_library`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gameday.response.policy import Idle
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import check_paths, load
from gameday.scoring.outcome import ending_of
from gameday.scoring.times import measure_times
from gameday.session.drive import drive
from gameday.session.session import Session
from gameday.trials.job import hurt_entries, run_one

SCENARIOS = Path(__file__).parent.parent / "data" / "scenarios"

REHEARSALS = ("cache-stampede", "pool-leak", "poison-queue")
TURNS = tuple((name, seed) for name in REHEARSALS for seed in (1, 2))


@cache
def rehearsal(name: str) -> Exercise:
    return load(str(SCENARIOS / f"{name}.yaml"))


def variant_of(name: str, seed: int) -> str:
    """Each seed plays another variant, so that all are played."""
    return tuple(rehearsal(name).scenario.variants)[seed - 1]


@pytest.mark.parametrize("name", REHEARSALS)
def test_a_rehearsal_has_no_problem(name: str) -> None:
    assert check_paths([SCENARIOS / f"{name}.yaml"]) == ([], False)


@cache
def left_alone(name: str, seed: int) -> Session:
    """The session in which nobody acts, at its end."""
    session = Session(rehearsal(name), seed, variant=variant_of(name, seed), responder="idle")
    drive(session, Idle())
    return session


def seen(name: str, subject: str, metric: str, second: int) -> float:
    """What could be seen on seed 1 in the half minute that ends at `second`."""
    value = left_alone(name, 1).signals.value(subject, metric, second, 30)
    assert value is not None
    return value


@pytest.mark.parametrize(("name", "seed"), TURNS)
def test_where_nobody_acts_it_does_not_recover(name: str, seed: int) -> None:
    record = left_alone(name, seed).finish()
    assert ending_of(record, measure_times(record)) == "unresolved"
    assert hurt_entries(record)


@pytest.mark.parametrize(("name", "seed"), TURNS)
def test_the_playbook_recovers(name: str, seed: int) -> None:
    assert run_one(rehearsal(name), seed, variant_of(name, seed), "playbook").ending == "recovered"


def test_the_flush_leaves_the_cache_cold_and_its_database_full() -> None:
    assert seen("cache-stampede", "catalog", "cache_hits", 60) > 0.8
    assert seen("cache-stampede", "catalog", "cache_hits", 300) < 0.3
    assert seen("cache-stampede", "products-db", "saturation", 300) > 0.99


def test_the_autoscaler_takes_replicas_away_while_all_workers_wait() -> None:
    assert seen("pool-leak", "wallet", "replicas", 60) == 6
    assert seen("pool-leak", "wallet", "replicas", 360) < 6
    assert seen("pool-leak", "wallet", "saturation", 360) > 0.99
    assert seen("pool-leak", "wallet", "load", 360) < 0.1


def test_what_kills_its_consumer_comes_back_when_no_more_of_it_is_sent() -> None:
    assert seen("poison-queue", "bookings", "backlog", 300) > 500
    assert seen("poison-queue", "booker", "saturation", 300) < 0.1
