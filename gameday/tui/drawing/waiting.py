"""Questions that wait for an answer, a line each across the screen: they must not be missed."""

from __future__ import annotations

from gameday.tui.drawing.line import Line, Piece, cut, fit, spread
from gameday.tui.drawing.state import QuestionsState, Waiting


def draw(state: QuestionsState, width: int, height: int) -> list[Line]:
    """As many lines as there are questions and room; the last line says how many more there are."""
    if width <= 0 or height <= 0:
        return []
    shown = state.questions[:height]
    lines = []
    for place, one in enumerate(shown):
        more = len(state.questions) - height if place == height - 1 else 0
        lines.append(_line(one, state.key if place == 0 else "", max(more, 0), width))
    return lines


def _line(one: Waiting, key: str, more: int, width: int) -> Line:
    ending = "  ".join(
        part for part in (one.left, f"{key} replies" if key else "", f"+{more} more" * (more > 0)) if part
    )
    right: list[Piece] = [(f" {ending} ", one.style)]
    room = max(width - len(ending) - 3, 1)
    line = spread([(f" ? {cut(one.text, room - 3)}", one.style)], right, width)
    return Line(
        tuple((text, one.style if style == "base" else style) for text, style in fit(line.pieces, width).pieces)
    )
