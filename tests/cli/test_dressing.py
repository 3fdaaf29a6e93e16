"""Hats, modifiers and several players on the command line: said, recorded, replayed, and scored against plain par."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gameday.scenario.hats import HATS
from gameday.scenario.modifiers import MODIFIERS
from tests.cli.shell import gameday
from tests.scenario.small import write

LEADING = """\
wait 100s
declare SEV-2
page auth
wait 60s
logs auth
1
who
as bo: metrics auth
wait 20s
questions
script
quit
"""


def header_of(path: Path) -> dict[str, object]:
    header = json.loads(path.read_bytes().split(b"\n")[0])
    assert isinstance(header, dict)
    return header


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A game that somebody leads without a keyboard, with bo at the same terminal; and its journal."""
    home = tmp_path_factory.mktemp("led")
    arguments = ("play", "retry-storm", "--hat", "commander", "--player", "bo", "--seed", "7")
    done = gameday(*arguments, stdin=LEADING, home=home)
    assert done.returncode == 0
    (journal,) = (home / "sessions").glob("*.jsonl")
    return done.stdout, journal


def test_the_help_says_of_every_hat_and_modifier_what_it_is():
    text = gameday("play", "--help").stdout
    for one in (*HATS.values(), *MODIFIERS.values()):
        assert f"{one.name} " in text
        assert one.summary in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--hat", "comander"), '"comander" is no hat; did you mean "commander"?'),
        (("--hat", "alone", "--modifier", "journalst"), 'did you mean "journalist"?'),
        (("--player", "boo"), '"boo" is no person of this scenario; did you mean "bo"?'),
    ],
)
@pytest.mark.parametrize("verb", ["play", "run"])
def test_a_wrong_name_is_answered_with_the_nearest(verb: str, arguments: tuple[str, ...], said: str):
    done = gameday(verb, "retry-storm", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_commander_is_told_who_could_look_instead_and_one_number_hands_it_on(led: tuple[str, Path]):
    lines = led[0].splitlines()
    refused = lines.index("> logs auth")
    assert "hands are off the keyboard" in lines[refused + 1]
    assert lines[refused + 2].startswith("  1) delegate ana logs auth")
    assert "> delegate ana logs auth" in lines
    assert any("ira hands ana: logs auth" in line for line in lines)


def test_everybody_at_the_terminal_may_speak_and_stands_in_the_roster(led: tuple[str, Path]):
    text, journal = led
    assert "Also played here: bo" in text
    assert "  ok: bo looks for 5s" in text
    header = header_of(journal)
    assert header["players"] == ["ira", "bo"]
    assert header["roster"] == {"ira": "incident-commander", "bo": "responder"}


def test_who_is_here_and_who_waits_is_answered_and_the_script_only_to_a_facilitator(led: tuple[str, Path]):
    text = led[0]
    assert any(line.startswith("  ana") and "auth on-call" in line for line in text.splitlines())
    assert "  nobody waits for an answer" in text
    assert "SECRET" not in text
    assert '  no: "script" is not a command' in text
    told = gameday("play", "retry-storm", "--facilitator", "--seed", "7", stdin="script\nquit\n").stdout
    assert "SECRET. variant deploy" in told
    assert "armed at 01:00  fault: bad-deploy sessions-db" in told


def test_the_hat_stands_in_the_journal_and_the_session_is_the_same_again(led: tuple[str, Path]):
    _, journal = led
    exercise = header_of(journal)["exercise"]
    assert isinstance(exercise, dict)
    assert exercise["hat"] == "commander"
    assert gameday("replay", journal, "--verify").returncode == 0


def test_what_looks_of_colleagues_found_is_theirs_until_it_is_shared(led: tuple[str, Path]):
    lines = led[0].splitlines()
    assert any("ana looks at" in line for line in lines)
    assert not any("ana has read" in line for line in lines)
    assert any("bo has read metrics auth" in line for line in lines)


def test_a_dressed_session_is_measured_by_the_plain_scenarios_par_and_says_so(tmp_path: Path):
    path = write(tmp_path)
    gameday("prove", path, "--seeds", "1", "--label-seeds", "1", "--processes", "1")
    done = gameday("run", path, "--hat", "alone", "--modifier", "journalist", "--responder", "idle")
    head = " ".join(done.stdout.split("Time since")[0].split())
    assert (
        "Played with the hat alone and the modifier journalist; par is that of the scenario as it is written." in head
    )
    assert "the team       par" in done.stdout
    assert "no proof" not in done.stderr
    plain = gameday("run", path, "--responder", "idle").stdout
    assert "Played with" not in plain


def test_a_session_that_goes_on_keeps_its_hat(tmp_path: Path):
    for option in (("--hat", "alone"), ("--player", "bo"), ("--modifier", "tickets")):
        done = gameday("play", "--resume", *option, home=tmp_path)
        assert done.returncode == 2
        assert f"leave {option[0]} out" in done.stderr


def test_an_answer_is_a_choice_that_takes_the_next_line(tmp_path: Path):
    """Under a simulated commander, who asks for a CAN report."""
    lines = "wait 100s\nack\ndeclare SEV-2\nwait 4m\nquestions\n?\n1\nC: logins fail A: rollback N: nothing\nquit\n"
    text = gameday("play", "retry-storm", "--hat", "responder", "--seed", "7", stdin=lines, home=tmp_path).stdout
    assert "CAN report" in text
    assert "  1) can ..." in text
    assert "> can C: logins fail A: rollback N: nothing" in text
    assert "ana reports. C: logins fail" in text
