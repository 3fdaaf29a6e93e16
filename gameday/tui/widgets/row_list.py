"""Rows to select from, as a panel: arrows and clicks select, enter opens."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from gameday.tui.drawing import rows
from gameday.tui.drawing.frame import ROOM_FOR_HINT
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.rows import RowsState
from gameday.tui.widgets.panel import DrawnPanel, Opened, Selected

_EVERYTHING = 1_000_000


class RowList(DrawnPanel[RowsState], can_focus=True):
    """Rows; the selection stays with its key when rows change, and shows only while the panel has the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="rows.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="rows.down"),
        Binding("home,g", f"move({-_EVERYTHING})", "First", show=False, id="rows.first"),
        Binding("end,G", f"move({_EVERYTHING})", "Last", show=False, id="rows.last"),
        Binding("enter", "open", "Open", show=False, id="rows.open"),
    ]

    def __init__(self, *, title: str = "", hint: str = "", id: str | None = None) -> None:
        super().__init__(RowsState(), title=title, hint=hint, id=id)
        self._chosen: str | None = None

    @property
    def chosen(self) -> str | None:
        """The key of the row that is selected, or in focus, or the first."""
        keys = [row.key for row in self.state.rows]
        for key in (self._chosen, self.state.focus):
            if key in keys:
                return key
        return keys[0] if keys else None

    @property
    def hint(self) -> str:
        """That the arrows lead to more rows, before the hint that was given; where both fit."""
        given = super().hint
        if not self.has_focus or rows.all_fit(self.state, *self.inner_size):
            return given
        both = f"↑↓ more{' · ' if given else ''}{given}"
        return both if len(both) <= self.size.width - ROOM_FOR_HINT else given

    def select(self, key: str | None) -> None:
        """Moves the selection without telling anybody."""
        self._chosen = key
        self.redraw()

    def draw(self, state: RowsState, width: int, height: int) -> list[Line]:
        """The rows at this size; only who has the keys shows a selection."""
        return rows.draw(replace(state, selected=self.chosen if self.has_focus else None), width, height)

    def action_move(self, step: int) -> None:
        """Moves the selection by rows."""
        key = rows.stepped(replace(self.state, selected=self.chosen), step)
        if key is not None and key != self._chosen:
            self.select(key)
            self.post_message(Selected(self, key))

    def action_open(self) -> None:
        """Asks for what the selected row is about."""
        if self.chosen is not None:
            self.post_message(Opened(self, self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Selects the row under the pointer."""
        width, height = self.inner_size
        edge = 1 if (width, height) != tuple(self.size) else 0
        shown = replace(self.state, selected=self.chosen if self.has_focus else None)
        key = rows.row_at(shown, width, height, event.y - edge)
        if key is not None:
            self.select(key)
            self.post_message(Selected(self, key))
