"""The lines without a box: the header on top, what is under way, who waits for an answer."""

from __future__ import annotations

from gameday.tui.drawing import gauge, header, waiting
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.state import GaugesState, HeaderState, QuestionsState
from gameday.tui.widgets.panel import DrawnPanel


class HeaderBar(DrawnPanel[HeaderState]):
    """Scenario, people, clock, severity, in one line."""

    BOXED = False
    DEFAULT_CSS = """
    HeaderBar { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(HeaderState("", "00:00"), id=id)

    def draw(self, state: HeaderState, width: int, height: int) -> list[Line]:
        """The header at this width."""
        return header.draw(state, width, height, self.look.glyphs)


class GaugeBar(DrawnPanel[GaugesState]):
    """Actions under way, with their bars."""

    BOXED = False
    DEFAULT_CSS = """
    GaugeBar { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(GaugesState(), id=id)

    def draw(self, state: GaugesState, width: int, height: int) -> list[Line]:
        """The gauges at this size."""
        return gauge.draw(state, width, height, self.look.glyphs)


class QuestionBar(DrawnPanel[QuestionsState]):
    """Questions that wait for an answer; whoever shows it gives it as many rows as it needs."""

    BOXED = False
    DEFAULT_CSS = """
    QuestionBar { height: 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(QuestionsState(), id=id)

    def draw(self, state: QuestionsState, width: int, height: int) -> list[Line]:
        """The questions at this size."""
        return waiting.draw(state, width, height)
