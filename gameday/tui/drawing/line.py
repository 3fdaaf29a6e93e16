"""One drawn line: text in pieces, each under the name of a style.

Owns cell widths and the last guard against unsafe characters. Does not own colours (`themes`) or what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from gameday.core.text import clean_line

Piece = tuple[str, str]
"""A text and the name of its style."""

_CELLS_TO_CHARACTERS = 8
"""Characters looked at per cell to fill: combining marks take none, and a text of a million must stay cheap."""


_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces from left to right. Two equal lines look the same, so a widget redraws only lines that differ."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.pieces)

    @property
    def width(self) -> int:
        """Width in terminal cells."""
        return sum(cell_len(text) for text, _ in self.pieces)


def safe(text: str) -> str:
    """`text` on one line with nothing in it that could steer a terminal; free for what is clean already."""
    return text if text.isprintable() else clean_line(text)


def cut(text: str, width: int) -> str:
    """`text` made safe, in at most `width` cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    text = safe(text[: width * _CELLS_TO_CHARACTERS + 1])
    if cell_len(text) <= width:
        return text
    return _crop(text, width - 1).rstrip(" ") + "…"


def cut_at_word(text: str, width: int) -> str:
    """`text` as `cut` does it, but no word is cut that could be left out: half a version is none."""
    shown = cut(text, width)
    space = shown.rfind(" ")
    return shown if not shown.endswith("…") or space < width // 2 else f"{shown[:space].rstrip()} …"


def squeeze(text: str, width: int) -> str:
    """A name made safe, in at most `width` cells: `product-catalog` becomes `prod-cat`, other names end in an ellipsis.

    Every part between hyphens keeps at least three letters, which tells more than one end of the name would.
    """
    text = safe(text[: width * _CELLS_TO_CHARACTERS + 1]) if width > 0 else ""
    parts = text.split("-")
    if cell_len(text) <= width or len(parts) < 2 or not text.isascii():
        return cut(text, width)
    while len(parts) - 1 + sum(map(len, parts)) > width:
        longest = max(range(len(parts)), key=lambda place: len(parts[place]))
        if len(parts[longest]) <= _SHORTEST_PART:
            return cut(text, width)
        parts[longest] = parts[longest][:-1]
    return "-".join(parts)


def column(text: str, width: int, right: bool = False) -> str:
    """`text` cut and padded to exactly `width` cells."""
    text = cut(text, width)
    blank = " " * (width - cell_len(text))
    return blank + text if right else text + blank


def fit(pieces: Iterable[Piece], width: int) -> Line:
    """A line of exactly `width` cells: cropped, or padded in the base style. Makes every piece safe."""
    kept: list[Piece] = []
    left = width
    for raw, style in pieces:
        if left <= 0:
            break
        text = safe(raw[: left * _CELLS_TO_CHARACTERS + 1])
        size = cell_len(text)
        if size > left:
            text = _crop(text, left)
            size = left
        if size:
            kept.append((text, style))
            left -= size
    if left > 0:
        kept.append((" " * left, "base"))
    return Line(tuple(kept))


def spread(left: Iterable[Piece], right: Iterable[Piece], width: int) -> Line:
    """`left` and `right` at the two ends of a line of `width` cells; the left is cut when both do not fit."""
    ending = list(right)
    room = width - sum(cell_len(safe(text)) for text, _ in ending)
    if room <= 0:
        return fit(left, width)
    return Line((*fit(left, room).pieces, *fit(ending, width - room).pieces))


def wrap(text: str, width: int, most: int) -> list[str]:
    """`text` in rows of at most `width` cells, broken at spaces where possible; at most `most` rows."""
    rows: list[str] = []
    rest = safe(text[: width * most * _CELLS_TO_CHARACTERS + 1])
    while rest and len(rows) < most:
        if cell_len(rest) <= width:
            rows.append(rest)
            break
        head = _crop(rest, width).rstrip(" ") if len(rows) < most - 1 else cut(rest, width)
        space = head.rfind(" ")
        if len(rows) < most - 1 and space >= width // 3 and rest[len(head) : len(head) + 1] != " ":
            head = head[:space]
        rows.append(head)
        rest = rest[max(len(head), 1) :].lstrip(" ")
    return rows or [""]


def _crop(text: str, width: int) -> str:
    """Exactly `width` cells; a wide character that would straddle the edge becomes a blank."""
    cropped = set_cell_size(text, width)
    while cell_len(cropped) > width:
        cropped = cropped[:-1]
    return cropped + " " * (width - cell_len(cropped))
