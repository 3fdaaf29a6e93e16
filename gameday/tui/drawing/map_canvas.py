"""A map layout at a size: which cell holds which label and which piece of which line.

A lane that another line crosses stays whole and the other line breaks, so that a junction is always a branching.
Two lines into one target may join, but only where the lane that is joined leads to nothing else: whatever is drawn
as connected can be followed to the right without reaching a service that is not called. Owns no status and no style.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len

from gameday.tui.drawing.line import safe
from gameday.tui.drawing.map_layout import Layout, Slot

UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8

_SHORTEST_NAME = 8
_WIDEST_TAIL = 6
_MARK = 2
"""Cells of the status glyph and its blank before a name."""

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """Where a node's glyph stands, and the cells its name has."""

    name: str
    x: int
    y: int
    room: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of lines: which sides it connects (up 1, right 2, down 4, left 8) and the edges that run through."""

    x: int
    sides: int
    edges: tuple[Edge, ...]
    head: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A layout placed in cells, row by row."""

    labels: tuple[tuple[Label, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]
    width: int
    height: int
    step: int


@lru_cache(maxsize=32)
def place(layout: Layout, width: int, height: int) -> Canvas | None:
    """The layout in at most `width` by `height` cells, or None when it does not fit legibly."""
    step = 2 if 2 * layout.height - 1 <= height else 1
    if layout.height > height:
        return None
    columns = _columns(layout, width)
    if columns is None:
        return None
    starts, rooms, lanes = columns
    rows = min(step * layout.height, height)
    labels: list[list[Label]] = [[] for _ in range(rows)]
    for layer in layout.layers:
        for slot in layer:
            if not slot.passing:
                room = min(_label_room(layout, slot.name), rooms[slot.layer])
                y = step * layout.rows[slot]
                labels[y].append(Label(slot.name, starts[slot.layer], y, room))
    cells = _cells(layout, starts, rooms, lanes, step)
    labels = [_roomier(layout, row, cells.get(y, []), width) for y, row in enumerate(labels)]
    drawn = tuple(tuple(sorted(cells.get(y, []), key=lambda cell: cell.x)) for y in range(rows))
    return Canvas(tuple(map(tuple, labels)), drawn, starts[-1] + _MARK + rooms[-1], rows, step)


def _label_room(layout: Layout, name: str) -> int:
    return cell_len(safe(name)) + (2 if name in layout.cycles else 0)


def _roomier(layout: Layout, labels: Sequence[Label], cells: Sequence[Cell], width: int) -> list[Label]:
    """The labels of a row, those that were cut as long as the row leaves room: up to a blank before what comes next."""
    taken = [cell.x for cell in cells] + [label.x for label in labels]
    grown = []
    for label in labels:
        start = label.x + _MARK
        end = min((x - 1 for x in taken if x >= start), default=width)
        grown.append(replace(label, room=max(label.room, min(_label_room(layout, label.name), end - start))))
    return grown


def _columns(layout: Layout, width: int) -> tuple[list[int], list[int], list[list[int]]] | None:
    """The x of every layer, the room for its names, and the x of the lanes after it; roomy before tight."""
    rooms = [
        max((_label_room(layout, slot.name) for slot in layer if not slot.passing), default=1)
        for layer in layout.layers
    ]
    counts = [one.columns for one in layout.gutters]

    def needed(stub: int, tail: int, pitch: int) -> int:
        gutters = sum(1 + stub + pitch * max(count - 1, 0) + min(count, 1) + tail for count in counts)
        return sum(rooms) + _MARK * len(rooms) + gutters

    spacings = ((1, 2, 2), (1, 2, 1), (0, 1, 1))
    stub, tail, pitch = next((one for one in spacings if needed(*one) <= width), spacings[-1])
    while needed(stub, tail, pitch) > width:
        widest = max(range(len(rooms)), key=lambda layer: rooms[layer])
        if rooms[widest] <= _SHORTEST_NAME:
            return None
        rooms[widest] -= 1
    while tail < _WIDEST_TAIL and counts and needed(stub, tail + 1, pitch) <= width:
        tail += 1
    starts, lanes = [0], []
    for room, count in zip(rooms, counts, strict=False):
        first = starts[-1] + _MARK + room + 1 + stub
        lanes.append([first + pitch * lane for lane in range(count)])
        starts.append(first + pitch * max(count - 1, 0) + min(count, 1) + tail)
    return starts, rooms, lanes


_Piece = tuple[Slot, Slot, int]
"""A hop that runs through a cell, and the sides of the cell that it connects."""


def _cells(
    layout: Layout, starts: Sequence[int], rooms: Sequence[int], lanes: Sequence[Sequence[int]], step: int
) -> dict[int, list[Cell]]:
    hops: dict[tuple[Slot, Slot], list[Edge]] = {}
    for edge, route in layout.routes.items():
        for hop in pairwise(route):
            hops.setdefault(hop, []).append(edge)
    pieces: dict[tuple[int, int], list[_Piece]] = {}
    for start, end in hops:
        lane = layout.gutters[start.layer].lanes.get(start)
        path = _path(
            (_stub(layout, start, starts, rooms, lanes), step * layout.rows[start]),
            (starts[end.layer] - 1, step * layout.rows[end]),
            0 if lane is None else lanes[start.layer][lane],
        )
        for x, y, sides in path:
            pieces.setdefault((y, x), []).append((start, end, sides))
    branches: dict[Slot, int] = {}
    for start, _ in hops:
        branches[start] = branches.get(start, 0) + 1
    heads = {(step * layout.rows[end], starts[end.layer] - 1) for _, end in hops if not end.passing}
    by_row: dict[int, list[Cell]] = {}
    for (y, x), through in pieces.items():
        by_row.setdefault(y, []).append(_cell(x, through, hops, branches, (y, x) in heads))
    return by_row


def _stub(
    layout: Layout, slot: Slot, starts: Sequence[int], rooms: Sequence[int], lanes: Sequence[Sequence[int]]
) -> int:
    """Where the line out of `slot` begins: a blank after its name, or at once where a lane or arrow would hide it."""
    if slot.passing:
        return starts[slot.layer]
    ending = starts[slot.layer] + _MARK + min(_label_room(layout, slot.name), rooms[slot.layer])
    hidden_from = lanes[slot.layer][0] if lanes[slot.layer] else starts[slot.layer + 1] - 1
    return ending if ending + 1 >= hidden_from else ending + 1


def _path(start: tuple[int, int], end: tuple[int, int], lane: int) -> list[tuple[int, int, int]]:
    """The cells (x, y, sides) from `start` along its row to the lane, along the lane, along the row of `end`."""
    (x, y), (end_x, end_y) = start, end
    if y == end_y:
        return [(at, y, LEFT | RIGHT) for at in range(x, end_x + 1)]
    away, back, step = (DOWN, UP, 1) if end_y > y else (UP, DOWN, -1)
    path = [(at, y, LEFT | RIGHT) for at in range(x, lane)]
    path.append((lane, y, LEFT | away))
    path += [(lane, at, UP | DOWN) for at in range(y + step, end_y, step)]
    path.append((lane, end_y, back | RIGHT))
    return path + [(at, end_y, LEFT | RIGHT) for at in range(lane + 1, end_x + 1)]


def _cell(
    x: int,
    through: Sequence[_Piece],
    hops: Mapping[tuple[Slot, Slot], Sequence[Edge]],
    branches: Mapping[Slot, int],
    head: bool,
) -> Cell:
    owner = next((start for start, _, sides in through if sides & (UP | DOWN)), None)
    kept = list(through)
    if owner is not None:
        targets = {end for start, end, sides in through if start == owner and sides & RIGHT}
        joined = branches[owner] == 1
        kept = [piece for piece in through if piece[0] == owner or (joined and piece[1] in targets)]
    sides, edges = 0, dict[Edge, None]()
    for start, end, connected in kept:
        sides |= connected
        edges.update(dict.fromkeys(hops[start, end]))
    return Cell(x, sides, tuple(edges), head)
