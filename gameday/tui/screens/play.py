"""The play screen: composes the panels, routes keys and commands to the game, and snapshots to the panels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from gameday.core.commands import quote
from gameday.core.errors import JournalError, SessionBroken
from gameday.core.text import clean_line
from gameday.core.units import format_clock
from gameday.scenario.hats import HATS
from gameday.session.delegating import by_hand
from gameday.tui import board
from gameday.tui.actions import Place, bindings_at, key_line_at_the_end
from gameday.tui.arrange import PANELS, View, arrange
from gameday.tui.live import LiveGame
from gameday.tui.panel_text import panel_line, panel_lines
from gameday.tui.screens.base import IDLE
from gameday.tui.screens.briefing import BriefingScreen
from gameday.tui.screens.commanding import OVER, CommandingScreen
from gameday.tui.screens.leave import Leave, LeaveScreen
from gameday.tui.wall import ABOUT, Wall
from gameday.tui.widgets.bars import GaugeBar, HeaderBar, QuestionBar
from gameday.tui.widgets.command_line import Candidates, CommandLine, Said
from gameday.tui.widgets.evidence import EvidencePanel
from gameday.tui.widgets.key_bar import KeyBar, TabBar
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel, Opened, Selected
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.service_map import ServiceMap
from gameday.tui.widgets.services_table import ServicesTable
from gameday.tui.widgets.signal_panel import ChartPanel, SignalPanel

FRAME = 0.25
"""Seconds between two updates: 4 Hz."""


class PlayScreen(CommandingScreen):
    """One game, live."""

    PLACE: ClassVar[Place] = "play"
    BINDINGS: ClassVar[list[BindingType]] = bindings_at("play")
    DEFAULT_CSS = """
    PlayScreen HeaderBar { position: absolute; }
    PlayScreen #bottom { dock: bottom; height: auto; }
    """

    def __init__(self, live: LiveGame, *, brief: bool = True) -> None:
        super().__init__()
        self.live = live
        self._brief = brief
        self._view = View()
        self._wall = Wall(self, live)
        self._taken = (0, 0)
        self._advancing = False
        self._over = False
        self._found = len(live.found)

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
            yield CommandLine(self.complete, self.preview, IDLE, rows=3)
            yield KeyBar(id="keys")
        yield Candidates()

    def on_mount(self) -> None:
        self._wall.begin()
        self.place()
        self.query_one("#playbook").focus()
        self.set_interval(FRAME, self._frame)
        if self._brief:
            players = (self.live.player, *(name for name in self.live.session.players if name != self.live.player))
            briefing = BriefingScreen(self.live.exercise, players, self.gameday.keys, self._another_hat)
            self.app.push_screen(briefing, self._briefed)
        elif self.live.plan is None and not self.live.session.finished:
            self.command_line_widget.say(Said(f"paused at {format_clock(self.live.now)}: space goes on", "warn"))
        else:
            self.live.pace.resume()

    def on_resize(self) -> None:
        """The panels follow the terminal."""
        self.place()

    def on_unmount(self) -> None:
        self.live.on_lines = lambda _: None

    # the clock

    def _frame(self) -> None:
        """Every quarter of a second: simulate in the background, then draw."""
        if not self._advancing:
            self._advancing = True
            self.run_worker(self.tick(), group="clock", exit_on_error=True)

    async def tick(self) -> None:
        """Simulates up to the clock and draws what changed."""
        self._advancing = True
        try:
            await self.live.advance()
        except SessionBroken as error:
            self.gameday.game_broke(self.live, str(error))
            return
        finally:
            self._advancing = False
        if self.is_mounted and not self.live.stopped:
            found = len(self.live.found)
            self._wall.refresh()
            if (self._wall.bars(*self.app.size), self.command_line_widget.extra) != self._taken:
                self.place()
            if found > self._found and "evidence" not in self._wall.shown:
                self.command_line_widget.say(Said(f"press 6 to read {self.live.found[-1].command}", "accent"))
            self._found = found
            self._end_if_over()

    def _end_if_over(self) -> None:
        if not self.live.session.finished or self._over:
            return
        self._over = True
        if self.live.diagnosed:
            self.action_debrief()
            return
        self._wall.refresh(everything=True)
        self.query_one("#playbook", RowList).entitle(hint="enter names the cause")
        self.query_one("#pager", RowList).entitle(hint="")
        self.show_keys()
        self.command_line_widget.say(Said(OVER, "warn"))

    def _briefed(self, begin: bool | None) -> None:
        if begin:
            self.live.pace.resume()
        else:
            self.gameday.leave_game(self.live)

    def _another_hat(self) -> None:
        """The same game from the next seat; its briefing follows."""
        names = ("", *HATS)
        hat = names[(names.index(self.live.exercise.hat) + 1) % len(names)]
        try:
            self.gameday.play(self.live.with_hat(hat))
        except (OSError, JournalError) as error:
            self.gameday.tell(clean_line(str(error), 300), warn=True)

    # panels

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

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        event.stop()
        step = board.current_step(self.live.observation.steps)
        match event.panel.id:
            case "playbook" if step is None or event.name == step.ref:
                self.action_next_step()
            case "playbook":
                self.action_prefill(f"step {event.name}")
            case "pager":
                self.action_prefill(f"ack {event.name}")
            case "people":
                self.action_prefill(f"ask {quote(event.name)} ")
            case _:
                self._open_subject(event.name)

    def _open_subject(self, name: str) -> None:
        from gameday.tui.screens.detail import DetailScreen

        self.app.push_screen(DetailScreen(self.live, name), self._looked)

    def _looked(self, command: str | None) -> None:
        if command:
            self.action_prefill(by_hand(command, self.live.session))

    # the game

    def action_toggle_pause(self) -> None:
        """Lets the clock stand still, or go on."""
        if self._told_that_it_is_over():
            return
        pace = self.live.pace
        if pace.paused:
            pace.resume()
        else:
            pace.pause()
        self.command_line_widget.say(Said("paused; space goes on" if pace.paused else "the clock runs", "accent"))
        self._wall.refresh()

    def action_speed(self, step: int) -> None:
        """Faster or slower."""
        self.live.change_speed(step)
        self._wall.refresh()

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

    def action_debrief(self) -> None:
        """Ends the game; before time is over it asks."""
        if self.live.session.finished:
            self.gameday.end_game(self.live, aborted=False)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Asks whether to leave; the clock waits for the answer."""
        was_paused = self.live.pace.paused
        self.live.pace.pause()

        def answered(way: Leave | None) -> None:
            if way == "end":
                self.gameday.end_game(self.live, aborted=not self.live.session.finished)
            elif way == "leave":
                self.gameday.leave_game(self.live)
            elif not was_paused:
                self.live.pace.resume()

        self.app.push_screen(LeaveScreen(self._kept(), is_over=self.live.session.finished), answered)

    def _kept(self) -> str:
        """What becomes of a game that is left."""
        if self.live.journal is None:
            return "it is not recorded"
        if self.gameday.from_home:
            return "it is saved; go on from the home screen"
        return "it is saved; go on with: gameday play --resume"

    def action_script(self) -> None:
        """What comes and what is wrong, for the facilitator alone."""
        if not self.live.facilitator:
            self.command_line_widget.say(Said("that is for the facilitator: gameday play --facilitator", "warn"))
            return
        from gameday.tui.screens.script import ScriptScreen

        self.app.push_screen(ScriptScreen(self.live))

    def key_pairs(self) -> Iterable[tuple[str, str]]:
        """The keys that do something now, and what."""
        return key_line_at_the_end(self.gameday.keys) if self._over else super().key_pairs()

    def key_note(self) -> str:
        """Whether the game is recorded."""
        return "recorded" if self.live.journal is not None else "not recorded"

    def help_about(self) -> str:
        """What the focused panel is for."""
        return ABOUT.get(self.focused.id or "", "") if self.focused is not None else ""
