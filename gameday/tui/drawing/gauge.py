"""Progress bars of what is under way, in one line."""

from __future__ import annotations

from gameday.tui.drawing.glyphs import UNICODE, Glyphs
from gameday.tui.drawing.line import Line, Piece, cut, fit
from gameday.tui.drawing.state import Gauge, GaugesState

BAR = 12
LABEL = 32
_GAP, _REST = "   ", 6


def bar(share: float, width: int, glyphs: Glyphs = UNICODE) -> str:
    """Exactly `width` cells filled to `share` (0 to 1), to an eighth of a cell where the glyphs have it."""
    if width <= 0:
        return ""
    exact = min(max(share, 0.0), 1.0) * width
    whole = int(exact)
    part = int((exact - whole) * 8)
    drawn = glyphs.full * whole
    if part and glyphs.partial and whole < width:
        drawn += glyphs.partial[part - 1]
    return drawn + glyphs.empty * (width - len(drawn))


def draw(state: GaugesState, width: int, height: int, glyphs: Glyphs = UNICODE) -> list[Line]:
    """One line a row of gauges. Where more of them fit so they lose their bars; those left out are counted."""
    if width <= 0 or height <= 0:
        return []
    if not state.gauges:
        return [fit([(f" {state.idle}" if state.idle else "", "dim")], width)]
    rows, out = _rows(state, width, height, glyphs, BAR)
    bare, fewer_out = _rows(state, width, height, glyphs, 0)
    if fewer_out < out:
        rows, out = bare, fewer_out
    if out:
        rows[-1].append((f"{_GAP} +{out}", "dim"))
    return [fit(row, width) for row in rows]


def _rows(state: GaugesState, width: int, height: int, glyphs: Glyphs, room: int) -> tuple[list[list[Piece]], int]:
    """The rows with bars of so many cells, and how many gauges do not fit."""
    rows: list[list[Piece]] = [[]]
    used = 0
    for shown, gauge in enumerate(state.gauges):
        pieces = _gauge(gauge, glyphs, room)
        size = Line(tuple(pieces)).width
        is_last = shown == len(state.gauges) - 1
        if used and used + len(_GAP) + size > width - (0 if is_last or len(rows) < height else _REST):
            if len(rows) == height:
                return rows, len(state.gauges) - shown
            rows.append([])
            used = 0
        if used:
            pieces = [(_GAP, "base"), *pieces]
            used += len(_GAP)
        rows[-1].extend(pieces)
        used += size
    return rows, 0


def _gauge(gauge: Gauge, glyphs: Glyphs, room: int) -> list[Piece]:
    pieces: list[Piece] = [(f" {glyphs.acting} ", gauge.style), (cut(gauge.label, LABEL), "value")]
    if gauge.done is not None and room:
        left, right = glyphs.ends[0], glyphs.ends[1]
        pieces += [(f" {left}", "dim"), (bar(gauge.done, room, glyphs), gauge.style), (right, "dim")]
    if gauge.note:
        pieces.append((f" {cut(gauge.note, LABEL)}", "dim"))
    return pieces
