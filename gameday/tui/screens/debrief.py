"""The debrief: score card, times, what was due, what really happened; copy it, play again, go home."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from gameday.scoring.outcome import outcome_of
from gameday.session.record import SessionRecord
from gameday.tui import debriefing
from gameday.tui.actions import Place, bindings_at
from gameday.tui.arrange import Box
from gameday.tui.debrief_document import markdown
from gameday.tui.debriefing import Debrief
from gameday.tui.drawing.prose import Paragraph, ProseState
from gameday.tui.live import LiveGame
from gameday.tui.screens.base import IDLE, GamedayScreen
from gameday.tui.widgets.candidates import Candidates
from gameday.tui.widgets.command_line import CommandLine
from gameday.tui.widgets.key_bar import KeyBar, TabBar, TabsState
from gameday.tui.widgets.prose import ProsePanel
from gameday.tui.widgets.title_bar import TitleBar, TitleState
from gameday.tui.widgets.under import Said

WIDE_FROM = 100
_AROUND = 4
"""Rows that the panels leave to the title, the command line, the text under it and the keys."""

PANELS = ("score", "times", "checks", "truth")
_TITLES = ("1 Score card", "2 Times and impact", "3 Change and keep", "4 What really happened")
_TABS = ("1 Score", "2 Times", "3 Change", "4 Truth")
"""What the panels are called where their titles do not fit side by side."""

_TITLES_FROM = 80


class DebriefScreen(GamedayScreen):
    """One finished game."""

    PLACE: ClassVar[Place] = "debrief"
    BINDINGS: ClassVar[list[BindingType]] = bindings_at("debrief")
    DEFAULT_CSS = """
    DebriefScreen TitleBar { dock: top; }
    DebriefScreen #bottom { dock: bottom; height: auto; }
    """

    def __init__(self, live: LiveGame, record: SessionRecord) -> None:
        super().__init__()
        self._live = live
        self.debrief = Debrief(record, outcome_of(record, live.proof), live.proof, live.journal)
        self._shown = "score"
        self._alone = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        tabs = TabBar(id="tabs")
        tabs.add_class("panel")
        yield tabs
        for name, title in zip(PANELS, _TITLES, strict=True):
            panel = ProsePanel(title=title, id=name)
            panel.add_class("panel")
            yield panel
        with Vertical(id="bottom"):
            yield CommandLine(self, IDLE, rows=3)
            yield KeyBar()
        yield Candidates()

    def on_mount(self) -> None:
        record = self.debrief.record
        self.query_one(TitleBar).show(
            TitleState(f"debrief: {record.exercise.name}", f"seed {record.seed}", self.debrief.headline)
        )
        texts: tuple[list[Paragraph], ...] = (
            debriefing.score_card(self.debrief),
            debriefing.times_and_impact(self.debrief),
            debriefing.checks(self.debrief),
            debriefing.truth(self.debrief),
        )
        for name, text in zip(PANELS, texts, strict=True):
            self.query_one(f"#{name}", ProsePanel).show(ProseState(tuple(text)))
        self._place()
        self.query_one("#score").focus()
        self._keep()

    def on_resize(self) -> None:
        """The panels follow the terminal."""
        self._place()

    def leave_line(self) -> None:
        """Gives the keys back to a panel."""
        self.query_one(f"#{self._shown}").focus()

    def refit(self) -> None:
        """The panels leave room for the text under the line."""
        self._place()

    def action_panel(self, number: int) -> None:
        """Gives a panel the keys, and shows it where there is room for one only; again, it has the screen alone."""
        panel = self.query_one(f"#{PANELS[number - 1]}")
        self._alone = panel.has_focus and not self._alone and self.app.size.width >= WIDE_FROM
        self._shown = PANELS[number - 1]
        self._place()
        panel.focus()

    def action_maximise_panel(self) -> None:
        """The panel that has the keys alone, or all again."""
        name = self.focused.id if isinstance(self.focused, ProsePanel) else self._shown
        self.action_panel(PANELS.index(name or self._shown) + 1)

    def action_back(self) -> None:
        """All panels again, then to the score card."""
        if self._alone:
            self.action_maximise_panel()
        else:
            self.action_panel(1)

    def action_again(self) -> None:
        """Another seed."""
        self.gameday.new_game(self.debrief.record.exercise, speed=self._live.pace.speed, source=self._live.source)

    def action_home(self) -> None:
        """The home screen."""
        self.gameday.go_home()

    def action_quit_debrief(self) -> None:
        """Leaves gameday."""
        self.app.exit(0)

    def action_copy(self) -> None:
        """As markdown."""
        self.gameday.copy(markdown(self.debrief), "debrief")

    def _keep(self) -> None:
        """The debrief as a file beside the journal."""
        journal = self.debrief.journal
        if journal is None:
            return
        path = journal.with_suffix(".md")
        try:
            path.write_text(markdown(self.debrief), encoding="utf-8")
        except OSError as error:
            self.command_line_widget.say(Said(f"the debrief could not be written: {error.strerror}", "warn"))
            return
        self.command_line_widget.say(Said(f"written to {path.name}, beside the journal", "dim"))

    def _place(self) -> None:
        width, height = self.app.size
        body = max(height - _AROUND - self.command_line_widget.extra, 0)
        if width < WIDE_FROM:
            boxes = {"tabs": (0, 1, width, 1), self._shown: (0, 2, width, body - 1)}
        else:
            boxes = {self._shown: (0, 1, width, body)} if self._alone else _four(width, body)
        self.put(boxes)
        for name in PANELS:
            panel = self.query_one(f"#{name}", ProsePanel)
            panel.entitle(hint="" if name not in boxes or len(boxes) < len(PANELS) else "f10 alone")
            panel.tell_way_back("esc back" if len(boxes) == 1 else "")
        titles = _TITLES if width >= _TITLES_FROM else _TABS
        shown = tuple((title, name in boxes) for name, title in zip(PANELS, titles, strict=True))
        self.query_one(TabBar).show(TabsState(shown))


def _four(width: int, body: int) -> dict[str, Box]:
    left, top = width // 2, body // 2
    return {
        "score": (0, 1, left, top),
        "times": (left, 1, width - left, top),
        "checks": (0, 1 + top, left, body - top),
        "truth": (left, 1 + top, width - left, body - top),
    }
