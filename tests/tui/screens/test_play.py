"""Playing a whole game, by keys alone and by typed commands alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot

from gameday.core.events import IncidentDeclared, PageAcknowledged, StepCompleted
from gameday.tui.screens.debrief import DebriefScreen
from gameday.tui.widgets.command_line import CommandLine
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.under import Under
from tests.tui.stage import Stage, screen_text

WIDE = (120, 36)


async def type_line(pilot: Pilot[int], text: str) -> None:
    """`:`, the text, enter."""
    keys = {" ": "space", ">": "greater_than_sign", "-": "minus", "'": "apostrophe"}
    await pilot.press("colon", *(keys.get(letter, letter) for letter in text), "enter")
    await pilot.pause()


def done_steps(stage: Stage) -> list[str]:
    return [event.step for event in stage.live.session.events if isinstance(event, StepCompleted)]


def kinds(stage: Stage) -> list[str]:
    return [event.kind for event in stage.live.session.events]


async def test_the_clock_waits_for_the_briefing_and_enter_begins(stage: Callable[..., Stage]) -> None:
    one = stage(brief=True)
    async with one.app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert one.live.pace.paused
        assert "You keep a shop." in screen_text(one.app)
        assert "You are ana, on-call" in screen_text(one.app)
        await pilot.press("enter")
        assert not one.live.pace.paused


async def test_a_game_goes_from_the_page_to_the_rollback_by_keys_alone(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        assert "3 Pager · 1 unanswered" in screen_text(one.app)
        await pilot.press("enter", "enter", "d", "enter", "enter", "d", "enter", "enter")
        assert done_steps(one) == ["take", "say"]
        assert [action.text for action in one.live.observation.actions] == ["rollback db"]
        await one.let_pass(pilot, 20)
        await pilot.press("d", "enter", "enter")
        assert done_steps(one) == ["take", "say", "mend"]
        assert one.live.diagnosed


async def test_the_next_step_is_right_within_the_same_second(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        now = one.live.session.now
        await pilot.press("enter", "enter", "d", "enter")
        assert one.live.session.now == now
        assert one.play.query_one(CommandLine).line.value == "declare SEV-2"


async def test_a_game_is_played_to_its_debrief_by_typed_commands_alone(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        for text in ("ack", "declare SEV-2", "rollback db", "diagnose db bad-deploy"):
            await type_line(pilot, text)
        assert [timed.verdict.accepted for timed in one.live.session.commands] == [True] * 4
        await one.let_pass(pilot, 80)
        assert isinstance(one.app.screen, DebriefScreen)
        assert "bad-deploy" in screen_text(one.app)


async def test_what_is_refused_stays_on_the_line_with_its_reason(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 3)
        await type_line(pilot, "rollback wbe")
        line = one.play.query_one(CommandLine)
        assert line.line.value == "rollback wbe"
        assert 'did you mean "web"?' in one.play.query_one(Under).state.text
        assert one.play.query_one(Under).state.text.endswith("esc clears")
        assert any("wbe" in entry.text for entry in one.live.lines)


async def test_tab_completes_and_the_cost_is_shown_before_enter(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 3)
        await pilot.press("colon", *"rollb", "tab", "d", "tab")
        await pilot.pause()
        assert one.play.query_one(CommandLine).line.value == "rollback db "
        await one.let_pass(pilot, 5)
        await pilot.press("backspace")
        await pilot.pause()
        assert "takes 10s" in one.play.query_one(Under).state.text


async def test_a_paused_game_takes_no_commands(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("space", "a")
        assert PageAcknowledged.__name__ not in kinds(one)
        assert "paused" in screen_text(one.app)
        await pilot.press("space", "a")
        assert PageAcknowledged.__name__ in kinds(one)


async def test_letters_on_the_line_never_act(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("t", *"adehqm", "space", "escape")
        assert kinds(one).count(IncidentDeclared.__name__) == 0
        assert PageAcknowledged.__name__ not in kinds(one)
        assert isinstance(one.app.screen, type(one.play))


async def test_leaving_asks_and_the_session_can_be_resumed(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("a", "q")
        await pilot.pause()
        assert "Leave the game?" in screen_text(one.app)
        await pilot.press("escape")
        assert not one.live.stopped
        await pilot.press("q", "q")
        await pilot.pause()
    assert one.live.stopped
    from gameday.tui.live import resume_game

    assert one.live.journal is not None
    again = resume_game(one.live.journal)
    assert (
        again.session.now == one.live.session.now // 1_000_000 * 1_000_000 or again.session.now == one.live.session.now
    )
    assert [line.text for line in again.lines] == [line.text for line in one.live.lines]
    again.close()


async def test_without_a_diagnosis_the_end_asks_for_one(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 90)
        assert one.live.session.finished
        assert "enter names the cause, b shows the debrief" in screen_text(one.app)
        await pilot.press("enter")
        assert one.play.query_one(CommandLine).line.value == "diagnose "
        await pilot.press(*"db", "space", *"bad", "minus", *"deploy", "enter")
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(one.app.screen, DebriefScreen)


async def test_a_resolved_game_goes_on_to_its_end_by_itself(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 8)
        for text in ("rollback db", "diagnose db bad-deploy", "declare SEV-2"):
            await type_line(pilot, text)
        await one.let_pass(pilot, 40)
        await type_line(pilot, "resolve")
        await one.let_pass(pilot, 1)
        assert one.live.session.finished
        assert isinstance(one.app.screen, DebriefScreen)


async def test_a_game_that_is_resolved_while_customers_are_hurt_goes_on_at_its_pace(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        for text in ("declare SEV-2", "resolve"):
            await type_line(pilot, text)
        now = one.live.session.now
        await one.let_pass(pilot, 2)
        assert now < one.live.session.now <= now + 3_000_000
        assert not one.live.settling


async def test_the_filter_keeps_matching_lines_and_esc_shows_all(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("slash", *"boss", "enter")
        await pilot.pause()
        assert one.play.query_one("#channel", LineLog).state.query == "boss"
        await pilot.press("escape")
        assert one.play.query_one("#channel", LineLog).state.query == ""


@pytest.mark.parametrize("key", ["f2", "f3", "question_mark", "ctrl+p", "m", "f10", "1", "2", "5", "6", "Y", "y", "["])
async def test_no_key_stops_the_game(stage: Callable[..., Stage], key: str) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 10)
        await pilot.press(key)
        await pilot.pause()
        await pilot.press("escape", "escape")
        await one.let_pass(pilot, 2)
        assert one.app.is_running


async def test_tab_goes_through_the_panels_and_past_an_empty_line(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 3)
        names = []
        for _ in range(8):
            await pilot.press("tab")
            await pilot.pause()
            names.append(one.app.focused.id if one.app.focused else None)
        assert names[:3] == ["channel", "evidence", "people"]
        assert set(names) == {"map", "signals", "pager", "playbook", "channel", "evidence", "people", "line"}


async def test_going_back_to_the_terminal_leaves_what_was_typed(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon", *"note", "space")
        one.app.post_message(events.AppBlur())
        await pilot.pause()
        one.app.post_message(events.AppFocus())
        await pilot.pause()
        await pilot.press("a", "enter")
        await pilot.pause()
        assert [timed.command.body for timed in one.live.session.commands] == ["note a"]


async def test_the_line_of_keys_says_that_the_game_is_recorded(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(160, 40)) as pilot:
        await pilot.pause()
        assert screen_text(one.app).splitlines()[-1].rstrip().endswith("recorded")


async def test_d_names_what_the_step_asks_for_and_nobody_has_sent(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("d")
        assert "not sent yet: ack" in screen_text(one.app)
        assert done_steps(one) == []


async def test_what_a_look_found_is_announced_and_shown_whole_where_its_panel_was_hidden(
    stage: Callable[..., Stage],
) -> None:
    one = stage()
    async with one.app.run_test(size=(80, 24)) as pilot:
        await one.let_pass(pilot, 12)
        await pilot.press("colon", *"describe", "space", *"db", "enter")
        await one.let_pass(pilot, 18)
        assert "press 6 to read describe db" in screen_text(one.app)
        await pilot.press("6")
        await pilot.pause()
        shown = screen_text(one.app)
        assert all(line.text[:60] in shown for line in one.live.found[-1].lines)
