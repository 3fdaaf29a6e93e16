"""Rows that somebody selects: pages, the steps of a playbook, candidates of a completion, sessions to resume.

Owns how a row takes its lines and which rows are in view. Does not own what a row says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from gameday.tui.drawing.line import Line, column, cut, fit, wrap


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `text` takes up to `most` lines, `right` stands at the end of the first, `details` below (text, style).

    An `at` that is given is a column of its own before the text: a time, a key.
    """

    key: str
    mark: str
    text: str
    style: str = "value"
    mark_style: str = "dim"
    at: str = ""
    right: str = ""
    right_style: str = "dim"
    details: tuple[tuple[str, str], ...] = ()
    most: int = 1
    chosen_mark: str = ""
    """The mark while the row is selected, for screens without colours."""


@dataclass(frozen=True, slots=True)
class RowsState:
    """Rows from top to bottom. `focus` is kept in view; `selected` is shown in reverse."""

    rows: tuple[Row, ...] = ()
    selected: str | None = None
    focus: str | None = None
    empty: str = "nothing yet"


_DETAIL_LINES = 3


def draw(state: RowsState, width: int, height: int) -> list[Line]:
    """The rows around the one that is selected, or in focus, and how many are out of view."""
    if width <= 0 or height <= 0:
        return []
    if not state.rows:
        return [fit([(line, "dim")], width) for line in wrap(state.empty, width, height)]
    blocks = [_lines(row, row.key == state.selected, width, height) for row in state.rows]
    wanted = state.selected if state.selected is not None else state.focus
    chosen = next((place for place, row in enumerate(state.rows) if row.key == wanted), 0)
    first = _first(blocks, chosen, height)
    lines = [line for block in blocks[first:] for line in block]
    if len(lines) > height:
        lines = [*lines[: height - 1], _rest(blocks, first, height, width)]
    return lines[:height]


def all_fit(state: RowsState, width: int, height: int) -> bool:
    """Whether no row is out of view."""
    return sum(len(_lines(row, False, width, height)) for row in state.rows) <= height


def row_at(state: RowsState, width: int, height: int, y: int) -> str | None:
    """The key of the row drawn at line `y`."""
    blocks = [_lines(row, False, width, height) for row in state.rows]
    wanted = state.selected if state.selected is not None else state.focus
    chosen = next((place for place, row in enumerate(state.rows) if row.key == wanted), 0)
    at = 0
    for row, block in list(zip(state.rows, blocks, strict=True))[_first(blocks, chosen, height) :]:
        at += len(block)
        if y < at:
            return row.key
    return None


def stepped(state: RowsState, step: int) -> str | None:
    """The key `step` rows below the selected one, within the rows."""
    if not state.rows:
        return None
    keys = [row.key for row in state.rows]
    here = state.selected if state.selected in keys else state.focus
    if here not in keys:
        return keys[0 if step > 0 else -1]
    at = keys.index(here) if here is not None else 0
    if state.selected not in keys and abs(step) == 1:
        return keys[at]
    return keys[min(max(at + step, 0), len(keys) - 1)]


def _first(blocks: Sequence[Sequence[Line]], chosen: int, height: int) -> int:
    """The first row to draw: the top, unless the chosen one would then not be in view with two lines after it."""
    sizes = [len(block) for block in blocks]
    first = 0
    while first < chosen and sum(sizes[first : chosen + 1]) + min(sum(sizes[chosen + 1 :]), 2) > height:
        first += 1
    return first


def _rest(blocks: Sequence[Sequence[Line]], first: int, height: int, width: int) -> Line:
    whole, used = 0, 0
    for block in blocks[first:]:
        if used + len(block) > height - 1:
            break
        used += len(block)
        whole += 1
    left = len(blocks) - first - whole
    return fit([(f"  +{left} more", "dim")], width)


def _lines(row: Row, selected: bool, width: int, height: int) -> list[Line]:
    """A row's lines; where there is little height its details stay, and its text is cut."""
    mark = row.chosen_mark if selected and row.chosen_mark else row.mark
    lead = f"{mark} " if mark else ""
    at = f"{row.at} " if row.at else ""
    indent = cell_len(lead) + cell_len(at)
    ending = f" {row.right}" if row.right else ""
    room = max(width - indent, 4)
    first = max(room - cell_len(ending), 4)
    details = [
        (text, detail_style)
        for detail, detail_style in row.details
        for text in wrap(detail, max(width - cell_len(lead), 4), _DETAIL_LINES)
    ]
    texts = _wrapped(row.text, first, room, max(min(row.most, height - 1 - len(details)), 1))
    style = "selected" if selected else row.style
    lines = [
        fit(
            [(lead, row.mark_style), (at, "dim"), (column(texts[0], first), style), (ending, row.right_style)],
            width,
        )
    ]
    lines += [fit([(" " * indent, "base"), (text, row.style)], width) for text in texts[1:]]
    lines += [fit([(" " * cell_len(lead), "base"), (text, style)], width) for text, style in details]
    return lines


def _wrapped(text: str, first: int, room: int, most: int) -> list[str]:
    """`text` in lines, the first of which may be shorter than the others."""
    if most <= 1 or cell_len(text) <= first:
        return [cut(text, first)]
    head = wrap(text, first, 2)[0].rstrip("…") if first >= 4 else ""
    rest = text[len(head) :].lstrip(" ")
    return [head, *wrap(rest, room, most - 1)] if head else wrap(text, room, most)
