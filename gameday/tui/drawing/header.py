"""The one line on top: which scenario, who plays, what time it is, how bad it is."""

from __future__ import annotations

from rich.cells import cell_len

from gameday.tui.drawing.glyphs import UNICODE, Glyphs
from gameday.tui.drawing.line import Line, Piece, cut, fit, spread
from gameday.tui.drawing.state import HeaderState

_SCENARIO = 28
_SHORTEST = 10
_WIDE = 100


def draw(state: HeaderState, width: int, height: int, glyphs: Glyphs = UNICODE) -> list[Line]:
    """One line. The clock is the last to give way, then the severity, then who plays; modifiers go first."""
    if width <= 0 or height <= 0:
        return []
    right = _right(state, width, glyphs)
    room = width - Line(tuple(right)).width
    if room < 12:
        return [_filled([(f" {cut(state.clock, width - 1)}", "header")] if width < 24 else right, width)]
    left: list[Piece] = [(" ", "header")]
    title = f"{cut(state.title, 12)} {glyphs.dot} " if width >= _WIDE and state.title else ""
    who = state.people[0].split(",")[0] if state.people else ""
    beside = room - 6 - cell_len(title) - cell_len(who)  # what is left where it also says who plays
    scenario = cut(state.scenario, min(_SCENARIO, beside if beside >= _SHORTEST else room - 2 - cell_len(title)))
    if title:
        left.append((title, "header-dim"))
    left.append((scenario, "header"))
    people = cut(f" {glyphs.dot} ".join(state.people), room - Line(tuple(left)).width - 4)
    if len(people) > 5:
        left.append((f"   {people}", "header-dim"))
    if state.dress and (rest := room - Line(tuple(left)).width - 5) > 5:
        left.append((f" {glyphs.dot} {cut(state.dress, rest)}", "header-dim"))
    if state.warning:
        left = [(" ", "header"), (f" {cut(state.warning, room - 4)} ", "header-warn")]
    return [_spread(left, right, width)]


def _right(state: HeaderState, width: int, glyphs: Glyphs) -> list[Piece]:
    wide = width >= _WIDE
    gap = "   " if wide else " "
    pieces: list[Piece] = []
    if state.paused:
        pieces += [(f" {glyphs.paused} paused ", "header-warn"), (gap, "header")]
    else:
        pieces.append((f"{glyphs.running}{' ' if wide else ''}{cut(state.speed, 5)}{gap}", "header"))
    slash = " / " if wide else "/"
    horizon = f"{slash}{cut(state.horizon, 8)}" if state.horizon else ""
    pieces += [(f"T+{cut(state.clock, 9)}", "header"), (horizon, "header-dim"), (gap, "header")]
    if state.severity:
        pieces += [(f" {cut(state.severity, 8)} ", "header-down"), (gap, "header")]
    if state.hurt and width >= 60:
        pieces.append((f"hurt {cut(state.hurt, 9)}{gap}", "header"))
    if state.score and width >= 70:
        pieces.append((f"score {cut(state.score, 5)}{gap}", "header"))
    return pieces


def _spread(left: list[Piece], right: list[Piece], width: int) -> Line:
    return _grounded(spread(left, right, width))


def _filled(pieces: list[Piece], width: int) -> Line:
    return _grounded(fit(pieces, width))


def _grounded(line: Line) -> Line:
    """Padding in the colours of the header."""
    return Line(tuple((text, "header" if style == "base" else style) for text, style in line.pieces))
