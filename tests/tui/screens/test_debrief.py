"""The debrief of a game on the screen, seen again from its journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from gameday.tui.screens.debrief import DebriefScreen
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
