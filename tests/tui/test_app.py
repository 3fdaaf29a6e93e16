"""The app around the screens: themes, what breaks, what is copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gameday.core.commands import Command
from gameday.tui.app import INTERNAL_ERROR, GamedayApp
from gameday.tui.drawing.themes import MONO
from gameday.tui.themes import ORDER, app_themes
from tests.tui.stage import Stage, screen_text


async def test_a_world_that_breaks_ends_the_app_with_its_reason_and_keeps_the_journal(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stage()

    def breaks(command: Command) -> str:
        raise RuntimeError("no such law of physics")

    monkeypatch.setattr(one.live.session.response, "perform", breaks)
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("a")
        await pilot.pause()
    assert one.app.return_value == INTERNAL_ERROR
    assert one.app.failed is not None
    assert "no such law of physics" in one.app.failed
    assert one.live.journal is not None
    assert one.live.journal.stat().st_size > 0


async def test_the_theme_goes_round_and_glyphs_become_ascii(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        seen = []
        for _ in ORDER:
            await pilot.press("f2")
            await pilot.pause()
            seen.append(one.app.look.theme.name)
        assert seen == [*ORDER[1:], ORDER[0]]
        await pilot.press("f3")
        await pilot.pause()
        assert screen_text(one.app).isascii()


async def test_under_no_color_there_is_only_mono_and_no_colour_at_all(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("f2")
        await pilot.pause()
        assert one.app.look.theme is MONO
        assert one.app.native_ansi_color


def test_every_theme_of_the_drawings_has_one_of_textuals() -> None:
    assert [theme.name for theme in app_themes()] == [f"gameday-{name}" for name in ORDER]


async def test_what_is_copied_is_also_in_a_file(stage: Callable[..., Stage], own_home: Path) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("4", "y")
        assert (own_home / "copied.txt").read_text(encoding="utf-8") == "1 Take the page. : ack\n"
        await pilot.press("5", "Y")
        assert "boss says: how bad is it?" in (own_home / "copied.txt").read_text(encoding="utf-8")
        assert one.app.clipboard.startswith("00:")


async def test_an_app_without_a_game_begins_at_home() -> None:
    app = GamedayApp()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "Game days" in screen_text(app)
