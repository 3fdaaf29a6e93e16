"""Which session `--resume` means, and what waiting says in lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameday.scenario.load import load
from gameday.session.places import new_journal_path
from gameday.tui.live import open_game
from tests.cli.shell import gameday
from tests.scenario.small import write


async def test_resume_passes_by_a_newer_session_in_which_nothing_has_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAMEDAY_HOME", str(tmp_path))
    exercise = load(str(write(tmp_path)))
    older, newer = (new_journal_path(name) for name in ("played", "unplayed"))
    played = open_game(exercise, seed=3, journal=older.with_name(f"1-{older.name}"), speed=1.0)
    played.session.run_to(5_000_000)
    played.close()
    open_game(exercise, seed=3, journal=newer, speed=1.0).close()
    done = gameday("play", "--resume", "--plain", stdin="quit\n", home=tmp_path)
    assert done.returncode == 0
    assert "it goes on at 00:05" in done.stdout


def test_a_bare_wait_says_how_much_time_passes(tmp_path: Path) -> None:
    done = gameday("play", write(tmp_path), "--seed", "3", "--plain", stdin="wait\nquit\n", home=tmp_path)
    assert "10s pass, until 00:10" in done.stdout
