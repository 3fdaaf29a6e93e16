"""Whether to leave a game, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.widgets.panel import Opened
from gameday.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp

Leave = Literal["stay", "leave", "end"]


class LeaveScreen(ModalScreen[Leave]):
    """Three ways; esc stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "choose('stay')", "Stay", show=False, id="leave.stay"),
        Binding("q,y", "choose('leave')", "Leave", show=False, id="leave.leave"),
        Binding("b", "choose('end')", "End", show=False, id="leave.end"),
    ]
    DEFAULT_CSS = """
    LeaveScreen { align: center middle; background: $background 60%; }
    LeaveScreen > Container { width: 64; max-width: 96%; height: 5; }
    """

    def __init__(self, saved: bool) -> None:
        super().__init__()
        self._saved = saved

    def compose(self) -> ComposeResult:
        with Container():
            yield RowList(title="Leave the game?", hint="enter chooses", id="ways")

    def on_mount(self) -> None:
        ways = self.query_one(RowList)
        ways.dress(cast("GamedayApp", self.app).look)
        kept = "it is saved; go on from the home screen" if self._saved else "it is not recorded"
        ways.show(
            RowsState(
                (
                    Row("stay", "", "stay", at="esc"),
                    Row("leave", "", f"leave; {kept}", at="q  "),
                    Row("end", "", "end the game here and see the debrief", at="b  "),
                )
            )
        )
        ways.focus()

    def action_choose(self, way: Leave) -> None:
        """Answers."""
        self.dismiss(way)

    def on_opened(self, event: Opened) -> None:
        """The selected way."""
        event.stop()
        self.dismiss(cast("Leave", event.name))
