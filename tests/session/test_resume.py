from __future__ import annotations

import os
import random
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gameday.core.commands import parse_command
from gameday.core.errors import JournalDamaged, JournalError, JournalHeld, ReplayDiffers
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.chain import Chain, scan
from gameday.session.journal import create, read_journal
from gameday.session.replay import verify
from gameday.session.resume import resume
from gameday.session.session import Session
from tests.session.small import play, played

ROOT = Path(__file__).parent.parent.parent
KILLS = 50


def left_behind(path: Path, exercise: Exercise, until: int = 22 * MICRO) -> Session:
    """A session of which the process went away without an end."""
    session = Session(exercise, 7, variant="deploy", journal=create(path))
    play(session, tuple((second, text) for second, text in PLAYED if second * MICRO <= until))
    session.run_to(until)
    session.close()
    return session


PLAYED = ((2.0, "note all is quiet"), (12.0, "declare SEV-2"), (15.25, "rollback db"), (16.0, "approve"))
REST = ((30.0, "note it is better"), (40.5, "diagnose db bad-deploy retry-storm"))


def test_a_resumed_session_ends_as_if_it_had_never_stopped(tmp_path: Path, exercise: Exercise) -> None:
    whole = Session(exercise, 7, variant="deploy")
    play(whole, PLAYED + REST)
    left_behind(tmp_path / "one.jsonl", exercise)
    resumed = resume(tmp_path / "one.jsonl")
    assert resumed.broken is None
    assert resumed.session.now == 22 * MICRO
    play(resumed.session, REST)
    record = resumed.session.finish()
    assert record.digest == whole.finish().digest
    journal = read_journal(tmp_path / "one.jsonl")
    assert journal.soundness == "clean"
    assert [command.n for command in journal.commands] == list(range(6))
    assert verify(journal).outcome == "equal"


def test_a_session_resumes_in_the_middle_of_a_second(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "one.jsonl"
    session = Session(exercise, 7, variant="deploy", journal=create(path))
    play(session, PLAYED[:3])
    session.close()
    resumed = resume(path).session
    assert resumed.now == 15_250_000
    play(resumed, PLAYED[3:] + REST)
    resumed.finish()
    assert verify(read_journal(path)).outcome == "equal"


def test_a_torn_last_line_is_cut_kept_aside_and_reported(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "one.jsonl"
    left_behind(path, exercise)
    sound = path.read_bytes()
    path.write_bytes(sound + b'{"k":"command","n":4,"at":220')
    resumed = resume(path)
    assert resumed.broken == tmp_path / "one.jsonl.broken"
    assert resumed.broken.read_bytes() == b'{"k":"command","n":4,"at":220'
    assert resumed.journal.soundness == "torn"
    resumed.session.submit(parse_command("note we go on"))
    resumed.session.finish(aborted=True)
    assert path.read_bytes().startswith(sound)
    assert read_journal(path).soundness == "clean"


def test_a_damaged_journal_is_refused_and_left_as_it_is(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "one.jsonl"
    left_behind(path, exercise)
    damaged = path.read_bytes().replace(b"all is quiet", b"all is quirt")
    path.write_bytes(damaged)
    with pytest.raises(JournalDamaged):
        resume(path)
    assert path.read_bytes() == damaged


def test_an_ended_session_is_not_resumed(tmp_path: Path, exercise: Exercise) -> None:
    session = Session(exercise, 7, journal=create(tmp_path / "one.jsonl"))
    session.finish(aborted=True)
    with pytest.raises(JournalError, match="has ended; it can be replayed"):
        resume(tmp_path / "one.jsonl")


def test_a_session_that_somebody_still_plays_is_not_resumed(tmp_path: Path, exercise: Exercise) -> None:
    session = Session(exercise, 7, journal=create(tmp_path / "one.jsonl"))
    with pytest.raises(JournalHeld, match="is being written by another session"):
        resume(tmp_path / "one.jsonl")
    session.close()


def test_a_world_that_this_version_does_not_give_is_not_gone_on_with(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "one.jsonl"
    left_behind(path, exercise)
    chain = Chain()
    lines = [line.replace(b'"seed":7', b'"seed":8') for line in scan(path.read_bytes()).lines]
    path.write_bytes(b"".join(chain.seal(line) for line in lines))
    with pytest.raises(ReplayDiffers, match="does not give the recorded world: differs first at 00:01"):
        resume(path)


@pytest.fixture(scope="module")
def player() -> Iterator[subprocess.Popen[bytes]]:
    """The process that plays in children, ready to read paths."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(Path(__file__).with_name("player.py"))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment)
    assert process.stdout is not None
    assert os.read(process.stdout.fileno(), 100) == b"ready\n"
    yield process
    process.communicate()


def play_and_kill(player: subprocess.Popen[bytes], path: Path, after: float) -> list[str]:
    """Has a child play on `path`, kills it `after` seconds of wall time, gives what it said was acknowledged."""
    assert player.stdin is not None
    assert player.stdout is not None
    player.stdin.write(f"{path}\n".encode())
    player.stdin.flush()
    heard, child, end = b"", 0, time.monotonic() + after
    with selectors.DefaultSelector() as selector:
        selector.register(player.stdout, selectors.EVENT_READ)
        while b"gone\n" not in heard:
            left = end - time.monotonic()
            if selector.select(max(left, 0.0) if end else None):
                heard += os.read(player.stdout.fileno(), 65536)
            child = child or next((int(line[4:]) for line in heard.split(b"\n")[:-1] if line[:4] == b"pid "), 0)
            if end and child and time.monotonic() >= end:
                with suppress(ProcessLookupError):  # the game was over before it could be killed
                    os.kill(child, signal.SIGKILL)
                end = 0.0
    return [line[4:] for line in heard.decode().splitlines() if line.startswith("ack ")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_acknowledged_is_lost_by_kill_9_at_any_moment(player: subprocess.Popen[bytes], tmp_path: Path) -> None:
    whole: list[str] = []
    takes = 60.0
    for name in ("first", "second"):
        started = time.monotonic()
        whole = play_and_kill(player, tmp_path / f"{name}.jsonl", after=60.0)
        takes = min(takes, time.monotonic() - started)
        assert len(whole) == 100
    chance = random.Random(20261122)
    killed_midway = 0
    for number in range(KILLS):
        path = tmp_path / f"{number}.jsonl"
        acknowledged = play_and_kill(player, path, after=chance.random() * takes)
        if not path.exists() or b"\n" not in path.read_bytes():
            assert acknowledged == []
            continue
        if read_journal(path).end is not None:
            assert acknowledged == whole
            continue
        killed_midway += 1
        resumed = resume(path)
        recorded = [command.text for command in resumed.journal.commands]
        assert recorded[: len(acknowledged)] == acknowledged
        assert recorded == whole[: len(recorded)]
        assert len(recorded) <= len(acknowledged) + 1
        assert resumed.session.submit(parse_command("note we go on")).accepted
        resumed.session.finish(aborted=True)
        assert read_journal(path).soundness == "clean"
        if number % 10 == 0:
            assert verify(read_journal(path)).outcome == "equal"
    assert killed_midway >= KILLS // 5


def test_playing_on_after_the_end_is_refused(exercise: Exercise) -> None:
    session = played(exercise)
    with pytest.raises(ValueError, match="has ended"):
        session.submit(parse_command("note too late"))
