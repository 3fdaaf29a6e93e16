"""The table of services as a panel: worst first, arrows and clicks select, enter opens."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from gameday.tui.drawing import table
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.state import TableState
from gameday.tui.widgets.panel import DrawnPanel, Opened, Selected

_EVERYTHING = 1_000_000


class ServicesTable(DrawnPanel[TableState], can_focus=True):
    """Entries and services with their figures. Keeps its selection, by name, when rows change places."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="table.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="table.down"),
        Binding("home,g", f"move({-_EVERYTHING})", "First", show=False, id="table.first"),
        Binding("end,G", f"move({_EVERYTHING})", "Last", show=False, id="table.last"),
        Binding("enter", "open", "Open", show=False, id="table.open"),
    ]

    def __init__(self, *, title: str = "1 Services, worst first", hint: str = "", id: str | None = None) -> None:
        super().__init__(TableState(), title=title, hint=hint, id=id)

    def show(self, state: TableState) -> None:
        """Shows a snapshot; one without a selection leaves the selection as it is."""
        super().show(state if state.selected is not None else replace(state, selected=self.state.selected))

    def select(self, name: str | None) -> None:
        """Moves the selection without telling anybody."""
        super().show(replace(self.state, selected=name))

    def draw(self, state: TableState, width: int, height: int) -> list[Line]:
        """The table at this size."""
        return table.draw(state, width, height, self.look.glyphs)

    def action_move(self, step: int) -> None:
        """Moves the selection by rows."""
        self._choose(table.next_row(self.state, step))

    def action_open(self) -> None:
        """Asks for the details of the selected row."""
        if self.state.selected is not None:
            self.post_message(Opened(self, self.state.selected))

    def on_click(self, event: events.Click) -> None:
        """Selects the row under the pointer."""
        height = self.inner_size[1]
        self._choose(table.row_at(self.state, height, event.y - (1 if height != self.size.height else 0)))

    def _choose(self, name: str | None) -> None:
        if name is not None and name != self.state.selected:
            self.select(name)
            self.post_message(Selected(self, name))
