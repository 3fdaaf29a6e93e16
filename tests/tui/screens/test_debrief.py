"""The debrief of a game on the screen, seen again from its journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from gameday.tui.screens.debrief import DebriefScreen
from gameday.tui.widgets.under import Said
from tests.cli.shell import gameday
from tests.tui.stage import Stage, screen_text


async def test_a_game_on_the_screen_is_debriefed_from_its_journal_as_it_was_there(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("a")
        await one.let_pass(pilot, 100)
        await pilot.press("escape", "b")
        await pilot.pause()
        screen = one.app.screen
        assert isinstance(screen, DebriefScreen)
        outcome = screen.debrief.outcome
    assert one.live.journal is not None
    document = gameday("replay", one.live.journal, "--debrief", "--markdown").stdout
    assert document == one.live.journal.with_suffix(".md").read_text(encoding="utf-8")
    again = json.loads(gameday("replay", one.live.journal, "--debrief", "--json").stdout)
    assert again == json.loads(json.dumps(outcome.to_json()))


async def test_how_to_see_a_recorded_game_again_is_wholly_in_view(stage: Callable[..., Stage], own_home: Path) -> None:
    one = stage()
    recorded = own_home / "sessions" / "20261122T155800Z-retry-storm-3f9a1c.jsonl"
    recorded.parent.mkdir(parents=True)
    one.live.journal = recorded
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("q", "b")
        await pilot.pause()
        text = screen_text(one.app)
    assert "gameday replay 20261122T155800Z-retry-storm-3f9a1c" in text
    assert "--debrief" in text


async def test_a_long_text_under_the_line_is_read_to_its_end_and_hides_no_panel(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("q", "b")
        await pilot.pause()
        screen = one.app.screen
        assert isinstance(screen, DebriefScreen)
        screen.command_line_widget.say(Said(f"the debrief could not be written: {'a disk is full, ' * 5}that is all"))
        await pilot.pause()
        rows = screen_text(one.app).splitlines()
        assert "that is all" in rows[-2]
        assert rows[-1].startswith(" ? help")
        assert rows[-4].startswith(" :")
        assert rows[-5].startswith("└")


async def test_a_panel_of_the_debrief_has_the_screen_alone_and_esc_brings_the_others_back(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("q", "b")
        await pilot.pause()
        assert "f10 alone" in screen_text(one.app)
        for keys in (("4", "4"), ("3", "4", "f10")):
            await pilot.press(*keys)
            await pilot.pause()
            alone = screen_text(one.app)
            assert "4 What really happened" in alone
            assert "1 Score card" not in alone
            assert "esc back" in alone
            await pilot.press("escape")
            await pilot.pause()
            assert "1 Score card" in screen_text(one.app)


async def test_on_a_narrow_screen_every_panel_of_the_debrief_has_its_tab_in_view(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(50, 15)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("q", "b", "4")
        await pilot.pause()
        tabs = screen_text(one.app).splitlines()[1]
        assert tabs.split() == ["1", "Score", "2", "Times", "3", "Change", "[4", "Truth]"]
