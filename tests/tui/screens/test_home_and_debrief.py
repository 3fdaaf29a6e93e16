"""From home to a game, and from its debrief on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gameday.tui.app import GamedayApp
from gameday.tui.screens.debrief import DebriefScreen
from gameday.tui.screens.home import HomeScreen
from gameday.tui.screens.play import PlayScreen
from tests.tui.stage import Stage, screen_text


async def test_a_new_player_presses_enter_and_is_briefed() -> None:
    app = GamedayApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "otel-shop" in screen_text(app).splitlines()[3]
        await pilot.press("enter")
        await pilot.pause()
        assert "Press enter to begin" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PlayScreen)
        assert app.screen.live.exercise.name == "otel-shop"
        app.screen.live.close()


async def test_a_game_that_was_left_is_the_first_thing_at_home(own_home: Path) -> None:
    app = GamedayApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"play", "space", *"retry", "minus", *"storm", "enter")
        await pilot.pause()
        await pilot.press("enter", *"tabc", "enter", "q", "q")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "▶ Go on: Logins fail" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, PlayScreen)
        app.screen.live.close()
    assert len(list((own_home / "sessions").glob("*.jsonl"))) == 1


async def test_a_game_that_was_left_in_its_briefing_leaves_nothing_to_go_on_with(own_home: Path) -> None:
    app = GamedayApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Briefing: " in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "Go on" not in screen_text(app)
    assert list((own_home / "sessions").glob("*.jsonl")) == []


async def test_the_selected_scenario_can_be_told_from_the_others_in_plain_text() -> None:
    app = GamedayApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down")
        marked = [line for line in screen_text(app).splitlines() if "▶" in line]
        assert len(marked) == 1
        assert "Logins fail" in marked[0]


async def test_esc_never_quits_home_and_q_does() -> None:
    app = GamedayApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("escape", "escape")
        assert app.is_running
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running
        assert app.return_value == 0


async def to_debrief(one: Stage, pilot: object) -> DebriefScreen:
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    await one.let_pass(pilot, 12)
    await pilot.press("a", "q", "b")
    await pilot.pause()
    screen = one.app.screen
    assert isinstance(screen, DebriefScreen)
    return screen


async def test_the_debrief_tells_score_times_checks_and_truth(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await to_debrief(one, pilot)
        text = screen_text(one.app)
        for part in (
            "recovery time",
            "mitigated",
            "∞",
            "nobody acts",
            "gameday replay",
            "Change",
            "The cause: db, bad-deploy",
        ):
            assert part in text
        assert "ended early" in text


async def test_the_debrief_is_written_beside_the_journal_and_can_be_copied(
    stage: Callable[..., Stage], own_home: Path
) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await to_debrief(one, pilot)
        await pilot.press("c")
        await pilot.pause()
    assert one.live.journal is not None
    document = one.live.journal.with_suffix(".md").read_text(encoding="utf-8")
    assert document.startswith("# Debrief: The shop fails")
    assert (own_home / "copied.txt").read_text(encoding="utf-8").strip() == document.strip()


async def test_at_80_columns_the_debrief_has_tabs(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await to_debrief(one, pilot)
        for key, part in (("2", "acknowledged"), ("3", "Keep"), ("4", "The cause"), ("1", "dimension")):
            await pilot.press(key)
            await pilot.pause()
            assert part in screen_text(one.app)
        await pilot.resize_terminal(30, 8)
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "2 Times and impact" in screen_text(one.app)


async def test_again_is_another_seed_of_the_same_game(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await to_debrief(one, pilot)
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        screen = one.app.screen
        assert isinstance(screen, PlayScreen)
        assert screen.live.exercise is one.live.exercise
        screen.live.close()
