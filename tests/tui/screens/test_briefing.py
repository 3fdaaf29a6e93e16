"""What is read before the clock starts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gameday.scenario.exercise import Exercise
from gameday.tui.screens.briefing import BriefingScreen, briefing
from tests.tui.stage import Stage, screen_text


def text_of(exercise: Exercise, *players: str) -> str:
    return "\n".join("".join(text for text, _ in one.pieces) for one in briefing(exercise, players, {}))


def test_the_briefing_names_who_else_is_played_and_how_to_sign_for_them(exercise: Exercise) -> None:
    assert "Also played here: bo (lead). Sign for them: as bo: COMMAND." in text_of(exercise, "ana", "bo")
    assert "Also played" not in text_of(exercise, "ana")


def test_a_commander_learns_that_enter_can_hand_a_step_on(exercise: Exercise) -> None:
    dressed = exercise.dressed("commander", ())
    assert "or hands it to a colleague" in text_of(dressed, dressed.player)
    assert "to a colleague" not in text_of(exercise, "ana")


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_can_be_read_from_the_briefing_and_leads_back_to_it(stage: Callable[..., Stage], key: str) -> None:
    one = stage(brief=True)
    async with one.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert "Keys, and the same as a command after :" in screen_text(one.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(one.app.screen, BriefingScreen)
        assert one.live.pace.paused


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 15)])
async def test_the_briefing_says_whole_how_to_begin_and_how_to_leave(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    one = stage(brief=True)
    async with one.app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = screen_text(one.app)
        assert "enter begins" in shown
        assert "? help · esc" in shown
