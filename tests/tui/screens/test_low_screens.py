"""Screens of 50 columns and 15 rows: what does not fit takes turns, and nothing is cut in silence."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.stage import Stage, screen_text

LOW = (50, 15)


async def test_on_a_low_screen_templates_and_rules_take_turns_and_the_keys_are_named_whole(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=LOW) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("s")
        await pilot.pause()
        shown = screen_text(one.app)
        assert "Templates" in shown
        assert "F5 where · esc" in shown
        await pilot.press("tab", "x")
        await pilot.pause()
        shown = screen_text(one.app)
        assert "Rules" in shown
        assert "Templates" not in shown
        await pilot.press("tab", "1")
        await pilot.pause()
        assert "Rules" in screen_text(one.app)


async def test_on_a_narrow_screen_what_a_look_found_is_read_whole_from_its_first_line(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=LOW) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon", *"describe", "space", *"db", "enter")
        await one.let_pass(pilot, 18)
        await pilot.press("6")
        await pilot.pause()
        words = " ".join(screen_text(one.app).replace("│", " ").split())
        assert all(line.text in words for line in one.live.found[-1].lines)


async def test_a_channel_of_wrapped_lines_scrolls_up_to_its_very_first(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=LOW) as pilot:
        await one.let_pass(pilot, 12)
        first = one.live.lines[0].text[:30]
        for number in range(6):
            await one.give(pilot, "t", f"{number}{'long' * 30}")
        await pilot.pause()
        assert first not in screen_text(one.app)
        await pilot.press("5", "home")
        await pilot.pause()
        assert first in screen_text(one.app)


async def test_what_an_empty_panel_says_is_wrapped(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=LOW) as pilot:
        await one.let_pass(pilot, 2)
        await pilot.press("6")
        await pilot.pause()
        words = " ".join(screen_text(one.app).replace("│", " ").split())
        assert "metrics, logs, traces, changes …" in words
