"""A live game without any screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.scoring.finding import find_proof
from gameday.tui.live import SPEEDS, open_game, resume_game
from gameday.tui.playbook_steps import next_command
from gameday.tui.saved import saved_sessions
from tests.cli.shell import gameday
from tests.scenario.small import write
from tests.tui.stage import Stage


async def run_to(one: Stage, second: int) -> None:
    one.live.pace.resume()
    while one.live.session.now < second * MICRO:
        one.clock.seconds += 1.0
        await one.live.advance()


async def test_the_game_goes_as_far_as_the_clock_and_no_further(stage: Callable[..., Stage]) -> None:
    one = stage(recorded=False)
    one.live.pace.resume()
    one.clock.seconds += 1.5
    await one.live.advance()
    assert one.live.session.now == 1_500_000


async def test_a_clock_that_is_too_fast_is_set_back_and_says_so(stage: Callable[..., Stage]) -> None:
    one = stage(recorded=False)
    live = one.live
    live.pace.resume()
    live.session.on_second(lambda _: setattr(one.clock, "seconds", one.clock.seconds + 10.0))
    live.pace.change_speed(5.0)
    one.clock.seconds += 0.4
    await live.advance()
    assert live.behind
    assert live.pace.due() <= live.session.now + MICRO
    assert not live.pace.paused


async def test_a_command_is_given_at_the_time_on_the_clock(stage: Callable[..., Stage]) -> None:
    one = stage(recorded=False)
    one.live.pace.resume()
    one.clock.seconds += 0.25
    one.live.submit(parse_command("note hello"))
    assert one.live.session.commands[0].at == 250_000


async def test_a_page_for_whoever_plays_brings_the_clock_back_to_one_second_a_second(
    stage: Callable[..., Stage],
) -> None:
    one = stage(recorded=False)
    live = one.live
    live.pace.resume()
    live.change_speed(3)
    live.pace.change_speed(8.0)
    while not live.wanted:
        one.clock.seconds += 0.25
        await live.advance()
    assert live.wanted == ["A1 pages you: 1x again, > goes faster"]
    assert live.lines[-1].text == live.wanted[0]
    assert live.pace.speed == 1.0
    assert live.pace.due() == live.session.now
    live.pace.change_speed(8.0)
    await run_to(one, int(live.session.now / MICRO) + 3)
    assert live.pace.speed == 8.0


async def test_a_question_to_whoever_plays_brings_the_clock_back_too(
    stage: Callable[..., Stage], asked: Exercise
) -> None:
    live = stage(asked, recorded=False).live
    live.pace.resume()
    live.pace.change_speed(8.0)
    while not any("boss" in why for why in live.wanted) and not live.session.finished:
        live.pace.change_speed(8.0)
        live.session.run_to(live.session.now + MICRO)
    assert live.wanted[-1].startswith("boss asks you something: 1x again")
    assert live.pace.speed == 1.0


async def test_speeds_stop_at_both_ends(stage: Callable[..., Stage]) -> None:
    live = stage(recorded=False).live
    assert [live.change_speed(1) for _ in range(9)][-1] == SPEEDS[-1]
    assert [live.change_speed(-1) for _ in range(9)][-1] == SPEEDS[0]


async def test_the_playbooks_next_command_follows_what_was_given(stage: Callable[..., Stage]) -> None:
    one = stage(recorded=False)
    await run_to(one, 12)
    assert next_command(one.live) == "ack"
    one.live.submit(parse_command("ack A1"))
    assert next_command(one.live) == "step done"
    one.live.submit(parse_command("step done"))
    assert next_command(one.live) == "declare SEV-2"


async def test_a_resumed_game_has_its_past(stage: Callable[..., Stage], own_home: Path, tmp_path: Path) -> None:
    one = stage()
    await run_to(one, 20)
    for second, text in ((21, "ack"), (22, "metrics db"), (23, "note hello"), (24, "rollback nothing")):
        await run_to(one, second)
        one.live.submit(parse_command(text))
    await run_to(one, 30)
    one.live.close()
    assert one.live.journal is not None
    again = resume_game(one.live.journal)
    assert [line.text for line in again.lines] == [line.text for line in one.live.lines]
    assert [found.command for found in again.found] == ["metrics db"]
    assert again.seen.table() == one.live.seen.table()
    assert again.seen.hurt_seconds == one.live.seen.hurt_seconds
    assert again.pace.paused
    again.close()


async def test_only_unfinished_sessions_can_be_gone_on_with(stage: Callable[..., Stage], own_home: Path) -> None:
    one = stage()
    await run_to(one, 20)
    one.live.close()
    sessions = own_home / "sessions"
    sessions.mkdir(parents=True)
    assert one.live.journal is not None
    kept = sessions / "20260101T000000Z-short-aaaaaa.jsonl"
    kept.write_bytes(one.live.journal.read_bytes())
    (sessions / "20260102T000000Z-no-journal.jsonl").write_text("hello\n", encoding="utf-8")
    (sessions / "20260103T000000Z-empty.jsonl").touch()
    (found,) = saved_sessions()
    assert (found.path, found.title, found.reached) == (kept, "The shop fails", 20 * MICRO)
    finished = resume_game(kept)
    finished.finish(aborted=True)
    assert saved_sessions() == []


def test_a_game_from_a_file_is_gone_on_with_by_the_proof_beside_it(tmp_path):
    path = write(tmp_path)
    gameday("prove", path, "--seeds", "1", "--label-seeds", "1", "--processes", "1")
    exercise, source = load(str(path)), str(path)
    proof = find_proof(exercise, source).proof
    assert proof is not None
    live = open_game(exercise, seed=3, journal=tmp_path / "one.jsonl", proof=proof, source=source)
    live.close()
    again = resume_game(tmp_path / "one.jsonl")
    assert (again.proof, again.source, again.note) == (proof, source, "")
    again.close()
    path.with_suffix(".proof.json").unlink()
    unscored = resume_game(tmp_path / "one.jsonl")
    assert unscored.proof is None
    assert "there is no proof" in unscored.note
    unscored.close()
