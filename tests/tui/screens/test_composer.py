"""Writing an update on the screen: the checklist follows, templates fill it, F2 posts, esc keeps the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot

from gameday.core.events import NoteTaken, StatusPosted
from gameday.tui.composing import CHANNELS
from gameday.tui.drawing.glyphs import ASCII
from gameday.tui.screens.composer import ComposerScreen, Paper
from tests.tui.stage import Stage, screen_text

SMALL, WIDE = (80, 24), (120, 36)


async def open_composer(one: Stage, pilot: Pilot[int], *, declared: bool = True) -> None:
    await one.let_pass(pilot, 12)
    if declared:
        one.play.action_submit("declare SEV-2")
    await pilot.press("s")
    await pilot.pause()
    assert isinstance(one.app.screen, ComposerScreen)


def posted(one: Stage) -> list[tuple[str, str]]:
    return [(event.channel, event.message) for event in one.live.session.events if isinstance(event, StatusPosted)]


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_template_is_taken_by_its_number_changed_and_posted(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    one = stage()
    async with one.app.run_test(size=size) as pilot:
        await open_composer(one, pilot)
        await pilot.press("1", "space", "O", "k", ".")
        await pilot.pause()
        text = screen_text(one.app)
        assert "update due in 05:00" in text
        assert "✔ yes  says what or whom it hurts" in text
        assert "it says: hurt: buy; the next is due 8 minutes after it" in text
        await pilot.press("f2")
        await pilot.pause()
        assert one.app.screen is one.play
        assert "posted for customers; the next is due at" in screen_text(one.app)
    assert posted(one) == [
        ("page", "We are investigating: some customers have trouble with buying. Next update in 8 minutes. Ok.")
    ]


async def test_the_checklist_follows_what_is_typed(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=SMALL) as pilot:
        await open_composer(one, pilot)
        assert "nothing is written yet" in screen_text(one.app)
        await pilot.press("tab", *"Fixed", "space", *"in", "space", "5", "m")
        await pilot.pause()
        assert "✖ mend leave out when it will be mended" in screen_text(one.app)


async def test_esc_keeps_the_draft_and_posting_empties_it(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=SMALL) as pilot:
        await open_composer(one, pilot)
        await pilot.press("tab", *"Down", "escape")
        await pilot.pause()
        assert one.app.screen is one.play
        await pilot.press("s")
        await pilot.pause()
        assert one.app.screen.query_one(Paper).text == "Down"
        await pilot.press("f2", "s")
        await pilot.pause()
        assert one.app.screen.query_one(Paper).text == ""
    assert posted(one) == [("page", "Down")]


async def test_a_refused_update_stays_with_the_reason(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=SMALL) as pilot:
        await open_composer(one, pilot, declared=False)
        assert "no incident is declared yet" in screen_text(one.app)
        await pilot.press("f2")
        await pilot.pause()
        assert "nothing is written yet" in screen_text(one.app)
        await pilot.press("1", "f2")
        await pilot.pause()
        assert "declare it before status" in screen_text(one.app)
        assert isinstance(one.app.screen, ComposerScreen)
    assert posted(one) == []


async def test_f4_writes_a_note_beside_the_update(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=SMALL) as pilot:
        await open_composer(one, pilot)
        await pilot.press("1", "f4")
        await pilot.pause()
        assert "Note for the team" in screen_text(one.app)
        await pilot.press(*"hello", "f2")
        await pilot.pause()
        await pilot.press("s", "f4")
        await pilot.pause()
        assert one.app.screen.query_one(Paper).text.startswith("We are investigating")
    assert [event.message for event in one.live.session.events if isinstance(event, NoteTaken)] == ["hello"]


async def test_f5_posts_elsewhere(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=SMALL) as pilot:
        await open_composer(one, pilot)
        await pilot.press("1", "f5")
        await pilot.pause()
        assert "Update for customers on social media" in screen_text(one.app)
        await pilot.press("f2")
        await pilot.pause()
    assert [channel for channel, _ in posted(one)] == [list(CHANNELS)[1]]


async def test_what_is_pasted_cannot_steer_the_terminal(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=SMALL) as pilot:
        await open_composer(one, pilot)
        paper = one.app.screen.query_one(Paper)
        paper.focus()
        paper.post_message(events.Paste("a\x1b[31mb [bold]c\x07"))
        await pilot.pause()
        assert paper.text == "a\\x1b[31mb [bold]c\\x07"
        assert "[bold]c" in screen_text(one.app)


@pytest.mark.parametrize("size", [SMALL, (60, 16), (40, 10), WIDE])
async def test_it_is_drawn_without_colours_and_in_ascii_at_every_size(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    one = stage()
    one.app.look = replace(one.app.look, glyphs=ASCII)
    async with one.app.run_test(size=size) as pilot:
        await open_composer(one, pilot)
        await pilot.press("tab", *"Orders", "space", *"fail")
        await pilot.pause()
        text = screen_text(one.app)
        assert "Orders fail" in text
        assert "+ yes" in text
        box = [line for line in text.splitlines() if "yes" in line or "Orders" in line]
        assert all(line.isascii() for line in box)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "Orders fail" in screen_text(one.app)


async def test_on_a_low_screen_the_list_says_that_the_arrows_lead_to_more_templates(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=(50, 15)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("s")
        await pilot.pause()
        low = screen_text(one.app)
        assert "↑↓ more · number or enter takes it" in low
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "↑↓ more" not in screen_text(one.app)
