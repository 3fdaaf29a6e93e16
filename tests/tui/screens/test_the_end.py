"""How a game is left, ended, and gone on with: what the screens say about it, and the shell afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gameday.core.commands import parse_command
from gameday.tui.app import GamedayApp
from gameday.tui.live import resume_game
from gameday.tui.screens.debrief import DebriefScreen
from gameday.tui.screens.play import PlayScreen
from gameday.tui.widgets.command_line import CommandLine
from tests.tui.stage import Stage, screen_text


def verbs(one: Stage) -> list[str]:
    return [timed.command.verb for timed in one.live.session.commands]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 15)])
async def test_when_time_is_over_the_title_the_line_and_the_keys_name_b(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    one = stage()
    async with one.app.run_test(size=size) as pilot:
        await one.let_pass(pilot, 90)
        rows = screen_text(one.app).splitlines()
        assert "b show" in rows[0] or size[0] < 60
        assert "time is over" in rows[0]
        assert rows[-1].startswith(" b debrief  enter name the cause")
        assert "b shows the debrief" in " ".join(" ".join(rows[-4:]).split())


async def test_when_time_is_over_no_key_is_swallowed_by_the_line(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 90)
        await pilot.press("a", "less_than_sign", "h", "r", "d", "s", "space")
        await pilot.pause()
        assert one.app.screen is one.play
        assert one.play.query_one(CommandLine).line.value == ""
        assert "b shows the debrief" in screen_text(one.app)
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(one.app.screen, DebriefScreen)


async def test_when_time_is_over_nothing_counts_down_any_more(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 60)
        one.live.submit(parse_command("declare SEV-2"))
        await one.let_pass(pilot, 30)
        shown = screen_text(one.app)
        assert "tell customers" not in shown.splitlines()[-4]
        assert "replies" not in shown


async def test_leaving_before_the_end_says_what_is_not_scored_then(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 30)
        await pilot.press("q")
        await pilot.pause()
        shown = screen_text(one.app)
        assert "recovery time and customer impact" in shown
        assert ":resolve" in shown
        assert "gameday play --resume" in shown


async def test_the_shell_is_told_how_to_go_on_with_a_game_that_was_left(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 30)
        await pilot.press("q", "q")
        await pilot.pause()
    assert one.app.farewell == f"left at 00:30; go on with: gameday play --resume {one.live.journal}"


async def test_a_game_that_is_resumed_waits_until_somebody_is_ready(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 30)
    one.live.close()
    assert one.live.journal is not None
    again = resume_game(one.live.journal)
    app = GamedayApp(again, brief=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert again.pace.paused
        assert "paused at 00:30: space goes on" in screen_text(app)
        await pilot.press("space")
        assert not again.pace.paused
    again.close()


async def test_a_page_that_somebody_has_taken_is_escalated_only_after_a_second_key(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("a", "e")
        await pilot.pause()
        assert verbs(one) == ["ack"]
        assert "ana has taken A1: enter sends it on all the same" in screen_text(one.app)
        await pilot.press("enter")
        await pilot.pause()
        assert verbs(one) == ["ack", "escalate"]


async def test_a_page_that_waits_is_escalated_at_one_key(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("e")
        await pilot.pause()
        assert verbs(one) == ["escalate"]


async def test_a_panel_that_stands_alone_says_how_to_get_back(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("5", "5")
        await pilot.pause()
        assert "esc back" in screen_text(one.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "esc back" not in screen_text(one.app)
        assert isinstance(one.app.screen, PlayScreen)
