"""Progress bars of what is under way, in one line."""

from __future__ import annotations

from gameday.tui.drawing.glyphs import UNICODE, Glyphs
from gameday.tui.drawing.line import Line, Piece, cut, fit
from gameday.tui.drawing.state import Gauge, GaugesState

BAR = 12
LABEL = 32


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
    """One line a row of gauges; those that do not fit are counted at the end."""
    if width <= 0 or height <= 0:
        return []
    if not state.gauges:
        return [fit([(f" {state.idle}" if state.idle else "", "dim")], width)]
    rows: list[list[Piece]] = [[]]
    used = 0
    for shown, gauge in enumerate(state.gauges):
        pieces = _gauge(gauge, glyphs)
        size = Line(tuple(pieces)).width
        if used and used + size > width - (4 if shown < len(state.gauges) - 1 else 0):
            if len(rows) == height:
                rows[-1].append((f" +{len(state.gauges) - shown}", "dim"))
                break
            rows.append([])
            used = 0
        rows[-1].extend(pieces)
        used += size
    return [fit(row, width) for row in rows]


def _gauge(gauge: Gauge, glyphs: Glyphs) -> list[Piece]:
    pieces: list[Piece] = [(f" {glyphs.acting} ", gauge.style), (cut(gauge.label, LABEL), "value")]
    if gauge.done is not None:
        left, right = glyphs.ends[0], glyphs.ends[1]
        pieces += [(f" {left}", "dim"), (bar(gauge.done, BAR, glyphs), gauge.style), (right, "dim")]
    if gauge.note:
        pieces.append((f" {cut(gauge.note, LABEL)}", "dim"))
    return [*pieces, ("   ", "base")]
