"""The app: screens, themes, keys, and the way from home through a game to its debrief.

Owns which screen follows which. `run_home` and `run_play` are what the command line calls.
"""

from __future__ import annotations

import os
import secrets
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App

from gameday.core.errors import GamedayError
from gameday.core.text import clean_line
from gameday.core.units import format_clock
from gameday.scenario.exercise import Exercise
from gameday.scoring.finding import find_proof
from gameday.session import places
from gameday.tui.drawing.glyphs import ASCII, UNICODE
from gameday.tui.drawing.themes import MONO, THEMES, look_for
from gameday.tui.hangup import LOOK_EVERY, end_if_hung_up
from gameday.tui.keymap import keymap_path, read_keymap
from gameday.tui.live import LiveGame, open_game, resume_game
from gameday.tui.palette import EverythingProvider
from gameday.tui.screens.base import GamedayScreen
from gameday.tui.themes import ORDER, app_themes
from gameday.tui.turns import Turns

INTERNAL_ERROR = 3


class GamedayApp(App[int]):
    """Home, play, debrief. `start` is the game to begin with; without it the home screen."""

    TITLE = "gameday"
    COMMANDS: ClassVar = {EverythingProvider}
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 4

    def __init__(self, start: LiveGame | None = None, *, brief: bool = True) -> None:
        # With the terminal's own colours NO_COLOR leaves none at all; otherwise Textual would make them grey.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.look = look_for(os.environ)
        self.keys, self._keys_problem = read_keymap(keymap_path())
        self._start = start
        self._brief = brief
        self._from_home = start is None
        self._turns = Turns(self)
        self.failed: str | None = None
        self.farewell = ""
        """What the shell is told once the screen is gone."""

    def on_mount(self) -> None:
        for theme in app_themes():
            self.register_theme(theme)
        self.theme = f"gameday-{self.look.theme.name}"
        self.set_keymap(self.keys)
        if not self.is_headless:
            self.set_interval(LOOK_EVERY, end_if_hung_up)
        if self._start is not None:
            self.play(self._start, brief=self._brief)
        else:
            self.go_home()
        if self._keys_problem is not None:
            self.tell(self._keys_problem, warn=True)

    async def on_event(self, event: events.Event) -> None:
        """What a key does is done before the next one is looked at."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and await self._turns.take(event):
            self.app_focus = True
            return
        await super().on_event(event)

    # from screen to screen

    @property
    def from_home(self) -> bool:
        """Whether leaving a game leads to the home screen."""
        return self._from_home

    def go_home(self) -> None:
        """The home screen."""
        from gameday.tui.screens.home import HomeScreen

        self._from_home = True
        self._replace(HomeScreen())

    def play(self, live: LiveGame, *, brief: bool = True) -> None:
        """The play screen of a game."""
        from gameday.tui.screens.play import PlayScreen

        self._replace(PlayScreen(live, brief=brief))
        if live.note:
            self.tell(live.note, warn=True)

    def new_game(self, exercise: Exercise, *, seed: int | None = None, speed: float = 1.0, source: str = "") -> None:
        """A game of this exercise from its beginning, recorded; `source` is its file, empty for a built-in one."""
        try:
            live = open_game(
                exercise,
                seed=secrets.randbelow(1_000_000) if seed is None else seed,
                speed=speed,
                journal=places.new_journal_path(exercise.name),
                proof=find_proof(exercise, source).proof,
                source=source,
            )
        except (OSError, GamedayError) as error:
            self.tell(clean_line(str(error), 300), warn=True)
            return
        self.play(live)

    def leave_game(self, live: LiveGame) -> None:
        """Leaves a game; it can be resumed from its journal, unless it has not begun."""
        if live.begun:
            live.close()
        else:
            live.discard()
        if self._from_home:
            self.go_home()
        else:
            if live.begun and live.journal is not None:
                path = shlex.quote(str(live.journal))
                self.farewell = f"left at {format_clock(live.now)}; go on with: gameday play --resume {path}"
            self.exit(0)

    def end_game(self, live: LiveGame, *, aborted: bool) -> None:
        """Ends a game and shows its debrief."""
        from gameday.tui.screens.debrief import DebriefScreen

        try:
            record = live.finish(aborted)
        except GamedayError as error:
            self.game_broke(live, str(error))
            return
        self._replace(DebriefScreen(live, record))

    def game_broke(self, live: LiveGame, reason: str) -> None:
        """The simulated world broke: the session cannot go on. The journal stays for a report."""
        live.close()
        self.failed = reason
        self.exit(INTERNAL_ERROR, message=reason)

    def _replace(self, screen: GamedayScreen) -> None:
        """One screen of the game at a time, whatever stands above the old one."""
        if len(self.screen_stack) > 1:
            while len(self.screen_stack) > 2:
                self.pop_screen()
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    # looks

    def next_theme(self) -> None:
        """The next theme; under NO_COLOR there is only one."""
        names = ("mono",) if os.environ.get("NO_COLOR") else ORDER
        name = names[(names.index(self.look.theme.name) + 1) % len(names)]
        self.look = replace(self.look, theme=MONO if name == "mono" else THEMES[name])
        self.theme = f"gameday-{name}"
        self._dress()

    def toggle_ascii(self) -> None:
        """Plain ASCII or all glyphs."""
        self.look = replace(self.look, glyphs=UNICODE if self.look.glyphs is ASCII else ASCII)
        self._dress()

    def _dress(self) -> None:
        if isinstance(self.screen, GamedayScreen):
            self.screen.dress()

    def tell(self, text: str, warn: bool = False) -> None:
        """A short note about what the user did; never about the incident, since notes vanish."""
        self.notify(text, severity="warning" if warn else "information", markup=False)

    def copy(self, text: str, what: str) -> None:
        """To the clipboard, and to a file for terminals that do not let programs do that."""
        self.copy_to_clipboard(text)
        try:
            path = places.home() / "copied.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            self.tell(f"copied the {what}; no file: {error.strerror}", warn=True)
            return
        self.tell(f"copied the {what}, also to {path}")


def run_home() -> int:
    """The home screen, until the user leaves. Returns the exit code."""
    return _run(GamedayApp())


def run_play(
    exercise: Exercise,
    *,
    seed: int,
    variant: str | None = None,
    speed: float = 1.0,
    journal_path: Path | None = None,
    source: str = "",
    players: Sequence[str] | None = None,
    facilitator: bool = False,
) -> int:
    """One game on the screen, recorded at `journal_path` (a new name in the user's folder, if unsaid).

    `source` is the file of the scenario, empty for a built-in one; `players` is who is played, the first seat if
    unsaid; `facilitator`: whoever sits there may see the script.

    Returns the exit code. Raises OSError, JournalError where the journal cannot be begun.
    """
    live = open_game(
        exercise,
        seed=seed,
        variant=variant,
        speed=speed,
        journal=journal_path or places.new_journal_path(exercise.name),
        proof=find_proof(exercise, source).proof,
        source=source,
        players=players,
        facilitator=facilitator,
    )
    return _run(GamedayApp(live))


def run_resume(journal: Path, *, speed: float | None = None, facilitator: bool = False) -> int:
    """An unfinished game goes on, on the screen. Returns the exit code; raises as `gameday.session.resume` does."""
    return _run(GamedayApp(resume_game(journal, speed=speed, facilitator=facilitator), brief=False))


def _run(app: GamedayApp) -> int:
    code = app.run()
    if app.farewell:
        sys.stdout.write(f"{app.farewell}\n")
    return code if code is not None else app.return_code or 0
