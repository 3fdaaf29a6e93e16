"""A game whose terminal was closed ends, also where no signal tells it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

from gameday.session.journal import read_journal
from gameday.tui.hangup import hung_up

ROOT = Path(__file__).parents[2]


def test_a_terminal_is_there_until_its_other_end_is_closed() -> None:
    ours, theirs = pty.openpty()
    assert not hung_up(theirs)
    os.close(ours)
    assert hung_up(theirs)
    os.close(theirs)


def test_a_game_ends_with_its_terminal_and_leaves_a_journal_to_resume(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    # A session of its own without a controlling terminal: the system sends no signal.
    game = subprocess.Popen(
        [sys.executable, "-m", "gameday", "play", "retry-storm"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "GAMEDAY_HOME": str(tmp_path), "TERM": "xterm-256color"},
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    while b"Briefing" not in seen:
        seen += os.read(ours, 65536)
    os.close(ours)
    assert game.wait(timeout=60) == -signal.SIGHUP
    (journal,) = (tmp_path / "sessions").glob("*.jsonl")
    assert read_journal(journal).header.scenario == "retry-storm"
