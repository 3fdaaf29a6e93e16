"""The golden signals of one service or entry: a spark line each, its value now and its usual value."""

from __future__ import annotations

from gameday.tui.drawing.figures import NOTHING
from gameday.tui.drawing.gauge import bar
from gameday.tui.drawing.glyphs import UNICODE, WORDS, Glyphs
from gameday.tui.drawing.line import Line, Piece, column, cut, fit, spread
from gameday.tui.drawing.spark import spark
from gameday.tui.drawing.state import Burn, Series, SignalsState

_LABEL = 8
_CURRENT = 9
_BASELINE = 10
_SHORTEST_SPARK = 6
_FULL_BURN = 14.4
"""A burn rate that spends 2 % of a 30-day budget in an hour: the page threshold of the SRE workbook, chapter 5."""


def draw(state: SignalsState, width: int, height: int, glyphs: Glyphs = UNICODE) -> list[Line]:
    """The subject's status, one line a signal, then the objective; the objective's lines are the last to give way."""
    if width <= 0 or height <= 0:
        return []
    ending = _objective(state, width, glyphs)
    room = height - 1
    signals = state.series[: max(room - len(ending), min(room, 4))]
    lines = [_subject(state, width, glyphs)]
    lines += [_signal(one, width, glyphs) for one in signals]
    if not state.series:
        lines.append(fit([("no data yet", "dim")], width))
    lines += ending
    return lines[:height]


def _subject(state: SignalsState, width: int, glyphs: Glyphs) -> Line:
    status: list[Piece] = [
        (f"{glyphs.mark(state.status)} ", state.status),
        (cut(state.subject, max(width - 14, 8)), "title"),
        (f"  {WORDS.get(state.status, WORDS['nodata'])}", state.status),
    ]
    objective = cut(state.objective, max(width - 2 - Line(tuple(status)).width, 0))
    return spread(status, [(objective, "dim")] if objective == state.objective else [], width)


def _signal(series: Series, width: int, glyphs: Glyphs) -> Line:
    baseline = _BASELINE if width >= _LABEL + _CURRENT + _BASELINE + _SHORTEST_SPARK else 0
    label = _LABEL if width >= _LABEL + _CURRENT else max(width - _CURRENT, 0)
    length = width - label - _CURRENT - baseline
    pieces: list[Piece] = [(column(series.label, label), "dim")]
    if length > 0:
        pieces.append((spark(series.values, length, series.top, glyphs), "spark"))
    pieces.append((column(series.current or NOTHING, _CURRENT, right=True), series.style))
    if baseline:
        pieces.append((column(f" {series.baseline}" if series.baseline else "", baseline), "dim"))
    return fit(pieces, width)


def _objective(state: SignalsState, width: int, glyphs: Glyphs) -> list[Line]:
    lines: list[Line] = []
    if state.burns:
        room = max((width - 9) // len(state.burns) - 10, 0)
        pieces: list[Piece] = [("SLO burn ", "dim")]
        for burn in state.burns:
            pieces += _burn(burn, min(room, 12), glyphs)
        lines.append(fit(pieces, width))
    if state.budget is not None:
        left, right = glyphs.ends[0], glyphs.ends[1]
        style = "ok" if state.budget > 0.5 else "degraded" if state.budget > 0 else "down"
        share = max(state.budget, 0.0)
        lines.append(
            fit(
                [
                    (f"budget left {100 * state.budget:.0f}% ", "dim"),
                    (left, "dim"),
                    (bar(share, min(max(width - 22, 3), 16), glyphs), style),
                    (right, "dim"),
                ],
                width,
            )
        )
    return lines


def _burn(burn: Burn, room: int, glyphs: Glyphs) -> list[Piece]:
    if burn.rate is None:
        return [(f"{cut(burn.window, 4)} ", "dim"), (f"{NOTHING}  ", "nodata")]
    style = "down" if burn.rate >= _FULL_BURN else "degraded" if burn.rate > 1 else "ok"
    text = f"{burn.rate:.0f}x" if burn.rate >= 9.95 else f"{burn.rate:.1f}x"
    return [
        (f"{cut(burn.window, 4)} ", "dim"),
        (bar(burn.rate / _FULL_BURN, room, glyphs), style),
        (f" {text}  ", style),
    ]
