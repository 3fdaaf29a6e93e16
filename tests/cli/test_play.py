"""Line mode: stdin is the player, stdout what happens; every way of ending leaves a sound journal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import ROOT, gameday
from tests.scenario.small import PLAYBOOK, write

SCRIPT = """\
wait 95s
?
1
declare SEV-2
metrics store
wait 10s
nonsense
restart nothing
wait soon
now
restart store
wait 1m
diagnose store slow
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("play"))


def _journals(home: Path) -> list[Path]:
    return sorted((home / "sessions").glob("*.jsonl"))


def test_where_stdin_is_empty_the_automatic_responder_plays(scenario: Path, tmp_path: Path):
    done = gameday("play", scenario, "--seed", "3", home=tmp_path)
    assert done.returncode == 0
    assert "ana looks at metrics store" in done.stdout
    assert "Time since impact began" in done.stdout
    (journal,) = _journals(tmp_path)
    assert str(journal) in done.stdout
    assert json.loads(journal.read_bytes().split(b"\n")[0])["responder"] == "playbook"
    assert gameday("replay", journal, "--verify").returncode == 0


def test_commands_are_read_from_stdin_and_the_end_of_it_idles_to_the_end(scenario: Path, tmp_path: Path):
    done = gameday("play", scenario, "--seed", "3", stdin=SCRIPT, home=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert any("orders-fail fires" in line for line in lines)
    assert lines.index("> 1") < lines.index("> ack A1")
    assert any("A1 acknowledged by ana" in line for line in lines)
    assert any(line.startswith("  no: ") and "nonsense" in line for line in lines)
    assert any(line.startswith("  no: ") and "nothing" in line for line in lines)
    assert any(line.startswith("  no: ") and "soon" in line for line in lines)
    assert any("store" in line and "now" in line for line in lines)
    (journal,) = _journals(tmp_path)
    assert gameday("replay", journal, "--verify", "--json").returncode == 0


def test_the_same_lines_give_the_same_session(scenario: Path, tmp_path: Path):
    runs = [gameday("play", scenario, "--seed", "3", stdin=SCRIPT, home=tmp_path) for _ in range(2)]
    digests = {line for run in runs for line in run.stdout.splitlines() if line.startswith("digest ")}
    assert len(digests) == 1


def test_pacing_does_not_change_the_session(scenario: Path, tmp_path: Path):
    plain = gameday("play", scenario, "--seed", "3", home=tmp_path)
    paced = gameday("play", scenario, "--seed", "3", "--speed", "1000", home=tmp_path)
    digests = {line for run in (plain, paced) for line in run.stdout.splitlines() if line.startswith("digest ")}
    assert len(digests) == 1


def test_paced_lines_wait_for_their_time(scenario: Path, tmp_path: Path):
    done = gameday("play", scenario, "--seed", "3", "--speed", "200", stdin="wait 100s\nack\n", home=tmp_path)
    assert done.returncode == 0
    assert any("A1 acknowledged by ana" in line for line in done.stdout.splitlines())


def test_after_the_end_the_cause_can_still_be_named(scenario: Path, tmp_path: Path):
    done = gameday("play", scenario, stdin="wait 1h\ndiagnose store slow\nrestart store\n\n", home=tmp_path)
    assert "ana diagnoses store: slow" in done.stdout
    assert "the session is over" in done.stdout


def test_what_a_command_would_take_and_cost_is_said_without_doing_it(scenario: Path, tmp_path: Path):
    text = gameday("play", scenario, stdin="? restart shop\nhelp scale shop 0\n", home=tmp_path).stdout
    assert "restart: takes 20s; kills what is in flight; no shop at all for 20s" in text
    assert 'scale: "0" is not a whole number from 1 to 10000' in text
    assert "started by" not in text


def test_a_choice_is_offered_once(tmp_path: Path):
    acks = PLAYBOOK.replace("run: [metrics store]", "run: [ack]")
    done = gameday("play", write(tmp_path, playbook=acks), "--seed", "3", stdin="wait 95s\n?\n", home=tmp_path)
    offered = [line.split(") ")[1] for line in done.stdout.splitlines() if ") " in line[:6]]
    assert "ack A1" in offered
    assert "ack" not in offered


def test_when_time_is_up_only_what_is_still_allowed_is_listed(scenario: Path, tmp_path: Path):
    done = gameday("play", scenario, stdin="wait 1h\n?\n1\n\n", home=tmp_path)
    after = done.stdout.split("Time is up.")[1].split("> ?\n")[1].split("> 1\n")
    assert after[0].splitlines() == ["  diagnose COMPONENT MECHANISM [SUSTAINING]", "  note MESSAGE", "  now"]
    assert "there is no choice 1" in after[1]


def test_a_session_that_goes_on_has_its_seed(tmp_path: Path):
    done = gameday("play", "--resume", "--seed", "3", home=tmp_path)
    assert done.returncode == 2
    assert "leave --seed out" in done.stderr


def test_quitting_aborts_the_session(scenario: Path, tmp_path: Path):
    done = gameday("play", scenario, stdin="wait 10s\nquit\nwait 10s\n", home=tmp_path)
    assert done.returncode == 0
    (journal,) = _journals(tmp_path)
    assert json.loads(gameday("replay", journal, "--verify", "--json").stdout)["soundness"] == "clean"


def test_hostile_lines_do_no_harm(scenario: Path, tmp_path: Path):
    hostile = (
        b'wait 95s\nnote \x1b]52;c;AAAA\x07\n"\n\xff\xfe\n' + b"x" * 100_000 + b"\n999999999999999999999\nas : ack\n"
    )
    assert gameday("play", scenario, stdin=hostile, home=tmp_path).returncode == 0


def test_a_session_that_was_interrupted_is_resumed(scenario: Path, tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-m", "gameday", "play", str(scenario), "--seed", "3", "--speed", "20"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "GAMEDAY_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"note here\n")
    process.stdin.flush()
    while b"ok:" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"--resume" in err
    assert b"Traceback" not in err
    (journal,) = _journals(tmp_path)
    assert gameday("replay", journal, "--verify").returncode == 0
    done = gameday("play", "--resume", stdin="wait 1m\n", home=tmp_path)
    assert done.returncode == 0
    assert gameday("replay", journal, "--verify").returncode == 0
    assert gameday("play", "--resume", home=tmp_path).returncode == 2


def test_play_without_a_scenario_says_which_there_are(tmp_path: Path):
    done = gameday("play", home=tmp_path)
    assert done.returncode == 2
    assert "retry-storm" in done.stderr


def test_a_home_that_cannot_be_written_does_not_stop_the_game(scenario: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    done = gameday("play", scenario, home=tmp_path / "file")
    assert done.returncode == 0
    assert "not recorded" in done.stderr
