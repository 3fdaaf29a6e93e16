"""Text that others wrote: on every screen as it is, never as markup, never as control characters."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gameday.scenario.load import load
from gameday.tui.screens.debrief import DebriefScreen
from tests.tui.stage import Stage, screen_text
from tests.tui.terminal import Terminal

MARKUP = "[@click=app.bell]press[/] [red]x[/red] [link=file:///etc]y[/link] $(id) `id`"
CONTROL = r"\e]52;c;aGFjaw==\a\e[2J\u009b31m\u202ehidden\u200b"
HOSTILE = f'"{MARKUP} {CONTROL}"'
TEXTS = {"title": HOSTILE, "briefing": HOSTILE, "summary": HOSTILE, "message": HOSTILE}


def assert_harmless(text: str) -> None:
    """Nothing that steers a terminal, and the markup as it was written."""
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert "\u200b" not in text


async def test_hostile_texts_stand_on_every_screen_as_they_were_written(
    stage: Callable[..., Stage], write_exercise: Callable[..., Path]
) -> None:
    one = stage(load(str(write_exercise(**TEXTS))), brief=True)
    bells: list[str] = []
    one.app.bell = lambda: bells.append("rung")  # type: ignore[method-assign]
    async with one.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "[@click=app.bell]press[/]" in screen_text(one.app)
        assert_harmless(screen_text(one.app))
        await pilot.press("enter")
        await one.let_pass(pilot, 12)
        await pilot.press("colon", *"note", "space", "left_square_bracket", *"red", "right_square_bracket", "enter")
        for keys in (("1", "enter"), ("6",), ("m",), ("question_mark",), ("ctrl+p",), ("colon", "r")):
            await pilot.press("escape", "escape", *keys)
            await pilot.pause()
            assert_harmless(screen_text(one.app))
        await pilot.press("escape", "escape", "q", "b")
        await pilot.pause()
        assert isinstance(one.app.screen, DebriefScreen)
        text = screen_text(one.app)
        assert_harmless(text)
        assert "[@click" in text
        await pilot.press("n")
        await pilot.pause()
    assert not bells


async def test_a_paste_is_one_line_and_gives_no_command(stage: Callable[..., Stage]) -> None:
    from textual import events

    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon")
        one.play.command_line_widget.line.post_message(events.Paste("declare\x1b[2J SEV-1\nack\n"))
        await pilot.pause()
        assert one.play.command_line_widget.line.value == r"declare\x1b[2J SEV-1"
        assert not one.live.session.commands


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
def test_no_byte_of_hostile_text_steers_a_real_terminal(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    terminal = Terminal(write_exercise(**TEXTS), tmp_path / "home", 120, 36)
    try:
        terminal.wait_for(b"Press enter to begin")
        terminal.send(b"\r")
        terminal.wait_for(b"boss says")
        terminal.send(b"q")
        terminal.wait_for(b"Leave the game?")
        terminal.send(b"q")
        assert terminal.read_to_the_end() == 0
    finally:
        terminal.close()
    raw = re.sub(rb"\x1b\]22;[a-z]+\x07", b"", terminal.written)  # Textual sets the shape of the pointer
    assert b"aGFjaw==" in raw  # it was shown, as text
    assert b"\x1b]" not in raw
    assert b"\x07" not in raw
    shown = raw.decode("utf-8", "replace")
    assert not [letter for letter in shown if 0x80 <= ord(letter) <= 0x9F]
    assert "\u202e" not in shown
    assert list((tmp_path / "home" / "sessions").glob("*.jsonl"))
