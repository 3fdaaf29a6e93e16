"""The line on top of screens without a clock: what it is, and the most important about it."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.tui.drawing.line import Line, Piece, cut, fit, spread
from gameday.tui.widgets.panel import DrawnPanel

_WIDE = 100


@dataclass(frozen=True, slots=True)
class TitleState:
    """Left and right of the line; `detail` follows the title where there is room."""

    title: str = ""
    detail: str = ""
    right: str = ""


class TitleBar(DrawnPanel[TitleState]):
    """Title and headline in one line."""

    BOXED = False
    DEFAULT_CSS = """
    TitleBar { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(TitleState(), id=id)

    def draw(self, state: TitleState, width: int, height: int) -> list[Line]:  # noqa: ARG002 (the base's)
        """The headline stays; the detail goes first."""
        dot = self.look.glyphs.dot
        right: list[Piece] = [(f" {cut(state.right, max(width - 22, 1))} ", "header")] if state.right else []
        left: list[Piece] = [(" gameday ", "header-dim"), (f"{dot} ", "header-dim"), (cut(state.title, 40), "header")]
        if state.detail and width >= _WIDE:
            left.append((f"   {state.detail}", "header-dim"))
        line = spread(left, right, width) if right else fit(left, width)
        return [Line(tuple((text, "header" if style == "base" else style) for text, style in line.pieces))]
