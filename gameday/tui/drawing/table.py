"""The services worst first, with the entries (what users see) on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from gameday.tui.drawing.figures import latency, percent, short
from gameday.tui.drawing.glyphs import STATUSES, UNICODE, Glyphs
from gameday.tui.drawing.line import Line, Piece, column, fit
from gameday.tui.drawing.spark import spark
from gameday.tui.drawing.state import EntryRow, ServiceRow, TableState

_RANK = {status: place for place, status in enumerate(STATUSES)}
_TREND = 24
_NAME = 24
_SHORTEST_NAME = 9
_SHORTEST_TREND = 5

Row = ServiceRow | EntryRow


@dataclass(frozen=True, slots=True)
class _Column:
    """`rank` 0 is always shown; a higher one gives way first when the table gets narrow."""

    title: str
    width: int
    rank: int
    text: Callable[[Row], str]
    services_only: bool = False


_COLUMNS = (
    _Column("rps", 5, 1, lambda row: short(row.rate)),
    _Column("err%", 5, 0, lambda row: percent(row.bad if isinstance(row, EntryRow) else row.errors)),
    _Column("p50", 6, 5, lambda row: latency(row.p50)),
    _Column("p99", 6, 2, lambda row: latency(row.p99)),
    _Column("sat%", 5, 3, lambda row: percent(row.saturation, 0) if isinstance(row, ServiceRow) else "", True),
    _Column("queue", 6, 6, lambda row: short(row.queue) if isinstance(row, ServiceRow) else "", True),
    _Column("retry/s", 8, 7, lambda row: short(row.retries) if isinstance(row, ServiceRow) else "", True),
)
_LAST = max(one.rank for one in _COLUMNS)


def ordered(state: TableState) -> list[Row]:
    """The rows from top to bottom: entries, then services, each worst first and then by errors and name."""
    entries = sorted(state.entries, key=lambda row: (_rank(row), -round(row.bad or 0.0, 2), row.name))
    services = sorted(state.services, key=lambda row: (_rank(row), -round(row.errors or 0.0, 2), row.name))
    return [*entries, *services]


def shown(state: TableState, height: int) -> tuple[list[Row], list[Row]]:
    """The rows that a table of this height shows under its title, and those it only counts in its last line.

    The selected row is always among the shown.
    """
    rows = ordered(state)
    room = max(height - 1, 0)
    if len(rows) <= room:
        return rows, []
    room = max(room - 1, 0)
    first = 0
    chosen = next((place for place, row in enumerate(rows) if row.name == state.selected), 0)
    if room and chosen >= room:
        first = chosen - room + 1
    return rows[first : first + room], rows[:first] + rows[first + room :]


def draw(state: TableState, width: int, height: int, glyphs: Glyphs = UNICODE) -> list[Line]:
    """A title line, the rows that fit, and a line that counts the rest."""
    if width <= 0 or height <= 0:
        return []
    columns, name, trend = _widths(state, width)
    title: list[Piece] = [(f"  {'service':<{name}}"[: name + 2], "dim")]
    title += [(one.title.rjust(one.width), "dim") for one in columns]
    title.append(("  trend" if trend else "", "dim"))
    visible, rest = shown(state, height)
    lines = [fit(title, width)]
    lines += [_row(row, state.selected, columns, name, trend, width, glyphs) for row in visible]
    if not state.services and not state.entries and height > 1:
        lines.append(fit([("  no data yet", "dim")], width))
    if rest and len(lines) < height:
        lines.append(_rest(rest, width, glyphs))
    return lines


def row_at(state: TableState, height: int, y: int) -> str | None:
    """The name in row `y` of a table of this height."""
    visible, _ = shown(state, height)
    return visible[y - 1].name if 1 <= y <= len(visible) else None


def next_row(state: TableState, step: int) -> str | None:
    """The name `step` rows below the selected one (above when negative), within the table."""
    rows = ordered(state)
    if not rows:
        return None
    chosen = next((place for place, row in enumerate(rows) if row.name == state.selected), None)
    if chosen is None:
        return rows[0 if step > 0 else -1].name
    return rows[min(max(chosen + step, 0), len(rows) - 1)].name


def _rank(row: Row) -> int:
    return _RANK.get(row.status, _RANK["nodata"])


def _widths(state: TableState, width: int) -> tuple[list[_Column], int, int]:
    """The columns that fit, the width of names and of the trend (0 without)."""
    longest = max((len(row.name) for row in ordered(state)), default=7)
    name = min(max(longest, 7), _NAME)
    for most in range(_LAST, -1, -1):
        columns = [one for one in _COLUMNS if one.rank <= most]
        left = width - 2 - sum(one.width for one in columns)
        wanted = name if most > 3 else min(name, 14)
        if left - wanted - 2 >= _SHORTEST_TREND:
            return columns, wanted, min(left - wanted - 2, _TREND)
        if most < 3 and left >= _SHORTEST_NAME:
            return columns, min(name, left), 0
    return [], max(width - 2, 0), 0


def _row(
    row: Row, selected: str | None, columns: Sequence[_Column], name: int, trend: int, width: int, glyphs: Glyphs
) -> Line:
    style = "value" if row.status == "ok" else row.status
    figures = _figures(row, columns)
    if row.name == selected:
        pieces: list[Piece] = [(f"{glyphs.mark(row.status)} {column(row.name, name)}{figures} ", "selected")]
    else:
        pieces = [
            (f"{glyphs.mark(row.status)} ", row.status),
            (column(row.name, name), style),
            (f"{figures} ", "value" if row.status != "nodata" else "nodata"),
        ]
    if trend:
        pieces.append((f" {spark(row.trend, trend, glyphs=glyphs)}", "spark"))
    return fit(pieces, width)


def _figures(row: Row, columns: Sequence[_Column]) -> str:
    """The figures in their columns; an entry shows its objective where only services have figures."""
    if isinstance(row, ServiceRow):
        return "".join(one.text(row).rjust(one.width) for one in columns)
    own = "".join(one.text(row).rjust(one.width) for one in columns if not one.services_only)
    free = sum(one.width for one in columns if one.services_only)
    return own + column(row.objective if cell_len(row.objective) < free else "", free, right=True)


def _rest(rows: Sequence[Row], width: int, glyphs: Glyphs) -> Line:
    """`+4 ok`, `+2 down +3 ok`: what is not shown, worst first."""
    pieces: list[Piece] = [(" ", "base")]
    for status in STATUSES:
        count = sum(_rank(row) == _RANK[status] for row in rows)
        if count:
            word = "no data" if status == "nodata" else status
            pieces.append((f" +{count} {glyphs.mark(status)} {word}", status if status != "ok" else "dim"))
    return fit(pieces, width)
