from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import simpy

from gameday.core.commands import Command, parse_command
from gameday.core.errors import SessionBroken
from gameday.core.events import Event, FaultBegan, NoteTaken
from gameday.core.signals import Observation
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.journal import Writer
from gameday.session.session import Session
from tests.session.small import PLAY, MemoryFile, play, played


def test_a_session_begins_at_zero_and_sees_nothing_yet(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    assert (session.now, session.observation.second, session.observation.services) == (0, 0, {})


def test_time_stops_where_it_was_sent_and_never_goes_back(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    session.run_to(1_500_001)
    session.run_to(1_500_001)
    assert session.now == 1_500_001
    assert session.observation.second == 1
    with pytest.raises(ValueError, match="must be >= now"):
        session.run_to(1_500_000)


def test_every_whole_second_is_observed_once_in_order(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    seconds: list[int] = []
    session.on_second(lambda observation: seconds.append(observation.second))
    session.run_to(700_000)
    session.run_to(3 * MICRO)
    session.run_to(4 * MICRO + 1)
    assert seconds == [1, 2, 3, 4]


@pytest.mark.parametrize("size", [300_000, MICRO, 7 * MICRO + 1])
def test_an_observation_is_of_the_whole_second_however_late_it_is_asked_for(exercise: Exercise, size: int) -> None:
    watched, asked = Session(exercise, 1), Session(exercise, 1)
    seen: dict[int, Observation] = {}
    watched.on_second(lambda observation: seen.update({observation.second: observation}))
    steps_of(watched, size)
    for second, text in PLAY:
        while asked.now < round(second * MICRO):
            asked.run_to(min(asked.now + size, round(second * MICRO)))
        asked.submit(parse_command(text))
        assert asked.observation == seen[asked.now // MICRO]


def test_a_broken_session_has_nothing_to_be_seen_that_was_not_seen_before(exercise: Exercise) -> None:
    session = Session(exercise, 1)

    def trip(env: simpy.Environment):
        yield env.timeout(3_500_000)
        raise ZeroDivisionError("a bug in the world")

    session.env.process(trip(session.env))
    with pytest.raises(SessionBroken):
        session.run_to(10 * MICRO)
    with pytest.raises(SessionBroken):
        _ = session.observation


def test_readings_are_there_for_every_service_and_entry(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    session.run_to(4 * MICRO)
    observation = session.observation
    assert list(observation.services) == ["web", "db"]
    assert list(observation.entries) == ["order", "crawl"]
    assert observation.entries["order"].rate > 5
    assert observation.services["db"].version == "2"


def test_a_command_at_the_instant_the_world_stands_at_is_legal(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    assert session.submit(parse_command("note at zero")).accepted
    session.run_to(5 * MICRO)
    assert session.submit(parse_command("note at five")).accepted
    assert [e.at for e in session.events if isinstance(e, NoteTaken)] == [0, 5 * MICRO]


def test_a_command_comes_before_the_worlds_own_events_at_that_instant(exercise: Exercise) -> None:
    session = Session(exercise, 1, variant="slow")
    session.run_to(5 * MICRO)
    session.submit(parse_command("note first"))
    session.run_to(6 * MICRO)
    told = [type(e) for e in session.events if e.at == 5 * MICRO]
    assert told == [NoteTaken, FaultBegan]


def test_subscribers_hear_every_event_in_order(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    heard: list[Event] = []
    session.on_event(heard.append)
    play(session)
    session.finish()
    assert heard == session.events
    assert heard == sorted(heard, key=lambda event: event.at)


def test_a_refused_command_changes_nothing(exercise: Exercise) -> None:
    quiet, refused = Session(exercise, 3), Session(exercise, 3)
    refused.run_to(10 * MICRO)
    assert not refused.submit(parse_command("restart nowhere")).accepted
    assert quiet.finish().digest == refused.finish().digest
    assert len(refused.commands) == 1


def test_a_session_lasts_as_long_as_its_scenario(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    session.run_to(1 << 60)
    assert session.finished
    assert session.now == session.length == exercise.scenario.duration


def test_resolved_where_all_is_well_the_world_goes_on_to_the_horizon(exercise: Exercise) -> None:
    session = Session(exercise, 1, horizon=30 * MICRO)
    play(session, ((2.0, "declare SEV-2"), (4.5, "resolve")))
    assert session.settled
    assert session.length == 30 * MICRO
    assert session.finish().length == 30 * MICRO


def test_resolved_after_the_horizon_a_session_ends_with_that_second(exercise: Exercise) -> None:
    session = Session(exercise, 1, horizon=3 * MICRO)
    play(session, ((2.0, "declare SEV-2"), (4.5, "resolve")))
    session.finish()
    assert session.now == 5 * MICRO


def test_resolved_too_early_the_game_goes_on_and_can_be_opened_again(exercise: Exercise) -> None:
    session = Session(exercise, 1, horizon=30 * MICRO)
    play(session, ((12.0, "declare SEV-2"), (24.5, "resolve")))
    assert (session.settled, session.length) == (False, exercise.scenario.duration)
    assert session.submit(parse_command("declare")).accepted
    session.run_to(40 * MICRO)
    assert not session.finished


def test_opening_it_again_takes_back_that_it_was_settled(exercise: Exercise) -> None:
    session = Session(exercise, 1, horizon=30 * MICRO)
    play(session, ((2.0, "declare SEV-2"), (4.5, "resolve"), (5.0, "declare")))
    assert (session.settled, session.length) == (False, exercise.scenario.duration)


def test_impact_is_measured_at_exactly_the_horizon(exercise: Exercise) -> None:
    early = Session(exercise, 1, variant="deploy", horizon=20 * MICRO + 250_000)
    until = Session(exercise, 1, variant="deploy")
    until.run_to(20 * MICRO + 250_000)
    arrived = {name: entry.arrived for name, entry in until.world.traffic.entries.items()}
    record = early.finish()
    assert {name: impact.arrived for name, impact in record.impact.items()} == arrived
    assert record.impact["order"].bad > 0


def test_the_record_holds_a_figure_for_each_second(exercise: Exercise) -> None:
    record = played(exercise).finish()
    assert record.length == 60 * MICRO
    assert {len(history.judged) for history in record.entries.values()} == {60}
    assert {len(queue) for queue in record.queues.values()} == {60}
    assert [timed.verdict.accepted for timed in record.commands] == [text != "restart nowhere" for _, text in PLAY]


def test_when_time_is_over_one_can_still_diagnose_but_not_act(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    session.run_to(session.length)
    assert session.submit(parse_command("restart web")).text == "the session is over"
    assert session.submit(parse_command("diagnose db slow none")).accepted
    assert session.finish().events[-1].kind == "CauseDiagnosed"


def test_an_aborted_session_stops_where_it_is(exercise: Exercise) -> None:
    session = Session(exercise, 1)
    session.run_to(7_300_000)
    record = session.finish(aborted=True)
    assert (record.aborted, record.length) == (True, 7_300_000)
    assert session.finish() is record


def test_an_exception_in_a_process_breaks_the_session_for_good(exercise: Exercise) -> None:
    file = MemoryFile()
    session = Session(exercise, 1, journal=Writer(file))

    def trip(env: simpy.Environment):
        yield env.timeout(3_500_000)
        raise ZeroDivisionError("a bug in the world")

    session.env.process(trip(session.env))
    with pytest.raises(SessionBroken, match=r"broke at 00:03 \(ZeroDivisionError: a bug in the world\)"):
        session.run_to(10 * MICRO)
    for go_on in (lambda: session.run_to(20 * MICRO), lambda: session.submit(Command("hint")), session.finish):
        with pytest.raises(SessionBroken):
            go_on()
    assert b'"end"' not in file.written


def test_an_interrupt_in_the_middle_of_the_world_breaks_the_session_too(exercise: Exercise) -> None:
    session = Session(exercise, 1)

    def interrupt(env: simpy.Environment):
        yield env.timeout(MICRO // 2)
        raise KeyboardInterrupt

    session.env.process(interrupt(session.env))
    with pytest.raises(KeyboardInterrupt):
        session.run_to(MICRO)
    with pytest.raises(SessionBroken):
        session.run_to(2 * MICRO)


def steps_of(session: Session, size: int) -> Session:
    """Runs in steps of `size` microseconds, with the play's commands in between."""
    for second, text in PLAY:
        while session.now < round(second * MICRO):
            session.run_to(min(session.now + size, round(second * MICRO)))
        session.submit(parse_command(text))
    while not session.finished:
        session.run_to(session.now + size)
    return session


def test_pacing_does_not_enter_the_digest(exercise: Exercise) -> None:
    digests = [
        steps_of(Session(exercise, 7, variant="deploy"), size).finish().digest
        for size in (333_333, 999_999, 1_000_000, 7_000_003)
    ]
    assert digests == [played(exercise).finish().digest] * 4


def test_reading_signals_in_between_does_not_enter_the_digest(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy")

    def look(observation: Observation) -> None:
        session.signals.value("db", "p95", observation.second, 10)

    session.on_second(look)
    session.run_to(1_234_567)
    session.signals.value("order", "errors", 1)
    assert steps_of(session, 400_000).finish().digest == played(exercise).finish().digest


def test_another_seed_variant_or_command_gives_another_digest(exercise: Exercise) -> None:
    same = played(exercise).finish().digest
    assert played(exercise, seed=8).finish().digest != same
    assert played(exercise, variant="slow").finish().digest != same
    other = Session(exercise, 7, variant="deploy")
    play(other, (*PLAY[:-1], (41.0, "diagnose db bad-deploy retry-storm")))
    assert other.finish().digest != same


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_digest_is_the_same_in_another_process_whatever_its_hash_seed(exercise: Exercise, hash_seed: str) -> None:
    root = Path(__file__).parent.parent.parent
    code = "from tests.session.small import played, tiny; print(played(tiny()).finish().digest)"
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == played(exercise).finish().digest


def test_a_recorded_session_has_the_digest_of_an_unrecorded_one(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy", journal=Writer(MemoryFile()))
    play(session)
    assert session.finish().digest == played(exercise).finish().digest
