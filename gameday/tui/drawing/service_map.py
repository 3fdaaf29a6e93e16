"""The service map: status, selection and hot edges painted over a layout that a tick never changes.

Where the map does not fit, the services are listed worst first, so that a panel of any size says something; a
screen that has room for a table should ask `fits` and show the table instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from gameday.tui.drawing.glyphs import STATUSES, UNICODE, WORDS, Glyphs
from gameday.tui.drawing.line import Line, Piece, column, cut, fit, safe, squeeze
from gameday.tui.drawing.map_canvas import DOWN, LEFT, RIGHT, UP, Canvas, Cell, Edge, Label, place
from gameday.tui.drawing.map_layout import Layout
from gameday.tui.drawing.state import MapState

_ROLL_CALL_NAME = 18


def fits(layout: Layout | None, width: int, height: int) -> bool:
    """Whether the map can be drawn in this size, the legend aside."""
    return layout is not None and place(layout, width, height) is not None


def draw(layout: Layout | None, state: MapState, width: int, height: int, glyphs: Glyphs = UNICODE) -> list[Line]:
    """The map and, where a row is left, its legend; or the services worst first where the map does not fit."""
    if width <= 0 or height <= 0:
        return []
    canvas, above = _placed(layout, width, height)
    if layout is None or canvas is None:
        return _roll_call(state, width, height, glyphs)
    brush = _Brush(state, dict(state.statuses), dict(state.notes), frozenset(state.hot), layout.cycles, glyphs)
    lines = [fit([], width)] * above
    lines += [_row(canvas, y, brush, width) for y in range(canvas.height)]
    if len(lines) < height:
        lines += [fit([], width)] * (height - 1 - len(lines))
        lines.append(_legend(width, glyphs))
    return lines


def node_at(layout: Layout | None, width: int, height: int, x: int, y: int) -> str | None:
    """The node drawn at a cell of the map of this size."""
    canvas, above = _placed(layout, width, height)
    if canvas is None or not above <= y < above + canvas.height:
        return None
    for label in canvas.labels[y - above]:
        if label.x <= x < label.x + 2 + label.room:
            return label.name
    return None


def neighbour(layout: Layout | None, name: str | None, direction: str) -> str | None:
    """The node that `up`, `down`, `left` or `right` leads to from `name`; the first when nothing is selected."""
    if layout is None:
        return name
    columns = [
        sorted((slot for slot in layer if not slot.passing), key=lambda slot: layout.rows[slot])
        for layer in layout.layers
    ]
    here = next((slot for slots in columns for slot in slots if slot.name == name), None)
    if here is None:
        return columns[0][0].name
    if direction in ("up", "down"):
        slots = columns[here.layer]
        step = -1 if direction == "up" else 1
        return slots[min(max(slots.index(here) + step, 0), len(slots) - 1)].name
    layer = here.layer + (-1 if direction == "left" else 1)
    if not 0 <= layer < len(columns):
        return name
    linked = {slot.name for route in layout.routes.values() if here in (route[0], route[-1]) for slot in route}
    row = layout.rows[here]
    return min(columns[layer], key=lambda slot: (slot.name not in linked, abs(layout.rows[slot] - row))).name


def _placed(layout: Layout | None, width: int, height: int) -> tuple[Canvas | None, int]:
    """The canvas and the blank rows above it; a row is kept for the legend where there is one to spare."""
    if layout is None or width <= 0:
        return None, 0
    canvas = place(layout, width, height - 1) or place(layout, width, height)
    return canvas, max(0, (height - 1 - canvas.height) // 2) if canvas else 0


@dataclass(frozen=True, slots=True)
class _Brush:
    state: MapState
    statuses: Mapping[str, str]
    notes: Mapping[str, str]
    hot: frozenset[Edge]
    cycles: Sequence[str]
    glyphs: Glyphs

    def cell(self, cell: Cell) -> Piece:
        """The character and style of one cell of lines."""
        hot = any(edge in self.hot for edge in cell.edges)
        style = "edge-hot" if hot else "edge-selected" if self._selected(cell.edges) else "edge"
        if cell.head:
            return self.glyphs.arrow, style
        return (self.glyphs.heavy if hot else self.glyphs.light)[cell.sides], style

    def _selected(self, edges: Sequence[Edge]) -> bool:
        return any(self.state.selected in edge for edge in edges)

    def label(self, label: Label) -> list[Piece]:
        """Glyph and name; a node of a cycle says so, and the selected one is in reverse."""
        status = self.statuses.get(label.name, "nodata")
        ending = f" {self.glyphs.cycle}" if label.name in self.cycles else ""
        name = squeeze(label.name, label.room - len(ending)) + ending
        mark = self.glyphs.acting if label.name in self.state.acting else " "
        if label.name == self.state.selected:
            return [(self.glyphs.mark(status), status), (mark, "accent"), (name, "selected")]
        return [(self.glyphs.mark(status), status), (mark, "accent"), (name, "value" if status == "ok" else status)]


def _row(canvas: Canvas, y: int, brush: _Brush, width: int) -> Line:
    cells = canvas.cells[y] if brush.glyphs.corners_tell else _broken(canvas.cells[y])
    spans: list[tuple[int, list[Piece]]] = [(cell.x, [brush.cell(cell)]) for cell in cells]
    spans += [(label.x, brush.label(label)) for label in canvas.labels[y]]
    if canvas.step > 1 and y % canvas.step and brush.notes:
        taken = [cell.x for cell in canvas.cells[y]] + [label.x for label in canvas.labels[y - 1]]
        spans += [note for label in canvas.labels[y - 1] for note in _note(label, taken, brush, width)]
    return fit(_merged(sorted(spans, key=lambda span: span[0])), width)


def _broken(cells: Sequence[Cell]) -> list[Cell]:
    """Without the cell before a branching that a line passes under: `+` alone would look like a junction."""
    under = {cell.x - 1 for cell in cells if cell.sides & (UP | DOWN) and cell.sides & RIGHT and not cell.sides & LEFT}
    return [cell for cell in cells if cell.x not in under or cell.sides & (UP | DOWN)]


def _note(label: Label, taken: Sequence[int], brush: _Brush, width: int) -> list[tuple[int, list[Piece]]]:
    """A note under a node, up to the next line or node."""
    start = label.x + 2
    room = min((x for x in taken if x >= start), default=width + 1) - 1 - start
    text = cut(brush.notes.get(label.name, ""), room)
    return [(start, [(text, "dim")])] if text else []


def _merged(spans: Sequence[tuple[int, list[Piece]]]) -> list[Piece]:
    """Pieces from left to right with blanks between, neighbours of one style made one piece."""
    merged: list[Piece] = []
    at = 0
    for x, pieces in spans:
        if x > at:
            merged.append((" " * (x - at), "base"))
            at = x
        for text, style in pieces:
            if merged and merged[-1][1] == style:
                merged[-1] = (merged[-1][0] + text, style)
            else:
                merged.append((text, style))
            at += cell_len(text)
    return merged


def _legend(width: int, glyphs: Glyphs) -> Line:
    """What the glyphs mean: closer together where room is scarce, and only what fits whole."""
    signs = [(glyphs.mark(status), status, WORDS[status]) for status in ("ok", "degraded", "down", "nodata")]
    signs += [(glyphs.heavy[LEFT | RIGHT] * 2, "edge-hot", "retries"), (glyphs.acting, "accent", "acting")]
    sizes = [cell_len(mark) + 1 + cell_len(word) for mark, _, word in signs]
    gap = 2 if sum(sizes) + 2 * (len(signs) - 1) <= width else 1
    pieces: list[Piece] = []
    used = 0
    for (mark, style, word), size in zip(signs, sizes, strict=True):
        if used + size > width:
            break
        pieces += [(mark, style), (f" {word}{' ' * gap}", "dim")]
        used += size + gap
    return fit(pieces, width)


def _roll_call(state: MapState, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """Glyph and name in columns, worst first."""
    rank = {status: place for place, status in enumerate(STATUSES)}
    ordered = sorted(state.statuses, key=lambda pair: rank.get(pair[1], rank["nodata"]))
    longest = max((cell_len(safe(name[:_ROLL_CALL_NAME])) for name, _ in ordered), default=1)
    across = max(1, (width + 2) // (longest + 4))
    lines: list[Line] = []
    for first in range(0, min(len(ordered), across * height), across):
        pieces: list[Piece] = []
        for name, status in ordered[first : first + across]:
            style = "selected" if name == state.selected else "value" if status == "ok" else status
            pieces += [(glyphs.mark(status), status), (" ", "base"), (column(name, longest), style), ("  ", "base")]
        lines.append(fit(pieces, width))
    return lines
