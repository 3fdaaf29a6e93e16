"""The command itself: verbs, versions, what is imported, what an exit code means."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gameday.cli.exits import guarded
from gameday.cli.main import VERBS
from gameday.core.errors import (
    CommandError,
    InputError,
    JournalDamaged,
    JournalError,
    Problem,
    ReplayDiffers,
    SessionBroken,
)
from tests.cli.shell import ROOT, gameday

HEAVY = ("textual", "rich", "simpy", "pydantic", "yaml", "networkx", "asyncio", "multiprocessing")


def _modules_after(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter has after the statement."""
    listing = "print('\\n' + json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    code = f"{statement}\nimport sys, json\n{listing}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(json.loads(done.stdout.strip().split("\n")[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([verb, "--help"] for verb in VERBS)])
def test_help_imports_nothing_heavy(arguments: list[str]):
    loaded = _modules_after(f"from gameday.cli.main import run\nassert run({arguments!r}) == 0")
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("verb", ["run", "simulate", "prove", "check", "replay", "library", "schema", "line_mode"])
def test_headless_verbs_never_load_the_screens(verb: str):
    imports = {
        "run": "import gameday.trials.job, gameday.session.script, gameday.cli.score_card, gameday.cli.opening",
        "prove": "import gameday.evaluate.prove",
        "replay": "import gameday.session.replay, gameday.session.playback",
        "simulate": "import gameday.session.drive",
        "check": "import gameday.scenario.load",
        "library": "import gameday.scenario.listing",
        "schema": "import gameday.scenario.schema",
        "line_mode": "import gameday.cli.line_mode",
    }
    assert not _modules_after(imports[verb]) & {"textual", "rich"}


def test_help_lists_every_verb():
    done = gameday("--help")
    assert done.returncode == 0
    assert all(f"\n  {verb} " in done.stdout for verb in VERBS)


def test_every_verb_explains_itself():
    for verb in VERBS:
        done = gameday(verb, "--help")
        assert done.returncode == 0
        assert done.stdout.startswith(f"Usage: gameday {verb}")


def test_without_a_terminal_and_a_verb_there_is_help():
    done = gameday()
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: gameday")


@pytest.mark.parametrize(
    "arguments",
    [["chekc"], ["run"], ["run", "retry-storm", "--sede", "7"], ["run", "retry-storm", "--seed", "x"], ["--x"]],
)
def test_usage_errors_end_with_2(arguments: list[str]):
    done = gameday(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_a_verb_misspelt_is_answered_with_the_nearest():
    assert 'did you mean "check"?' in gameday("chekc").stderr


ENDS = [
    (InputError([Problem("a.yaml", 1, 1, "x", "y")]), 2),
    (InputError([Problem("a.yaml", 1, 1, "x", "y")], fatal=True), 2),
    (JournalDamaged("line 3 is damaged", 2), 2),
    (JournalError("no journal"), 2),
    (CommandError("what?"), 2),
    (ReplayDiffers("at 00:10"), 1),
    (SessionBroken("at 00:10"), 3),
    (RuntimeError("a bug"), 3),
    (FileNotFoundError(2, "No such file or directory", "x.txt"), 2),
    (KeyboardInterrupt(), 130),
    (BrokenPipeError(), 0),
]


@pytest.mark.parametrize(("error", "code"), ENDS, ids=[type(error).__name__ for error, _ in ENDS])
def test_every_exception_has_its_exit_code(error: BaseException, code: int, capsys, monkeypatch):
    monkeypatch.delenv("GAMEDAY_DEBUG", raising=False)
    monkeypatch.setattr("gameday.cli.exits.silence_stdout", lambda: None)

    def work() -> None:
        raise error

    assert guarded(work) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err


def test_an_internal_error_says_how_to_see_more(capsys, monkeypatch):
    monkeypatch.delenv("GAMEDAY_DEBUG", raising=False)
    assert guarded(lambda: 1 / 0) == 3
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("GAMEDAY_DEBUG", "1")
    assert guarded(lambda: 1 / 0) == 3
    assert "Traceback" in capsys.readouterr().err


def test_escapes_in_an_error_are_made_visible(capsys):
    def work() -> None:
        raise JournalError("\x1b]52;c;AAAA\x07")

    guarded(work)
    assert "\\x1b" in capsys.readouterr().err


def test_a_closed_pipe_is_quiet():
    command = f"{sys.executable} -m gameday schema scenario | head -c 100 >/dev/null"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
