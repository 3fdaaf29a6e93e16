"""The text under the `:` line: what a command would take and cost, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.tui.drawing.line import Line, fit, wrap
from gameday.tui.widgets.panel import DrawnPanel

_EDGE = 4


@dataclass(frozen=True, slots=True)
class Said:
    """The text under the line and its style."""

    text: str
    style: str = "dim"


class Under(DrawnPanel[Said]):
    """The text under the command line."""

    BOXED = False
    DEFAULT_CSS = """
    Under { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Said(""), id=id)

    def draw(self, state: Said, width: int, height: int) -> list[Line]:
        """The text, wrapped; what does not fit ends in an ellipsis."""
        texts = wrap(state.text, max(width - _EDGE, 1), max(height, 1))
        return [fit([("   ", "base"), (text, state.style)], width) for text in texts]


def rows_of(said: Said, width: int, most: int) -> int:
    """How many rows a text takes on a screen so wide, at most `most`."""
    return len(wrap(said.text, max(width - _EDGE, 1), most))
