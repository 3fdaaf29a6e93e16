"""Text to read, in paragraphs of styled pieces, wrapped at words: briefings, help, the debrief."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len

from gameday.tui.drawing.line import Line, Piece, fit, safe


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces that follow one another; later lines begin at column `hang`. Without pieces it is a blank line."""

    pieces: tuple[Piece, ...] = ()
    hang: int = 0


@dataclass(frozen=True, slots=True)
class ProseState:
    """Paragraphs, of which the first `top` lines are scrolled away."""

    paragraphs: tuple[Paragraph, ...] = ()
    top: int = 0


def line_of(text: str, style: str = "base", hang: int = 0) -> Paragraph:
    """A paragraph of one style."""
    return Paragraph(((text, style),), hang)


def paragraphs_of(text: str, style: str = "base") -> list[Paragraph]:
    """A text of several lines: lines that follow one another are one paragraph, blank lines stay."""
    made: list[Paragraph] = []
    for block in text.strip().split("\n\n"):
        if made:
            made.append(Paragraph())
        made.append(line_of(" ".join(block.split("\n")), style))
    return made


def laid(paragraphs: Iterable[Paragraph], width: int) -> list[Line]:
    """All lines, each `width` cells wide."""
    return [fit(_merged(pieces), width) for paragraph in paragraphs for pieces in _wrapped(paragraph, width)]


def draw(state: ProseState, width: int, height: int) -> list[Line]:
    """The lines in view."""
    if width <= 0 or height <= 0:
        return []
    lines = laid(state.paragraphs, width)
    top = min(max(state.top, 0), max(len(lines) - height, 0))
    return lines[top : top + height]


def _wrapped(paragraph: Paragraph, width: int) -> list[list[Piece]]:
    rows: list[list[Piece]] = [[]]
    used = 0
    for word, style in _words(paragraph.pieces):
        size = cell_len(word)
        if used + len(word.rstrip(" ")) > width and used > paragraph.hang:
            rows.append([(" " * paragraph.hang, "base")])
            used = paragraph.hang
            word = word.lstrip(" ")
            size = cell_len(word)
        while used + size > width and size > 0 and width - used > 0:
            room = width - used
            rows[-1].append((word[:room], style))
            word = word[room:].lstrip(" ")
            size = cell_len(word)
            if size:
                rows.append([(" " * paragraph.hang, "base")])
                used = min(paragraph.hang, width - 1)
        if size:
            rows[-1].append((word, style))
            used += size
    return rows


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one style made one piece."""
    made: list[Piece] = []
    for text, style in pieces:
        if made and made[-1][1] == style:
            made[-1] = (made[-1][0] + text, style)
        else:
            made.append((text, style))
    return made


def _words(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Words, each with the blanks before it."""
    for raw, style in pieces:
        text = safe(raw)
        start = 0
        for place in range(1, len(text)):
            if text[place] == " " and text[place - 1] != " ":
                yield text[start:place], style
                start = place
        if text:
            yield text[start:], style
