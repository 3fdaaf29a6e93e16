"""A chart in braille dots, two by four a cell, with labelled axes; in ASCII a column of marks."""

from __future__ import annotations

from gameday.tui.drawing.figures import short
from gameday.tui.drawing.glyphs import UNICODE, Glyphs
from gameday.tui.drawing.line import Line, Piece, column, cut, fit, spread
from gameday.tui.drawing.spark import level, thin
from gameday.tui.drawing.state import ChartState, Values

_AXIS = 6
_SHORTEST = 4
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of a braille cell by column and by row from the top (Unicode 15, block 2800)."""

_STYLES = ("accent", "edge-hot", "ok", "degraded")


def draw(state: ChartState, width: int, height: int, glyphs: Glyphs = UNICODE) -> list[Line]:
    """A title line, the plot with the largest and smallest value at its axis, and a line of times."""
    if width <= 0 or height <= 0:
        return []
    axis = _AXIS if width >= _AXIS + _SHORTEST else 0
    title = 1 if height >= 3 else 0
    times = 1 if height >= 4 and (state.start or state.end) else 0
    rows, columns = height - title - times, width - axis
    top = max((value for _, values in state.lines for value in values if value is not None), default=0.0)
    top = max(top, state.limit or 0.0) or 1.0
    plot = _plot(state, columns, rows, top, glyphs)
    lines = [_title(state, width, glyphs)] if title else []
    for y in range(rows):
        label = _tick(top) if y == 0 else "0" if y == rows - 1 else _tick(top / 2) if y == rows // 2 else ""
        edge: list[Piece] = [(column(label, axis - 1, right=True), "dim"), (glyphs.vertical, "border")] if axis else []
        lines.append(fit([*edge, *plot[y]], width))
    if times:
        lines.append(
            Line(
                (
                    (" " * axis, "base"),
                    *spread([(cut(state.start, columns), "dim")], [(cut(state.end, columns), "dim")], columns).pieces,
                )
            )
        )
    return lines


def _tick(value: float) -> str:
    """A value at the axis; what is so small that it would read as nothing keeps a digit."""
    return short(value) if value >= 0.1 else f"{value:.1g}"


def _title(state: ChartState, width: int, glyphs: Glyphs) -> Line:
    names: list[Piece] = []
    for place, (name, _) in enumerate(state.lines):
        names += [(f"{glyphs.horizontal * 2} ", _style(place)), (f"{cut(name, 16)}  ", "dim")]
    unit = f" ({cut(state.unit, 10)})" if state.unit else ""
    return fit([(f"{cut(state.title, 32)}{unit}  ", "title"), *names], width)


def _style(place: int) -> str:
    return _STYLES[place % len(_STYLES)]


def _plot(state: ChartState, columns: int, rows: int, top: float, glyphs: Glyphs) -> list[list[Piece]]:
    across, down = (2, 4) if glyphs.braille else (1, 1)
    dots: list[list[tuple[int, str]]] = [[(0, "base")] * columns for _ in range(rows)]
    if state.limit is not None:
        row = _row(state.limit, top, rows, down) // down
        dots[row] = [(-1, "warn")] * columns
    for place, (_, values) in enumerate(state.lines):
        for x, low, high in _strokes(values, columns * across, rows * down, top):
            for y in range(low, high + 1):
                before = dots[y // down][x // across][0]
                bit = _DOTS[x % 2][y % 4] if glyphs.braille else 1
                dots[y // down][x // across] = (max(before, 0) | bit, _style(place))
    return [[(_character(dot, glyphs), style) for dot, style in line] for line in dots]


def _character(dot: int, glyphs: Glyphs) -> str:
    if dot == 0:
        return " "
    if dot < 0:
        return glyphs.dot
    return chr(0x2800 + dot) if glyphs.braille else "*"


def _row(value: float, top: float, rows: int, down: int) -> int:
    return rows * down - 1 - level(value, top, rows * down - 1)


def _strokes(values: Values, width: int, height: int, top: float) -> list[tuple[int, int, int]]:
    """Vertical strokes (x, top row, bottom row) that join neighbouring values; a gap in the data is a gap."""
    bins = thin(values, width)
    if 1 < len(bins) < width:
        bins = [bins[x * len(bins) // width] for x in range(width)]
    strokes = []
    before: int | None = None
    for x, value in enumerate(bins):
        if value is None:
            before = None
            continue
        y = height - 1 - level(value, top, height - 1)
        start = y if before is None else before
        strokes.append((x, min(y, start), max(y, start)))
        before = y
    return strokes
