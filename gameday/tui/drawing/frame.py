"""The box around a panel, drawn as text so that a title is never parsed as markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from gameday.tui.drawing.glyphs import UNICODE, Glyphs
from gameday.tui.drawing.line import Line, Piece, cut, fit

ROOM_FOR_HINT = 6
"""Cells of the lower edge that a hint cannot have."""


def inside(width: int, height: int) -> tuple[int, int]:
    """The size that a box of `width` by `height` leaves for what is in it."""
    return max(width - 2, 0), max(height - 2, 0)


def edges(title: str, hint: str, width: int, focused: bool = False, glyphs: Glyphs = UNICODE) -> tuple[Line, Line]:
    """The top line with the title at its left, and the bottom line with the hint at its right."""
    style = "border-focus" if focused else "border"
    top_left, top_right, bottom_left, bottom_right = tuple(glyphs.corners)
    dash = glyphs.horizontal
    if width < 2:
        return fit([(top_left, style)], width), fit([(bottom_left, style)], width)
    named: list[Piece] = []
    if title and width >= 8:
        text = f" {cut(title, width - 6)} "
        named = [(dash, style), (text, "title-focus" if focused else "title")]
    used = sum(cell_len(text) for text, _ in named)
    top = [(top_left, style), *named, (dash * (width - 2 - used), style), (top_right, style)]
    hinted: list[Piece] = []
    if hint and width >= 12:
        hinted = [(f" {cut(hint, width - ROOM_FOR_HINT)} ", "dim"), (dash, style)]
    used = sum(cell_len(text) for text, _ in hinted)
    bottom = [(bottom_left, style), (dash * (width - 2 - used), style), *hinted, (bottom_right, style)]
    return fit(top, width), fit(bottom, width)


def box(
    body: Sequence[Line],
    title: str,
    hint: str,
    width: int,
    height: int,
    focused: bool = False,
    glyphs: Glyphs = UNICODE,
) -> list[Line]:
    """`body`, each line as wide as `inside` says, with a box around it: exactly `height` lines."""
    if width <= 0 or height <= 0:
        return []
    if width < 3 or height < 3:
        return [fit(body[y].pieces if y < len(body) else [], width) for y in range(height)]
    top, bottom = edges(title, hint, width, focused, glyphs)
    side: Piece = (glyphs.vertical, "border-focus" if focused else "border")
    room, rows = inside(width, height)
    blank = fit([], room)
    lines = [Line((side, *(body[y] if y < len(body) else blank).pieces, side)) for y in range(rows)]
    return [top, *lines, bottom]
