"""Whether to leave a game, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from gameday.tui.drawing import rows
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.widgets.panel import Opened
from gameday.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp

Leave = Literal["stay", "leave", "end"]
_WIDTH = 72
_COST = (
    "No total then: recovery time and customer impact are not scored. All is well? "
    "Stay and :resolve; the rest passes at once."
)
"""What ending before time is over forfeits, and how not to."""


class LeaveScreen(ModalScreen[Leave]):
    """Three ways; esc stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "choose('stay')", "Stay", show=False, id="leave.stay"),
        Binding("q,y", "choose('leave')", "Leave", show=False, id="leave.leave"),
        Binding("b", "choose('end')", "End", show=False, id="leave.end"),
    ]
    DEFAULT_CSS = """
    LeaveScreen { align: center middle; background: $background 60%; }
    LeaveScreen > Container { width: 72; max-width: 96%; }
    """

    def __init__(self, kept: str, *, is_over: bool) -> None:
        """`kept` says what becomes of a game that is left."""
        super().__init__()
        self._kept = kept
        self._is_over = is_over

    def compose(self) -> ComposeResult:
        with Container():
            yield RowList(title="Leave the game?", hint="enter chooses", id="ways")

    def on_mount(self) -> None:
        ways = self.query_one(RowList)
        ways.dress(cast("GamedayApp", self.app).look)
        cost = () if self._is_over else ((_COST, "degraded"),)
        ways.show(
            RowsState(
                (
                    Row("stay", "", "stay", at="esc", most=2),
                    Row("leave", "", f"leave; {self._kept}", at="q  ", most=2),
                    Row("end", "", "end the game here and see the debrief", at="b  ", details=cost, most=2),
                )
            )
        )
        self._fit_rows()
        ways.focus()

    def on_resize(self) -> None:
        """The box follows the terminal."""
        self._fit_rows()

    def _fit_rows(self) -> None:
        """As high as its rows at this width."""
        box = self.query_one(Container)
        width = min(_WIDTH, max(self.app.size.width * 96 // 100, 3))
        height = len(rows.draw(self.query_one(RowList).state, width - 2, self.app.size.height)) + 2
        box.styles.width, box.styles.height = width, min(height, self.app.size.height)

    def action_choose(self, way: Leave) -> None:
        """Answers."""
        self.dismiss(way)

    def on_opened(self, event: Opened) -> None:
        """The selected way."""
        event.stop()
        self.dismiss(cast("Leave", event.name))
