"""Bad input: a clear answer, the right exit code, no traceback; `check` and `run` alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import ROOT, gameday

BAD = ROOT / "tests" / "data" / "bad"

ANSWERS = {
    "alias-bomb": (2, "alias-bomb"),
    "bad-condition": (1, "unknown-metric"),
    "circle": (1, "circular-calls"),
    "dangling-command": (1, "unknown-service"),
    "dangling-service": (1, "unknown-service"),
    "duplicate-key": (1, "duplicate-key"),
    "empty": (1, "wrong-type"),
    "escape": (1, "bad-name"),
    "latin-1": (2, "encoding"),
    "missing-label": (1, "missing-label"),
    "missing-playbook": (1, "unknown-playbook"),
    "missing-unit": (1, "missing-unit"),
    "overloaded": (1, "overloaded"),
    "scalar": (1, "wrong-type"),
    "syntax": (2, "syntax"),
    "typo": (1, "unknown-key"),
    "unknown-step": (1, "unknown-step"),
    "unsafe-tag": (2, "unsafe-tag"),
    "wrong-kind": (1, "bad-choice"),
}
"""Name of the file -> exit code of `check`, code of the first problem."""


@pytest.mark.parametrize("name", ANSWERS)
def test_check_says_what_is_wrong_and_where(name: str):
    code, problem = ANSWERS[name]
    done = gameday("check", BAD / f"{name}.yaml")
    assert done.returncode == code
    first = done.stdout.split("\n")[0]
    assert first.startswith(str(BAD / f"{name}.yaml"))
    assert f"[{problem}]" in first
    assert len(done.stdout.splitlines()) <= 40


def test_every_bad_file_has_its_answer():
    assert sorted(ANSWERS) == sorted(path.stem for path in BAD.glob("*.yaml") if path.stem != "small")


@pytest.mark.parametrize("name", ["typo", "alias-bomb", "dangling-service"])
@pytest.mark.parametrize("verb", ["run", "simulate", "play"])
def test_no_verb_runs_an_invalid_scenario(name: str, verb: str, tmp_path: Path):
    done = gameday(verb, BAD / f"{name}.yaml", home=tmp_path)
    assert done.returncode == 2
    assert f"{name}.yaml:" in done.stderr
    assert done.stdout == ""


def test_prove_finds_problems_in_an_invalid_scenario():
    assert gameday("prove", BAD / "typo.yaml").returncode == 1
    assert gameday("prove", BAD / "syntax.yaml").returncode == 2


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe\x00", b"a: &a [*a]", b"\x00", b"{" * 60])
def test_hostile_bytes_are_refused(content: bytes, tmp_path: Path):
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content)
    assert gameday("check", path).returncode == 2


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path):
    assert gameday("check", tmp_path / "nothing.yaml").returncode == 2
    assert gameday("run", tmp_path / "nothing.yaml").returncode == 2
    done = gameday("run", "retry-strom")
    assert done.returncode == 2
    assert 'did you mean "retry-storm"?' in done.stderr


def test_problems_for_github_annotate_lines():
    done = gameday("check", BAD / "typo.yaml", "--format", "github")
    assert done.stdout.startswith("::error file=")
    assert ",line=3,col=1::" in done.stdout


def test_the_library_is_checked_by_its_folders():
    done = gameday("check", "scenarios", "playbooks")
    assert done.returncode == 0


def test_check_names_the_nearest_scenario_and_the_nearest_file(tmp_path: Path):
    assert 'did you mean "retry-storm"?' in gameday("check", "retry-strom").stdout
    assert 'did you mean "retry-storm.yaml"?' in gameday("check", "scenarios/retry-strom.yaml").stdout
    assert "no such folder either" in gameday("check", tmp_path / "none" / "x.yaml").stdout
    done = gameday("check", "retry-strom", BAD / "typo.yaml")
    assert done.returncode == 2
    assert "unknown-key" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("simulate", "retry-storm", "--json", "--metric", "zzz"), "there is rate, goodput, errors"),
        (("simulate", "retry-storm", "--plot", "--service", "nope"), "there is gateway, catalog, auth, sessions-db"),
        (("oncall", "simulate", "nobody-answers", "--policy", "x"), "there is db"),
    ],
)
def test_a_name_that_is_near_to_nothing_is_answered_with_all_that_there_is(arguments: tuple[str, ...], words: str):
    done = gameday(*arguments)
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize("verb", [("play",), ("run",), ("oncall", "simulate")])
def test_a_playbook_given_for_a_scenario_is_said_to_be_one(verb: tuple[str, ...], tmp_path: Path):
    done = gameday(*verb, "playbooks/database-full.yaml", home=tmp_path)
    assert done.returncode == 2
    assert "this is a playbook, not a scenario" in done.stderr
    assert len(done.stderr.splitlines()) == 1
