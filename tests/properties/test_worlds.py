"""Whatever goes wrong in a world and whatever people do about it, a session goes on, and comes out the same again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gameday.core.commands import VERBS, parse_command
from gameday.core.units import MICRO
from tests.properties.accounts import complaints
from tests.properties.systems import COUNTS, SEEDS
from tests.properties.worlds import COMMANDS, commands, everything, exercise_with, play

FAULTS = st.integers(1, 6)
UNTIL = 50 * MICRO
FEWER = settings(max_examples=settings.default.max_examples * 3 // 20)
"""A whole session is many times the work of a kernel's example."""


@FEWER
@given(SEEDS, FAULTS, COUNTS)
def test_no_fault_and_no_command_breaks_a_session_or_its_accounts(seed, faults, count):
    session = play(exercise_with(seed, faults), commands(seed, count), UNTIL, seed % 1000)
    assert complaints(session.world.traffic) == []
    times = [event.at for event in session.events]
    assert times == sorted(times)
    assert not times or times[-1] <= UNTIL
    assert session.observation.second == UNTIL // MICRO


@FEWER
@given(SEEDS, FAULTS, COUNTS)
def test_the_same_faults_and_commands_give_the_same_session(seed, faults, count):
    runs = [play(exercise_with(seed, faults), commands(seed, count), UNTIL, seed % 1000) for _ in range(2)]
    first, again = (session.finish(aborted=True) for session in runs)
    assert first.digest == again.digest
    assert first.events == again.events


def test_commands_are_drawn_from_most_of_the_verbs_that_act():
    acting = {name for name, verb in VERBS.items() if verb.group == "act"}
    assert len(acting & {text.split()[0] for text in COMMANDS}) > 0.7 * len(acting)
    assert everything().scenario.variants
    for seed in range(20):
        for _, text in commands(seed, 8):
            parse_command(text)
