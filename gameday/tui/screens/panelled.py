"""The panels of the play screen: which of them stand where, which one has the keys, and what is copied from them.

Owns places and focus. What hangs in the panels is the wall's, what a key does to the game the play screen's.
"""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from gameday.tui.arrange import PANELS, View, arrange
from gameday.tui.live import LiveGame
from gameday.tui.panel_text import panel_line, panel_lines
from gameday.tui.screens.base import IDLE
from gameday.tui.screens.commanding import CommandingScreen
from gameday.tui.wall import ABOUT, Wall
from gameday.tui.widgets.bars import GaugeBar, HeaderBar, QuestionBar
from gameday.tui.widgets.candidates import Candidates
from gameday.tui.widgets.command_line import CommandLine
from gameday.tui.widgets.evidence import EvidencePanel
from gameday.tui.widgets.key_bar import KeyBar, TabBar
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel, Selected
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.service_map import ServiceMap
from gameday.tui.widgets.services_table import ServicesTable
from gameday.tui.widgets.signal_panel import ChartPanel, SignalPanel


class PanelledScreen(CommandingScreen):
    """A game on panels that follow the terminal."""

    DEFAULT_CSS = """
    PanelledScreen HeaderBar { position: absolute; }
    PanelledScreen #bottom { dock: bottom; height: auto; }
    """

    def __init__(self, live: LiveGame) -> None:
        super().__init__()
        self.live = live
        self._wall = Wall(self, live)
        self._view = View()
        self._taken = (0, 0)

    def compose(self) -> ComposeResult:
        yield HeaderBar(id="header")
        panels: tuple[Widget, ...] = (
            TabBar(id="tabs"),
            ServiceMap(hint="m table · arrows select", id="map"),
            ServicesTable(hint="m map · arrows select", id="table"),
            SignalPanel(id="signals"),
            ChartPanel(title="Chart", id="chart"),
            RowList(title="3 Pager", hint="a ack · e escalate", id="pager"),
            RowList(title="4 Playbook", hint="enter step · d done", id="playbook"),
            LineLog(title="5 Channel", hint="t talk · s public update", wrap=True, id="channel"),
            EvidencePanel(
                title="6 Evidence",
                empty="Looks put what they find here: metrics, logs, traces, changes …",
                id="evidence",
            ),
        )
        panels += (RowList(title="7 People", hint="enter asks", id="people"),)
        for panel in panels:
            panel.add_class("panel")
            yield panel
        with Vertical(id="bottom"):
            yield GaugeBar()
            yield QuestionBar()
            yield CommandLine(self, IDLE, rows=4)
            yield KeyBar(id="keys")
        yield Candidates()

    def on_resize(self) -> None:
        """The panels follow the terminal."""
        self.place()

    def place(self) -> None:
        """Puts every panel where it belongs at this size, and the questions that wait above the command line."""
        width, height = self.app.size
        self._taken = (self._wall.bars(width, height), self.command_line_widget.extra)
        bars, extra = self._taken
        self.query_one(QuestionBar).styles.height = bars
        self.command_line_widget.lift = bars
        boxes = arrange(width, height, self._view, bars + extra)
        if "map" in boxes and self._wall.wants_table(boxes["map"], width):
            boxes["table"] = boxes.pop("map")
        header = self.query_one("#header")
        header.styles.width, header.styles.height = width, 1
        self.put(boxes)
        for panel in self.query(".panel").results(DrawnPanel):
            panel.tell_way_back("esc back" if self._view.alone is not None else "")
        self._wall.shown = tuple(boxes)
        self._wall.refresh(everything=True)
        focused = self.focused
        if isinstance(focused, DrawnPanel) and focused.id not in boxes:
            self.leave_line()

    def refit(self) -> None:
        """Places the panels anew where the questions or the text under the line take other rows than before."""
        if (self._wall.bars(*self.app.size), self.command_line_widget.extra) != self._taken:
            self.place()

    def leave_line(self) -> None:
        """Gives the keys back to the playbook, or to what is in view."""
        shown = self._wall.shown
        wanted = self._wall.last_focus if self._wall.last_focus in shown else None
        name = wanted or ("playbook" if "playbook" in shown else next((one for one in shown if one != "tabs"), None))
        if name is not None:
            self.set_focus(self.query_one(f"#{name}"))

    def action_panel(self, number: int) -> None:
        """Gives a panel the keys; again maximises it."""
        name = PANELS[number - 1]
        focused = self.focused
        if isinstance(focused, DrawnPanel) and focused.id in (name, "table" if name == "map" else name):
            self.action_maximise_panel()
            return
        self._show(self._view.showing(name, *self.app.size))
        shown = "table" if name == "map" and "table" in self._wall.shown else name
        self._wall.last_focus = shown
        self.set_focus(self.query_one(f"#{shown}"))

    def action_maximise_panel(self) -> None:
        """The focused panel alone, or all again."""
        focused = self.focused
        name = focused.id if isinstance(focused, DrawnPanel) else "playbook"
        name = "map" if name == "table" else name
        self._show(View(self._view.main, None if self._view.alone else name))

    def action_toggle_table(self) -> None:
        """Services as a map or as a table."""
        had = isinstance(self.focused, (ServiceMap, ServicesTable))
        self._wall.table = "table" not in self._wall.shown
        self._show(View("map", self._view.alone))
        if had:
            self.query_one("#table" if "table" in self._wall.shown else "#map").focus()

    def action_back(self) -> None:
        """One level back: from a maximised panel, from a filter, to the playbook."""
        filtered = [log for log in self.query(LineLog) if log.state.query]
        if self._view.alone is not None:
            self._show(View(self._view.main))
        elif filtered:
            for log in filtered:
                log.filter("")
        else:
            self._wall.last_focus = None
            self._show(View())
            self.leave_line()

    def _show(self, view: View) -> None:
        self._view = view
        self.place()

    @on(Selected, "#map, #table")
    def _selected(self, event: Selected) -> None:
        event.stop()
        self._wall.choose(event.name)

    def action_evidence(self, step: int) -> None:
        """What another look found."""
        self._wall.turn_evidence(step)

    def action_copy_line(self) -> None:
        """The selected row, or the last line."""
        self.gameday.copy(panel_line(self._focused_panel()), "line")

    def action_copy_panel(self) -> None:
        """All that the panel shows."""
        self.gameday.copy("\n".join(panel_lines(self._focused_panel())), "panel")

    def _focused_panel(self) -> DrawnPanel[Any]:
        return self.focused if isinstance(self.focused, DrawnPanel) else self.query_one("#channel", LineLog)

    def help_about(self) -> str:
        """What the focused panel is for."""
        return ABOUT.get(self.focused.id or "", "") if self.focused is not None else ""
