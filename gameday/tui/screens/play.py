"""The play screen: one game from its briefing to its end; the clock, and what keys and rows do to the game.

Owns when time passes and when a game is over. Where panels stand is `gameday.tui.screens.panelled`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from gameday.core.commands import quote
from gameday.core.errors import JournalError, SessionBroken
from gameday.core.text import clean_line
from gameday.core.units import format_clock
from gameday.scenario.hats import HATS
from gameday.session.delegating import by_hand
from gameday.tui import board
from gameday.tui.actions import Place, bindings_at, key_line_at_the_end
from gameday.tui.live import LiveGame
from gameday.tui.screens.briefing import BriefingScreen
from gameday.tui.screens.commanding import OVER
from gameday.tui.screens.leave import Leave, LeaveScreen
from gameday.tui.screens.panelled import PanelledScreen
from gameday.tui.widgets.panel import Opened
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.under import Said

FRAME = 0.25
"""Seconds between two updates: 4 Hz."""


class PlayScreen(PanelledScreen):
    """One game, live."""

    PLACE: ClassVar[Place] = "play"
    BINDINGS: ClassVar[list[BindingType]] = bindings_at("play")

    def __init__(self, live: LiveGame, *, brief: bool = True) -> None:
        super().__init__(live)
        self._brief = brief
        self._advancing = False
        self._over = False
        self._found = len(live.found)
        self._wanted = 0

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

    def on_unmount(self) -> None:
        self.live.on_lines = lambda _: None

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
            self.refit()
            if found > self._found and "evidence" not in self._wall.shown:
                self.command_line_widget.say(Said(f"press 6 to read {self.live.found[-1].command}", "accent"))
            self._found = found
            self._tell_what_slowed()
            self._end_if_over()

    def _tell_what_slowed(self) -> None:
        """Under the line, unless somebody types; the channel says it too."""
        wanted = self.live.wanted
        if len(wanted) > self._wanted and not self.command_line_widget.open:
            self.command_line_widget.say(Said(wanted[-1], "accent"))
        self._wanted = len(wanted)

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
