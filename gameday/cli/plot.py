"""`gameday simulate --plot`: series drawn in the terminal, a panel for each entry and for the services that suffer.

Owns the layout and the markers beneath the charts: where faults begin and end, and what was done. This is an author's
tool: the markers show what responders never see. Does not own how a chart is drawn (`gameday.tui.drawing.chart`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from shutil import get_terminal_size

from rich.console import Console
from rich.style import Style
from rich.text import Text

from gameday.cli.foresight import fault_names
from gameday.cli.series import TELLING, Cells, Series
from gameday.core.events import ActionCompleted, Event, FaultBegan, FaultEnded
from gameday.core.signals import ENTRY_METRICS, RATIO_METRICS, TIME_METRICS
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.tui.drawing import chart
from gameday.tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from gameday.tui.drawing.line import Line, cut, fit
from gameday.tui.drawing.state import ChartState
from gameday.tui.drawing.themes import DEFAULT

HOTTEST = 3
"""Services that are drawn where none is named."""

_ENTRY_CHARTS = (("rate", "goodput"), ("errors",), ("p50", "p95"))
_SERVICE_CHARTS = (("rate", "goodput"), ("errors",), ("p95",), ("load", "saturation"))
"""What is drawn together in a chart; the last of each alone where colours cannot tell lines apart."""

_SECONDS = frozenset({"lag", "deploy_age"})
"""Times that are seldom short."""
_LEAST_WIDTH, _NARROWEST_CHART, _MOST_ACROSS = 40, 26, 4
_ROWS = 5
_AXIS = 6
_NUMBERS = "123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Canvas:
    """What the picture is drawn on: `width` in cells, `length` in seconds from left to right."""

    width: int
    length: int
    glyphs: Glyphs = UNICODE
    colours: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, with its sign beneath the charts. Times in seconds; `end` None where it does not end."""

    sign: str
    text: str
    begin: float
    end: float | None


def print_plot(
    series: Series,
    events: Sequence[Event],
    *,
    title: str,
    names: Sequence[str] = (),
    metrics: Sequence[str] = (),
    length: int,
) -> None:
    """Draw to stdout, in colour where it is a terminal and NO_COLOR is not set. `length` in seconds.

    `names` are the services and entries to draw, unsaid those that matter; `metrics` a chart each, unsaid the usual.
    """
    width = max(_LEAST_WIDTH, get_terminal_size((80, 24)).columns)
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower()
    glyphs = UNICODE if encoding.startswith("utf") else ASCII
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)
    canvas = Canvas(width, length, glyphs, colours=console.color_system is not None and not console.no_color)
    for line in draw(series, tuple(marks_of(events)), canvas, title=title, names=names, metrics=metrics):
        console.print(_text(line))


def marks_of(events: Sequence[Event]) -> Iterator[Mark]:
    """Faults by number and actions that were done by letter, in the order in which they came."""
    faults: dict[str, Mark] = {}
    names = fault_names(events)
    actions: list[Mark] = []
    for event in events:
        if isinstance(event, FaultBegan):
            sign = _NUMBERS[len(faults) % len(_NUMBERS)]
            name = names[event.fault]
            text = name if event.component in name else f"{name} at {event.component}"
            faults[event.fault] = Mark(sign, text, event.at / MICRO, None)
        elif isinstance(event, FaultEnded) and event.fault in faults:
            faults[event.fault] = replace(faults[event.fault], end=event.at / MICRO)
        elif isinstance(event, ActionCompleted):
            sign = _LETTERS[len(actions) % len(_LETTERS)]
            actions.append(Mark(sign, f"{event.command} done", event.at / MICRO, event.at / MICRO))
    yield from faults.values()
    yield from actions


def draw(
    series: Series,
    marks: Sequence[Mark],
    canvas: Canvas,
    *,
    title: str,
    names: Sequence[str] = (),
    metrics: Sequence[str] = (),
) -> Iterator[Line]:
    """The whole picture, each line as wide as the canvas."""
    width = canvas.width
    every = series.t[1] - series.t[0] if len(series.t) > 1 else canvas.length
    yield fit([(title, "title")], width)
    steps = f"{format_clock(canvas.length * MICRO)} from left to right, a point each {format_duration(every * MICRO)}"
    yield fit([(steps, "dim")], width)
    for mark in marks:
        when = (_when(mark, canvas.glyphs), "dim")
        yield fit([(f" {mark.sign} ", "warn"), when, (cut(mark.text, width), "base")], width)
    of_entries = [name for name in series.entries if not metrics or any(one in ENTRY_METRICS for one in metrics)]
    for name in names or (*of_entries, *hottest(series)):
        yield fit([], width)
        yield from _panel(series, name, marks, metrics, canvas)


def hottest(series: Series) -> tuple[str, ...]:
    """The services that suffered most over the whole time, worst first; those to which nothing happened never.

    What counts is how full they were, how much failed, how many of their replicas were gone, and what waited.
    """
    heat = {
        name: fsum(value or 0.0 for metric in ("saturation", "errors") for value in cells[metric])
        + _gone(cells.get("replicas", []))
        + _gone([-(value or 0.0) for value in cells.get("backlog", [])])
        for name, cells in series.of_services.items()
    }
    order = sorted((name for name in heat if heat[name] > 0.0), key=lambda name: -heat[name])
    return tuple(order[:HOTTEST])


def _gone(values: Sequence[float | None]) -> float:
    """How far below their beginning values are, each as a share of the range, added up."""
    known = [value for value in values if value is not None]
    if not known or (extent := max(known) - min(known)) <= 0.0:
        return 0.0
    return fsum(max(0.0, known[0] - value) / extent for value in known)


def _telling(cells: Mapping[str, Cells]) -> Iterator[str]:
    """What else there is to see at a service: metrics of its mechanisms that are not the same all the time."""
    for metric in TELLING:
        known = [value for value in cells.get(metric, ()) if value is not None]
        if known and max(known) > min(known):
            yield metric


def _panel(series: Series, name: str, marks: Sequence[Mark], metrics: Sequence[str], canvas: Canvas) -> Iterator[Line]:
    """One service or entry: its name, then its charts, as many beside each other as there is room for."""
    is_service = name in series.of_services
    cells = series.of_services[name] if is_service else series.of_entries[name]
    usual = (*_SERVICE_CHARTS, *((metric,) for metric in _telling(cells))) if is_service else _ENTRY_CHARTS
    wanted = tuple((metric,) for metric in metrics) or usual
    charts = [kept for group in wanted if (kept := tuple(metric for metric in group if metric in cells))]
    # Of what an entry never has, nothing is said, unless it was all that was asked for.
    had = [metric for metric in metrics if metric in cells] or metrics
    unknown = [metric for metric in had if all(value is None for value in cells.get(metric, ()))]
    charts = [group for group in charts if group[-1] not in unknown]
    if not canvas.colours:
        charts = [group[-1:] for group in charts]
    width = canvas.width
    yield fit([(cut(name, width - 10), "title"), (" service" if is_service else " entry", "dim")], width)
    if unknown:
        yield fit([(f"  no data: {', '.join(unknown)}", "dim")], width)
    across = max(1, min(_MOST_ACROSS, width // _NARROWEST_CHART, len(charts)))
    # Two rows of two are easier to compare than one of three and one of one.
    across = -(-len(charts) // -(-len(charts) // across)) if charts else 1
    each = width // across
    for start in range(0, len(charts), across):
        place = replace(canvas, width=each)
        drawn = [_chart(cells, group, marks, place) for group in charts[start : start + across]]
        for row in zip(*drawn, strict=True):
            yield fit([piece for line in row for piece in line.pieces], width)


def _chart(cells: Mapping[str, Cells], group: tuple[str, ...], marks: Sequence[Mark], canvas: Canvas) -> list[Line]:
    """A chart with its markers beneath, one cell narrower than its place."""
    lines = tuple((_label(metric), tuple(_shown(metric, value) for value in cells[metric])) for metric in group)
    drawn = chart.draw(ChartState("", lines), canvas.width - 1, _ROWS, canvas.glyphs)
    if marks:
        drawn.append(_markers(marks, canvas.length, canvas.width - 1 - _AXIS, canvas.glyphs))
    return [fit(line.pieces, canvas.width) for line in drawn]


def _markers(marks: Sequence[Mark], length: int, columns: int, glyphs: Glyphs) -> Line:
    """Where things began, and a line for as long as they lasted."""
    row = [" "] * columns
    for mark in marks:
        begin = _column(mark.begin, length, columns)
        end = columns if mark.end is None else _column(mark.end, length, columns)
        for place in range(begin + 1, end):
            row[place] = glyphs.horizontal if row[place] == " " else row[place]
    for mark in marks:
        row[_column(mark.begin, length, columns)] = mark.sign
    return Line(((" " * _AXIS, "base"), ("".join(row), "warn")))


def _column(second: float, length: int, columns: int) -> int:
    return min(columns - 1, max(0, int(second * columns / max(length, 1))))


def _when(mark: Mark, glyphs: Glyphs) -> str:
    begin = format_clock(round(mark.begin * MICRO))
    if mark.end is None:
        return f"{begin} {glyphs.spell('…')}  "
    return f"{begin}  " if mark.end == mark.begin else f"{begin} to {format_clock(round(mark.end * MICRO))}  "


def _label(metric: str) -> str:
    if metric in RATIO_METRICS:
        return f"{metric} %"
    if metric in TIME_METRICS:
        return f"{metric} s" if metric in _SECONDS else f"{metric} ms"
    return f"{metric}/s" if metric in ("rate", "goodput", "retries") else metric


def _shown(metric: str, value: float | None) -> float | None:
    """Shares in per cent and times in milliseconds, which the axis can tell apart."""
    if value is None:
        return None
    if metric in RATIO_METRICS:
        return 100.0 * value
    return 1000.0 * value if metric in TIME_METRICS and metric not in _SECONDS else value


def _text(line: Line) -> Text:
    """In the theme's colours, on the terminal's own background; without the blanks at the end."""
    text = Text()
    for piece, name in line.pieces:
        style = DEFAULT.style(name)
        text.append(piece, Style(color=style.color, bold=style.bold) if name != "base" else Style())
    text.rstrip()
    return text
