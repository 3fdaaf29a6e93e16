"""People on the play screen: who is here, questions that wait, hands off the keyboard, hats, the script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.session.pace import Pace
from gameday.tui.app import GamedayApp
from gameday.tui.live import open_game, resume_game
from gameday.tui.screens.home import HomeScreen
from gameday.tui.screens.play import PlayScreen
from gameday.tui.screens.script import ScriptScreen
from tests.tui.screens.test_play import type_line
from tests.tui.stage import EXECUTIVE, HandClock, Stage, screen_text

WIDE, NARROW = (120, 36), (80, 24)


async def test_the_key_that_answers_shows_a_long_question_whole_on_the_smallest_screen(
    stage: Callable[..., Stage], write_exercise: Callable[..., Path]
) -> None:
    message = "Nobody tells me anything here. " * 4 + "When will it work again and who says so?"
    path = write_exercise()
    text = path.read_text(encoding="utf-8").replace("kind: message, from: boss", EXECUTIVE)
    path.write_text(text.replace("how bad is it?", message), encoding="utf-8")
    one = stage(load(str(path)))
    async with one.app.run_test(size=NARROW) as pilot:
        await one.let_pass(pilot, 10)
        await pilot.press("r")
        await pilot.pause()
        assert f"boss asks: {message}" in " ".join(" ".join(screen_text(one.app).splitlines()[-4:]).split())
        await pilot.press("b", "a", "d")
        await pilot.pause()
        assert f"boss asks: {message}" in " ".join(" ".join(screen_text(one.app).splitlines()[-4:]).split())


def led_game(tmp_path: Path, players: tuple[str, ...] | None = None) -> Stage:
    """retry-storm from the commander's seat."""
    clock = HandClock()
    live = open_game(
        load("retry-storm").dressed("commander"),
        seed=7,
        journal=tmp_path / "led.jsonl",
        pace=Pace(1.0, clock=clock),
        players=players,
    )
    return Stage(live, GamedayApp(live, brief=False), clock)


async def test_a_question_stands_above_the_line_until_it_is_answered(
    stage: Callable[..., Stage], asked: Exercise
) -> None:
    one = stage(asked)
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 10)
        rows = screen_text(one.app).splitlines()
        assert rows[-4].startswith(" ? Q1 boss asks: how bad is it?")
        assert "r replies" in rows[-4]
        assert rows[-3].startswith(" : ")
        await pilot.press("r")
        await pilot.pause()
        assert one.play.command_line_widget.line.value == "reply --question Q1 "
        await pilot.press(*"bad", "enter")
        await one.let_pass(pilot, 1)
        assert "Q1 boss asks" not in "\n".join(screen_text(one.app).splitlines()[-5:])
        assert one.live.observation.questions == ()
        await pilot.press("r")
        assert "nobody waits for an answer of yours" in screen_text(one.app)


async def test_a_question_is_seen_at_80_columns_and_in_a_feed(stage: Callable[..., Stage], asked: Exercise) -> None:
    one = stage(asked)
    async with one.app.run_test(size=NARROW) as pilot:
        await one.let_pass(pilot, 12)
        assert screen_text(one.app).splitlines()[-4].startswith(" ? Q1 boss asks: how bad is it?")
        await pilot.resize_terminal(50, 16)
        await pilot.pause()
        assert " ? Q1 boss asks" in screen_text(one.app)


async def test_the_people_panel_says_who_is_here_and_whom_a_page_rings_at(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 15)
        text = screen_text(one.app)
        assert "7 People · 1 here" in text
        (row,) = [line for line in text.splitlines() if "rung by A1" in line]
        assert "ana" in row
        assert "you" in row
        await one.let_pass(pilot, 30)
        assert "7 People · 2 here" in screen_text(one.app)


async def test_at_80_columns_people_are_a_tab_and_enter_asks_the_selected_one(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=NARROW) as pilot:
        await one.let_pass(pilot, 45)
        tabs = screen_text(one.app).splitlines()[1]
        assert tabs.rstrip().endswith("7 People 2")
        await pilot.press("7", "down", "enter")
        await pilot.pause()
        assert "[7 People 2]" in screen_text(one.app).splitlines()[1]
        assert one.play.command_line_widget.line.value.startswith("ask ")


async def test_a_commanders_look_stands_ready_to_be_handed_on(tmp_path: Path) -> None:
    one = led_game(tmp_path)
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 100)
        one.live.submit(parse_command("declare SEV-2"))
        one.live.submit(parse_command("page auth"))
        await one.let_pass(pilot, 60)
        await type_line(pilot, "logs auth")
        assert one.play.command_line_widget.line.value == "delegate ana logs auth"
        assert "hands are off the keyboard: enter hands it on" in screen_text(one.app)
        await pilot.press("enter")
        await pilot.pause()
        assert one.live.session.commands[-1].command.body == "delegate ana logs auth"
        await one.let_pass(pilot, 90)
        shared = [found for found in one.live.found if found.shared]
        assert [(found.person, found.command) for found in shared] == [("ana", "logs auth")]
        assert "logs auth, shared by ana, at" in screen_text(one.app)
        assert "ana has read" not in screen_text(one.app)
    one.live.close()


async def test_what_was_shared_is_there_again_when_the_game_goes_on(tmp_path: Path) -> None:
    one = led_game(tmp_path, ("ira", "bo"))
    one.live.pace.resume()
    for second, text in ((100, "declare SEV-2"), (101, "page auth"), (170, "delegate ana logs auth"), (300, None)):
        while one.live.session.now < second * MICRO:
            one.clock.seconds += 1.0
            await one.live.advance()
        if text is not None:
            assert one.live.submit(parse_command(text)).accepted
    one.live.close()
    assert one.live.journal is not None
    again = resume_game(one.live.journal)
    assert again.exercise.hat == "commander"
    assert again.session.players == ("ira", "bo")
    assert sorted(line.text for line in again.lines) == sorted(line.text for line in one.live.lines)
    assert [found.shared for found in again.found] == [found.shared for found in one.live.found] == [True]
    assert again.observation.people == one.live.observation.people
    again.close()


async def test_of_several_who_play_each_ones_evidence_is_named(stage: Callable[..., Stage], exercise: Exercise) -> None:
    clock = HandClock()
    live = open_game(exercise, seed=3, pace=Pace(1.0, clock=clock), players=("ana", "bo"))
    one = Stage(live, GamedayApp(live, brief=False), clock)
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 5)
        await type_line(pilot, "as bo: metrics db")
        await one.let_pass(pilot, 6)
        assert "6 Evidence: metrics db by bo at" in screen_text(one.app)


async def test_a_paused_game_keeps_its_evidence_and_shows_nothing_new(stage: Callable[..., Stage]) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 12)
        await type_line(pilot, "metrics db")
        await one.let_pass(pilot, 6)
        await type_line(pilot, "metrics web")
        assert [found.command for found in one.live.found] == ["metrics db"]
        await pilot.press("escape", "space")
        before, now = screen_text(one.app), one.live.session.now
        assert "metrics db" in before
        for _ in range(30):
            one.clock.seconds += 1.0
            await one.play.tick()
        assert one.live.session.now == now
        assert [found.command for found in one.live.found] == ["metrics db"]
        given = len(one.live.session.commands)
        for keys in (("a",), ("h",), ("d",)):
            await pilot.press(*keys)
        await type_line(pilot, "logs db")
        assert len(one.live.session.commands) == given
        assert "paused: press space" in screen_text(one.app)
        await pilot.press("escape", "escape", "space")
        await one.let_pass(pilot, 6)
        assert [found.command for found in one.live.found] == ["metrics db", "metrics web"]


async def test_the_script_is_for_the_facilitator_alone(stage: Callable[..., Stage], exercise: Exercise) -> None:
    one = stage()
    async with one.app.run_test(size=WIDE) as pilot:
        await one.let_pass(pilot, 3)
        await pilot.press("f9")
        await pilot.pause()
        assert not isinstance(one.app.screen, ScriptScreen)
        assert "SECRET" not in screen_text(one.app)
        one.live.facilitator = True
        await pilot.press("f9")
        await pilot.pause()
        text = screen_text(one.app)
        assert isinstance(one.app.screen, ScriptScreen)
        for part in ("SECRET", "db: bad-deploy", "armed at 00:05", "armed at 00:08", "how bad is it?"):
            assert part in text
        await pilot.press("escape")
        await one.let_pass(pilot, 6)
        await pilot.press("f9")
        await pilot.pause()
        assert "came  at 00:08" in screen_text(one.app)


async def test_h_takes_another_hat_before_the_game_and_the_journal_has_it(stage: Callable[..., Stage]) -> None:
    one = stage(brief=True)
    async with one.app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Hat  none" in screen_text(one.app)
        await pilot.press("h")
        await pilot.pause()
        assert "Hat  commander" in screen_text(one.app)
        assert "You are ira" in screen_text(one.app)
        await pilot.press("enter")
        await pilot.pause()
        screen = one.app.screen
        assert isinstance(screen, PlayScreen)
        assert not screen.live.pace.paused
        assert screen.live.player == "ira"
        assert " · commander" in screen_text(one.app).splitlines()[0]
        assert screen.live.journal is not None
        header = json.loads(screen.live.journal.read_bytes().split(b"\n")[0])
        assert header["exercise"]["hat"] == "commander"
        await pilot.press("h")
        assert screen.live.exercise.hat == "commander"
        screen.live.close()


async def test_at_home_h_chooses_the_hat_of_the_next_game() -> None:
    app = GamedayApp()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("h", "h")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "responder: you work under a simulated" in " ".join(screen_text(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert "Hat  responder" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PlayScreen)
        app.screen.live.close()
