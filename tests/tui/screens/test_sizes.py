"""The play screen at every size, with and without colours, and while it is resized."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.stage import Stage, screen_text


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 15), (200, 60), (20, 6), (100, 29)])
async def test_it_draws_at_this_size(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    one = stage()
    async with one.app.run_test(size=size) as pilot:
        await one.let_pass(pilot, 12)
        text = screen_text(one.app)
        assert len(text.splitlines()) == size[1]
        if size[0] >= 50:
            assert "00:12" in text
            assert "how bad is it?" in text
        await pilot.press("colon", *"ro")
        await pilot.pause()
        assert size[1] < 10 or "rollback" in screen_text(one.app)


async def test_resizing_is_safe_at_any_time(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        for size in ((80, 24), (50, 15), (7, 3), (1, 1), (160, 50), (99, 30), (60, 20)):
            await pilot.resize_terminal(*size)
            await one.let_pass(pilot, 2)
            await pilot.press("6", "3", "1")
        await pilot.resize_terminal(120, 36)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "6 Evidence" in screen_text(one.app)


async def test_at_80_columns_the_map_is_the_table_until_somebody_asks_for_the_map(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 2)
        assert "1 Services, worst first" in screen_text(one.app)
        await pilot.press("m")
        await pilot.pause()
        assert "1 Service map" in screen_text(one.app)


async def test_below_60_columns_there_is_one_feed_and_every_panel_can_still_be_reached(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=(50, 15)) as pilot:
        await one.let_pass(pilot, 12)
        assert "5 Channel" in screen_text(one.app)
        for key, name in (("3", "3 Pager"), ("4", "4 Playbook"), ("2", "2 Golden"), ("6", "6 Evidence")):
            await pilot.press(key)
            await pilot.pause()
            assert name in screen_text(one.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "5 Channel" in screen_text(one.app)
