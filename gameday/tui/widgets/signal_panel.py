"""Golden signals and a chart of one of them, as panels."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from gameday.tui.drawing import chart, signals
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.state import ChartState, SignalsState
from gameday.tui.widgets.panel import DrawnPanel, Opened


class SignalPanel(DrawnPanel[SignalsState], can_focus=True):
    """The golden signals of one service or entry; enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Open", show=False, id="signals.open")]

    def __init__(self, *, title: str = "2 Golden signals", hint: str = "", id: str | None = None) -> None:
        super().__init__(SignalsState("", "nodata"), title=title, hint=hint, id=id)

    def draw(self, state: SignalsState, width: int, height: int) -> list[Line]:
        """The signals at this size."""
        return signals.draw(state, width, height, self.look.glyphs)

    def action_open(self) -> None:
        """Asks for the details of the subject."""
        if self.state.subject:
            self.post_message(Opened(self, self.state.subject))


class ChartPanel(DrawnPanel[ChartState], can_focus=True):
    """One or a few histories as a braille chart."""

    def __init__(self, *, title: str = "", hint: str = "", id: str | None = None) -> None:
        super().__init__(ChartState("", ()), title=title, hint=hint, id=id)

    def draw(self, state: ChartState, width: int, height: int) -> list[Line]:
        """The chart at this size."""
        return chart.draw(state, width, height, self.look.glyphs)
