"""Keys in turn, in a real terminal: everything that one write brings is done, in its order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gameday.session.journal import read_journal
from tests.tui.terminal import Terminal

BURST = b":note one\r:logs cart\r:metrics db\rtthe cart is no service here\r:note three\rqq"


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
def test_a_burst_of_commands_in_one_write_is_given_whole_and_in_order(
    write_exercise: Callable[..., Path], tmp_path: Path
) -> None:
    terminal = Terminal(write_exercise(), tmp_path / "home", 80, 24, speed=1.0)
    try:
        terminal.wait_for(b"enter begins")
        terminal.send(b"\r" + BURST)
        assert terminal.read_to_the_end() == 0
    finally:
        terminal.close()
    (journal,) = (tmp_path / "home" / "sessions").glob("*.jsonl")
    given = [(record.text, record.accepted) for record in read_journal(journal).commands]
    assert given == [
        ("note one", True),
        ("logs cart", False),
        ("metrics db", True),
        ("note the cart is no service here", True),
        ("note three", True),
    ]
