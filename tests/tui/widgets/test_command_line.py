"""The `:` line on the play screen: bursts of keys, long texts under it, long pastes into it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot

from gameday.tui.screens.debrief import DebriefScreen
from gameday.tui.screens.help import HelpScreen
from gameday.tui.widgets.candidates import Candidates
from gameday.tui.widgets.command_input import LONGEST
from gameday.tui.widgets.command_line import CommandLine
from gameday.tui.widgets.key_bar import KeyBar
from gameday.tui.widgets.under import Said, Under
from tests.tui.stage import Stage, screen_text

CURE = "logs: access denied, since your sign-in needs the same systems that fail now; bo could: as bo: logs db"
NAMES = {":": "colon", " ": "space", "?": "question_mark", ".": "full_stop"}
PRESSED = {"\r": "enter", "\t": "tab", "\x1b": "escape", "\x00": "f2"}


async def in_one_burst(pilot: Pilot[int], text: str) -> None:
    """All keys at once, as a terminal brings them when somebody writes them in one go."""
    for letter in text:
        pilot.app.post_message(key_of(letter))
    await pilot.pause()
    await pilot.pause()


def key_of(letter: str) -> events.Key:
    return events.Key(PRESSED[letter], None) if letter in PRESSED else events.Key(NAMES.get(letter, letter), letter)


def line_of(one: Stage) -> CommandLine:
    return one.play.query_one(CommandLine)


async def test_what_follows_the_colon_in_one_burst_of_keys_stands_on_the_line(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, ":logs db")
        assert line_of(one).line.value == "logs db"


async def test_keys_of_a_burst_that_begins_a_command_act_on_nothing_else(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, "tqadehm b")
        assert line_of(one).line.value == "note qadehm b"
        assert one.app.screen is one.play
        assert not one.live.session.commands


async def test_a_burst_of_keys_without_a_colon_does_what_each_of_them_does(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, "a55")
        assert [timed.command.verb for timed in one.live.session.commands] == ["ack"]
        assert "esc back" in screen_text(one.app)


@pytest.mark.parametrize("size", [(120, 36), (100, 30), (80, 24), (50, 15)])
async def test_a_long_text_under_the_line_is_read_to_its_end(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    one = stage()
    async with one.app.run_test(size=size) as pilot:
        await one.let_pass(pilot, 12)
        line_of(one).say(Said(CURE, "warn"))
        await one.let_pass(pilot, 1)
        words = " ".join(screen_text(one.app).split())
        assert CURE in words
        assert "? help" in words


async def test_while_somebody_types_a_second_row_takes_the_keys_and_the_line_stays(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon")
        await pilot.pause()
        before = line_of(one).region.y
        line_of(one).say(Said(CURE, "warn"))
        await pilot.pause()
        assert line_of(one).region.y == before
        assert line_of(one).query_one(Under).size.height == 2
        assert not one.play.query_one(KeyBar).display
        await pilot.press("escape")
        await pilot.pause()
        assert one.play.query_one(KeyBar).display


async def test_a_paste_that_is_too_long_says_that_it_was_cut_until_the_line_is_given(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon", *"note", "space")
        line_of(one).line.post_message(events.Paste("é" * 600 + "\nthe second line"))
        await pilot.pause()
        assert line_of(one).line.value == "note " + "é" * (LONGEST - 5)
        shown = screen_text(one.app)
        assert f"cut at {LONGEST} characters, only the first line of the paste is here" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert f"cut at {LONGEST} characters" in screen_text(one.app)
        await pilot.press("colon")
        await pilot.pause()
        assert "cut at" not in screen_text(one.app)


async def test_a_full_line_says_so_instead_of_swallowing_keys(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon")
        line_of(one).begin("note " + "x" * (LONGEST - 5))
        await pilot.press("y")
        await pilot.pause()
        assert f"full: a line takes {LONGEST} characters" in screen_text(one.app)


async def test_every_command_of_one_burst_is_given_whole(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, ":ack\r:metrics web\rtnobody knows yet\r:dec\tSEV-2\r:lo")
        given = [timed.command.body for timed in one.live.session.commands]
        assert given == ["ack", "metrics web", "note nobody knows yet", "declare SEV-2"]
        assert line_of(one).line.value == "lo"
        assert "logs" in screen_text(one.app)


async def test_a_paste_and_the_enter_after_it_may_come_in_one_burst(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        for event in (key_of(":"), events.Paste("metrics db"), key_of("\r"), key_of("a")):
            pilot.app.post_message(event)
        await pilot.pause()
        assert [timed.command.body for timed in one.live.session.commands] == ["metrics db", "ack"]


async def test_keys_after_one_that_opens_a_screen_belong_to_that_screen(stage: Callable[..., Stage]) -> None:
    one = stage(brief=True)
    async with one.app.run_test(size=(120, 36)) as pilot:
        await in_one_burst(pilot, "\r:note begun\r?")
        assert isinstance(one.app.screen, HelpScreen)
        await in_one_burst(pilot, "\x1bs1\x1bqb")
        assert isinstance(one.app.screen, DebriefScreen)
        assert [timed.command.body for timed in one.live.session.commands] == ["note begun"]


async def test_an_update_that_is_typed_and_posted_in_one_burst_is_posted_whole(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, ":declare SEV-2\rs\tBuying fails.\rWe look.\x00:ack\r")
        given = [timed.command.body for timed in one.live.session.commands]
        assert given == ["declare SEV-2", "status Buying fails. We look.", "ack"]


async def test_a_colon_right_after_a_refusal_begins_another_line_and_up_brings_the_first_back(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, ":logs cart\r")
        assert line_of(one).line.value == "logs cart"
        assert '"cart" is no service here' in screen_text(one.app).splitlines()[-2]
        assert not one.play.query_one(Candidates).display
        await in_one_burst(pilot, ":logs db\r::metr")
        assert [timed.command.body for timed in one.live.session.commands] == ["logs cart", "logs db"]
        assert line_of(one).line.value == "metr"
        await in_one_burst(pilot, "\x1b:logs cart\r:")
        await pilot.press("up")
        assert line_of(one).line.value == "logs cart"


async def test_a_command_is_pasted_with_its_colon_or_without(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await one.give(pilot, "colon", ": note so it is: slow")
        assert [timed.command.body for timed in one.live.session.commands] == ["note so it is: slow"]


async def test_enter_twice_in_one_burst_gives_the_command_of_the_step(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, "\r\rd\r\r")
        given = [timed.command.body for timed in one.live.session.commands]
        assert given == ["ack", "step done", "declare SEV-2"]


async def test_a_colon_begins_another_line_in_place_of_a_command_that_stands_ready(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        await in_one_burst(pilot, "\r")
        assert line_of(one).line.value == "ack"
        await in_one_burst(pilot, ":declare SEV-2\rt: not yet\r")
        given = [timed.command.body for timed in one.live.session.commands]
        assert given == ["declare SEV-2", "note : not yet"]
