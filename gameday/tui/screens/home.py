"""The home screen: go on with an unfinished session, or pick a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from gameday.core.errors import GamedayError, InputError
from gameday.core.units import format_clock, format_duration
from gameday.scenario.hats import HATS
from gameday.scenario.listing import Listing
from gameday.tui.actions import Place, bindings_at
from gameday.tui.drawing.prose import Paragraph, ProseState, line_of, paragraphs_of
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.going_on import cannot_go_on
from gameday.tui.saved import Saved, saved_sessions
from gameday.tui.screens.base import IDLE, GamedayScreen
from gameday.tui.screens.reading import ReadingScreen
from gameday.tui.widgets.candidates import Candidate, Candidates
from gameday.tui.widgets.command_line import CommandLine
from gameday.tui.widgets.key_bar import KeyBar
from gameday.tui.widgets.panel import Opened, Selected
from gameday.tui.widgets.prose import ProsePanel
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.title_bar import TitleBar, TitleState
from gameday.tui.widgets.under import Said

FIRST = ("otel-shop", "retry-storm", "nobody-answers")
"""The order in which a new player meets them; the others follow, easiest first."""

_RESUME, _SCENARIO = "resume ", "play "


class HomeScreen(GamedayScreen):
    """A list, and on the right what the selected line is about."""

    PLACE: ClassVar[Place] = "home"
    BINDINGS: ClassVar[list[BindingType]] = bindings_at("home")
    DEFAULT_CSS = """
    HomeScreen TitleBar { dock: top; }
    HomeScreen #middle { height: 1fr; }
    HomeScreen #bottom { dock: bottom; height: auto; }
    HomeScreen #list { width: 1fr; }
    HomeScreen #about { width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._listings: dict[str, Listing] = {}
        self._saved: dict[str, Saved] = {}
        self._problem = ""
        self._hat = ""
        self._going_on = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Horizontal(id="middle"):
            yield RowList(title="Game days", hint="enter plays", id="list")
            yield ProsePanel(title="About", id="about")
        with Vertical(id="bottom"):
            yield CommandLine(self, IDLE, rows=3)
            yield KeyBar()
        yield Candidates()

    def on_mount(self) -> None:
        self.query_one(TitleBar).show(TitleState("home", "rehearse incidents before they are real"))
        self._load()
        listing = self.query_one("#list", RowList)
        listing.select(self._first_key())
        listing.focus()
        self._about(listing.chosen)

    def leave_line(self) -> None:
        """Gives the keys back to the list."""
        self.query_one("#list").focus()

    def action_back(self) -> None:
        """The list has the keys; esc never quits."""
        self.leave_line()

    def action_play(self) -> None:
        """What is selected."""
        key = self.query_one("#list", RowList).chosen
        if key is not None:
            self._open(key)

    def action_next_hat(self) -> None:
        """The next game is played from another seat."""
        names = ("", *HATS)
        self._hat = names[(names.index(self._hat) + 1) % len(names)]
        self._about(self.query_one("#list", RowList).chosen)

    def action_quit_home(self) -> None:
        """Leaves gameday."""
        self.app.exit(0)

    def complete(self, text: str) -> Sequence[Candidate]:
        """`play NAME`, and the words of the screen."""
        if text.startswith(_SCENARIO):
            typed = text.removeprefix(_SCENARIO)
            return [
                Candidate(_SCENARIO + name, name, one.title)
                for name, one in self._listings.items()
                if name.startswith(typed)
            ]
        return super().complete(text)

    def preview(self, text: str) -> Said:
        """What `play NAME` would begin."""
        one = self._listings.get(text.removeprefix(_SCENARIO).strip()) if text.startswith(_SCENARIO) else None
        return Said(f"{one.title}: {one.difficulty}, {format_duration(one.duration)}") if one else super().preview(text)

    async def give(self, text: str) -> Said | None:
        """`play NAME` begins a game."""
        name = text.removeprefix(_SCENARIO).strip()
        if text.startswith(_SCENARIO) and name in self._listings:
            self._open(_SCENARIO + name)
            return None
        return Said(f'"{text}" is not a command here; play NAME begins a game', "warn")

    @on(Selected, "#list")
    def _selected(self, event: Selected) -> None:
        event.stop()
        self._about(event.name)

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        event.stop()
        self._open(event.name)

    def _open(self, key: str) -> None:
        if self._going_on:
            return
        if key in self._saved:
            self._going_on = True
            self.command_line_widget.say(Said("going back to where it stopped …", "accent"))
            path = self._saved[key].path
            self.call_after_refresh(self._go_on, path)
            return
        from gameday.scenario.load import load

        try:
            exercise = load(key.removeprefix(_SCENARIO))
        except InputError as error:
            self.command_line_widget.say(Said(str(error), "warn"))
            return
        self.gameday.new_game(exercise.dressed(self._hat) if self._hat else exercise)

    def _go_on(self, path: Path) -> None:
        """A session that was left; where it cannot go on, why not and what to do."""
        from gameday.tui.live import resume_game

        try:
            live = resume_game(path)
        except (OSError, GamedayError) as error:
            text = cannot_go_on(path, error)
            self.app.push_screen(ReadingScreen("It cannot go on", text, "enter or esc goes back"), self._back)
            return
        self.gameday.play(live, brief=False)

    def _back(self, _: bool | None) -> None:
        """The list as it is by now."""
        self._going_on = False
        self.command_line_widget.say(Said(IDLE))
        self._load()
        self._about(self.query_one("#list", RowList).chosen)

    def _load(self) -> None:
        from gameday.scenario.listing import listings

        try:
            found = {one.name: one for one in listings()}
        except (InputError, OSError) as error:
            found, self._problem = {}, str(error)
        first = [name for name in FIRST if name in found]
        self._listings = {name: found[name] for name in (*first, *(one for one in found if one not in first))}
        self._saved = {f"{_RESUME}{one.path.name}": one for one in saved_sessions()}
        rows = [_saved_row(key, one) for key, one in self._saved.items()]
        rows += [_scenario_row(one) for one in self._listings.values()]
        self.query_one("#list", RowList).show(RowsState(tuple(rows), empty=self._problem or "no scenario"))

    def _first_key(self) -> str | None:
        """The newest session to go on with, else the first scenario."""
        return next(iter(self._saved), None) or next((_SCENARIO + name for name in self._listings), None)

    def _about(self, key: str | None) -> None:
        panel = self.query_one("#about", ProsePanel)
        if key in self._saved:
            panel.show(ProseState(tuple(_about_saved(self._saved[key]))))
        elif key is not None and (one := self._listings.get(key.removeprefix(_SCENARIO))) is not None:
            panel.show(ProseState(tuple(_about_scenario(one, self._hat))))


def _scenario_row(one: Listing) -> Row:
    return Row(
        _SCENARIO + one.name,
        "○",
        one.title,
        mark_style="accent",
        right=f"{one.difficulty}, {format_duration(one.duration)}",
        details=((one.name, "dim"),),
        chosen_mark="▶",
    )


def _saved_row(key: str, one: Saved) -> Row:
    detail = f"{one.scenario}, began {one.started}"
    return Row(
        key,
        "⟳",
        f"Go on: {one.title}",
        mark_style="degraded",
        right=f"at {format_clock(one.reached)}",
        details=((detail, "dim"),),
        chosen_mark="▶",
    )


def _about_scenario(one: Listing, hat: str) -> list[Paragraph]:
    worn = f"{hat}: {HATS[hat].summary}" if hat else "none: the scenario's own seat"
    return [
        line_of(one.title, "title"),
        Paragraph(),
        *paragraphs_of(one.summary, "value"),
        Paragraph(),
        Paragraph((("difficulty  ", "dim"), (one.difficulty, "value"))),
        Paragraph((("duration    ", "dim"), (f"{format_duration(one.duration)} at most", "value"))),
        Paragraph((("name        ", "dim"), (one.name, "value"))),
        Paragraph((("hat (h)     ", "dim"), (worn, "value")), 12),
        Paragraph(),
        line_of("Enter begins with a briefing; the clock waits until you have read it.", "accent"),
    ]


def _about_saved(one: Saved) -> list[Paragraph]:
    return [
        line_of(f"Go on: {one.title}", "title"),
        Paragraph(),
        line_of(f"It began {one.started} and was left at {format_clock(one.reached)}.", "value"),
        line_of("It goes on exactly where it stopped.", "value"),
        Paragraph(),
        Paragraph((("journal  ", "dim"), (_short(one.path), "value")), 9),
    ]


def _short(path: Path) -> str:
    return str(path)
