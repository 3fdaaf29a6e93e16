"""The registry of what a user can do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.actions import parse

from gameday.core.verbs import ALIASES, VERBS
from gameday.tui.actions import ACTIONS, Action, Place, actions_at, by_word, key_line, shown_key
from gameday.tui.palette import EverythingProvider
from gameday.tui.screens.base import GamedayScreen
from gameday.tui.screens.debrief import DebriefScreen
from gameday.tui.screens.help import help_paragraphs
from gameday.tui.screens.home import HomeScreen
from gameday.tui.screens.play import PlayScreen
from tests.tui.stage import Stage

SCREENS: dict[Place, type[GamedayScreen]] = {"home": HomeScreen, "play": PlayScreen, "debrief": DebriefScreen}


@pytest.mark.parametrize("place", SCREENS)
def test_every_key_word_and_id_means_one_thing_on_a_screen(place: Place) -> None:
    actions = actions_at(place)
    keys = [key for action in actions for key in action.keys.split(",")]
    for names in (keys, [action.word for action in actions], [action.id for action in actions]):
        assert len(names) == len(set(names))


@pytest.mark.parametrize("place", SCREENS)
def test_every_action_of_a_screen_is_a_method_of_it(place: Place) -> None:
    for action in actions_at(place):
        _, name, _ = parse(action.run)
        assert callable(getattr(SCREENS[place], f"action_{name}")), action.id


@pytest.mark.parametrize("place", SCREENS)
def test_every_action_has_a_key_a_word_and_a_line_in_the_help(place: Place) -> None:
    text = "\n".join("".join(piece for piece, _ in one.pieces) for one in help_paragraphs(place, {}, ""))
    bound = {binding.id for binding in SCREENS[place].BINDINGS if not isinstance(binding, tuple)}
    for action in actions_at(place):
        assert by_word(action.word, place) is action
        assert f":{action.word}" in text
        assert action.title in text
        assert action.id in bound or action.id == "app.palette"  # Textual's own key


def test_a_word_that_is_also_a_verb_of_the_game_does_what_the_verb_does() -> None:
    verbs = {*VERBS, *ALIASES}
    shared = {action.word: action.run for action in ACTIONS if action.place == "play" and action.word in verbs}
    assert shared == {
        "done": "step_done",
        "ack": "ack",
        "escalate": "escalate",
        "note": "prefill('note ')",
        "status": "compose",
        "hint": "submit('hint')",
    }


def test_no_action_that_changes_the_system_hangs_on_a_key() -> None:
    dangerous = [verb.name for verb in VERBS.values() if verb.group == "act"]
    assert not [action for action in ACTIONS if any(f"'{verb}" in action.run for verb in dangerous)]


def test_keys_that_multiplexers_take_are_left_alone() -> None:
    taken = {f"ctrl+{letter}" for letter in "absqzjh"} | {"ctrl+left_square_bracket"}
    keys = {key for action in ACTIONS for key in action.keys.split(",")}
    assert not keys & taken
    assert not [key for key in keys if key.startswith("alt+")]


def test_the_line_of_keys_shows_the_users_own_keys() -> None:
    pause = next(action for action in ACTIONS if action.id == "play.pause")
    assert shown_key(pause, {"play.pause": "p"}) == "p"
    assert ("p", "pause") in key_line("play", {"play.pause": "p"})


async def test_the_palette_offers_every_action_and_every_verb(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        offered = {hit.text or str(hit.display) async for hit in EverythingProvider(one.play).discover()}
    wanted = [action for action in actions_at("play") if action.id != "app.palette"]
    assert {action.title for action in wanted} <= offered
    assert {verb.usage for verb in VERBS.values()} <= offered


def safe_to_run(action: Action) -> bool:
    return action.id not in ("play.quit", "play.debrief")  # they have tests of their own


@pytest.mark.parametrize("way", ["key", "word", "palette"])
async def test_every_action_runs_by_key_by_word_and_from_the_palette(stage: Callable[..., Stage], way: str) -> None:
    one = stage()
    ran: list[str] = []
    async with one.app.run_test(size=(120, 36)) as pilot:
        await one.let_pass(pilot, 12)
        for action in filter(safe_to_run, actions_at("play")):
            if action.id in ("app.back", "app.palette"):
                continue
            one.live.pace.resume()
            if way == "key":
                await pilot.press(action.keys.split(",")[0])
            elif way == "word":
                await one.give(pilot, "colon", action.word)
            else:
                hits = [hit async for hit in EverythingProvider(one.play).search(action.title)]
                command = next(hit.command for hit in hits if hit.text == action.title)
                result = command()
                if result is not None:
                    await result
            await pilot.pause()
            ran.append(action.id)
            while one.app.screen is not one.play:
                await pilot.press("escape")
                await pilot.pause()
            await pilot.press("escape", "escape")
        assert one.app.is_running
    assert len(ran) > 25
