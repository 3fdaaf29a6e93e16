"""Whatever happens meanwhile, replicas that fill each by itself die one by one, and each request is accounted for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gameday.core.kinds.mechanisms import Memory
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.models.scenario import Variant
from gameday.session.session import Session
from tests.properties.accounts import complaints
from tests.properties.systems import SEEDS
from tests.properties.worlds import commands, everything, exercise_with, play

REPLICAS = 6
FEW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def leaking(exercise: Exercise, spread: float | None, *services: str, fills_in: str = "25s") -> Exercise:
    """The exercise with memory that leaks at these services, six replicas each, besides what else goes wrong."""
    scenario = exercise.scenario
    there = scenario.system.services
    memory = Memory(used=0.3, spread=spread)
    update = {"memory": memory, "replicas": REPLICAS, "autoscaling": None, "crash_loop": None}
    changed = {name: there[name].model_copy(update=update) for name in services}
    faults = [{"kind": "memory-leak", "at": "2s", "service": name, "fills_in": fills_in} for name in services]
    cause = {"component": "db", "mechanism": "slow"}
    leaks = Variant.model_validate({"cause": cause, "faults": faults})
    drawn = scenario.variants.get("drawn")
    variant = leaks.model_copy(update={"faults": (*leaks.faults, *(drawn.faults if drawn else ()))})
    system = scenario.system.model_copy(update={"services": {**there, **changed}})
    return replace(exercise, scenario=scenario.model_copy(update={"system": system, "variants": {"drawn": variant}}))


def most_down(exercise: Exercise, service: str, seed: int) -> tuple[Session, int]:
    """The session after its minute, and how many replicas were down at once at the worst second."""
    session, most = Session(exercise, seed, variant="drawn"), 0
    for second in range(1, 60):
        session.run_to(second * MICRO + MICRO // 2)
        most = max(most, REPLICAS - session.world.traffic.services[service].replicas)
    return session, most


@pytest.mark.parametrize("service", ["gateway", "shop"])  # a queue for each replica, and one that they share
def test_replicas_of_different_ages_are_never_all_down_at_once_and_alike_ones_always_are(service):
    for seed in range(4):
        apart, some = most_down(leaking(everything(), 0.8, service), service, seed)
        alike, all_of_them = most_down(leaking(everything(), None, service), service, seed)
        assert 0 < some < REPLICAS
        assert all_of_them == REPLICAS
        for session in (apart, alike):
            assert complaints(session.world.traffic) == []
            assert sum("out of memory" in change.text for change in session.world.changes.feed) >= 1


@FEW
@given(SEEDS, st.sampled_from([0.0, 0.3, 1.0]))
def test_with_faults_and_commands_the_accounts_balance_and_it_comes_out_the_same_again(seed, spread):
    exercise = leaking(exercise_with(seed, 3), spread, "gateway", "shop", fills_in="12s")
    runs = [play(exercise, commands(seed, 6), 50 * MICRO, seed % 1000) for _ in range(2)]
    for session in runs:
        assert complaints(session.world.traffic) == []
        assert all(0.0 <= used < 1.0 for used in session.world.memories.by_replica("gateway"))
    first, again = (session.finish(aborted=True) for session in runs)
    assert first.digest == again.digest
