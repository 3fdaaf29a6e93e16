"""A session that cannot go on: why not, and what to do, on the smallest of the usual screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gameday.core.errors import JournalDamaged, JournalError, ReplayDiffers
from gameday.scenario.exercise import Exercise
from gameday.session import places
from gameday.tui.app import GamedayApp
from gameday.tui.going_on import cannot_go_on
from gameday.tui.live import LiveGame, open_game
from gameday.tui.screens.home import HomeScreen
from gameday.tui.screens.play import PlayScreen
from gameday.tui.screens.reading import ReadingScreen
from tests.tui.stage import screen_text


@pytest.fixture
def left(exercise: Exercise) -> Iterator[LiveGame]:
    """A game that was played for a few seconds, and is open still."""
    live = open_game(exercise, seed=3, journal=places.new_journal_path("short"))
    live.session.run_to(5_000_000)
    yield live
    live.close()


def words(app: GamedayApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_a_session_that_another_process_holds_says_so_and_what_to_do(left: LiveGame) -> None:
    app = GamedayApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        said = words(app)
        assert "This session is open in another gameday" in said
        assert "Play on where it is open" in said
        assert "Or leave it there (q, then q)" in said
        assert "fuser " in said
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        left.close()
        await pilot.press("enter", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, PlayScreen)
        app.screen.live.close()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (JournalDamaged("line 7 is damaged", 6), "from a backup"),
        (ReplayDiffers("second 12, db"), "the version of gameday that recorded it"),
        (JournalError("this session has ended"), "gameday replay '/a b.jsonl' --verify"),
        (PermissionError(13, "Permission denied"), "whether you may read and write it"),
    ],
)
def test_every_reason_has_something_to_do(error: Exception, said: str) -> None:
    texts = ["".join(text for text, _ in one.pieces) for one in cannot_go_on(Path("/a b.jsonl"), error)]
    assert texts[0] in (str(error), "Permission denied")
    assert any(said in text for text in texts)
    assert any("begin the same scenario anew" in text for text in texts)


def test_whether_a_session_has_begun_is_the_same_for_a_game_and_for_its_journal(
    exercise: Exercise, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gameday.core.commands import parse_command
    from gameday.tui.saved import unfinished

    assert own_home
    acts: tuple[tuple[Callable[[LiveGame], object], bool], ...] = (
        (lambda live: None, False),
        (lambda live: live.submit(parse_command("note hello")), True),
        (lambda live: live.session.run_to(2_000_000), True),
    )
    for number, (act, begun) in enumerate(acts):
        monkeypatch.setenv("GAMEDAY_HOME", str(own_home / str(number)))
        live = open_game(exercise, seed=3, journal=places.new_journal_path("short"))
        act(live)
        live.close()
        assert live.begun is begun
        assert bool(list(unfinished())) is begun
