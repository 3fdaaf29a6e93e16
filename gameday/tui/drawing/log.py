"""Lines of a log or a channel, newest at the bottom: follow, scroll, filter."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from gameday.tui.drawing.line import Line, Piece, cut, cut_at_word, fit, safe, wrap
from gameday.tui.drawing.state import LogLine, LogState

_MOST_ROWS = 6
"""Rows that one wrapped line may take."""


class Ring:
    """The newest `limit` lines, and how many came before them. `lines` stays one object until a line is added."""

    def __init__(self, limit: int = 2_000) -> None:
        self._lines: deque[LogLine] = deque(maxlen=limit)
        self._snapshot: tuple[LogLine, ...] | None = ()
        self._added = 0

    def extend(self, lines: Iterable[LogLine]) -> None:
        """Adds `lines` at the end; the oldest fall out."""
        for line in lines:
            self._lines.append(line)
            self._added += 1
            self._snapshot = None

    @property
    def lines(self) -> tuple[LogLine, ...]:
        """The lines held, oldest first."""
        if self._snapshot is None:
            self._snapshot = tuple(self._lines)
        return self._snapshot

    @property
    def dropped(self) -> int:
        """How many lines fell out."""
        return self._added - len(self._lines)


def matches(line: LogLine, query: str) -> bool:
    """Whether a line contains `query`, or does not contain what follows `!`; capitals do not matter."""
    wanted = query.removeprefix("!").lower()
    if not wanted:
        return True
    return (wanted in line.text.lower() or wanted in line.time) != query.startswith("!")


def draw(state: LogState, width: int, height: int) -> list[Line]:
    """The last lines up to the bottom of the view that match, from top to bottom."""
    if width <= 0 or height <= 0:
        return []
    rows: list[Line] = []
    end = len(state.lines) if state.bottom is None else state.bottom - state.dropped
    for line in reversed(state.lines[: max(end, 0)]):
        if len(rows) >= height:
            break
        if matches(line, state.query):
            rows.extend(reversed(_rows(line, state, width)))
    if not rows:
        text = f'nothing matches "{cut(state.query, 40)}"' if state.query else state.empty
        return [fit([(line, "dim")], width) for line in wrap(text, width, height)]
    return rows[:height][::-1]


def scrolled(state: LogState, lines: int, page: int) -> int | None:
    """The new `bottom` after scrolling down (up when negative) among the lines that match; None at the end.

    The first `page` lines are as far up as it goes.
    """
    last = state.dropped + len(state.lines)
    numbers = [state.dropped + place for place, line in enumerate(state.lines) if matches(line, state.query)]
    at = last if state.bottom is None else state.bottom
    shown = max(sum(number < at for number in numbers) + lines, page, 1)
    return numbers[shown - 1] + 1 if shown < len(numbers) else None


def first_page(state: LogState, width: int, height: int) -> int:
    """How many of the lines that match fill a view of this size from the top; at least one."""
    used = shown = 0
    for line in state.lines if width > 0 else ():
        if matches(line, state.query):
            used += len(_rows(line, state, width))
            if used > height:
                break
            shown += 1
    return max(shown, 1)


def summary(state: LogState) -> str:
    """What the view shows of how much: `212 lines, following`, `12 of 340 match, 5 below`."""
    count = len(state.lines)
    found = sum(matches(line, state.query) for line in state.lines) if state.query else count
    what = f"{found} of {count} match" if state.query else f"{count} line{'' if count == 1 else 's'}"
    if state.bottom is None:
        return f"{what}, following"
    return f"{what}, {below(state)} below"


def below(state: LogState) -> int:
    """How many lines that match come after the view."""
    if state.bottom is None:
        return 0
    return sum(matches(line, state.query) for line in state.lines[max(state.bottom - state.dropped, 0) :])


def _rows(line: LogLine, state: LogState, width: int) -> list[Line]:
    time = f"{cut(line.time, 12)} " if line.time and width > 20 else ""
    indent = cell_len(time)
    room = width - indent
    said = f"{line.mark} {line.text}" if line.mark else line.text
    texts = wrap(said, room, _MOST_ROWS) if state.wrap else [_cut_to_match(said, room, state.query)]
    rows = []
    for place, text in enumerate(texts):
        lead: Piece = (time if place == 0 else " " * indent, "dim")
        rows.append(fit([lead, *_highlighted(text, line.style, state.query)], width))
    return rows


def _cut_to_match(text: str, room: int, query: str) -> str:
    """The text cut at its end, or at both ends where its first match would not be seen otherwise."""
    found = -1 if not query or query.startswith("!") else text.lower().find(query.lower())
    start = min(found - room // 2, len(text) - room + 1)
    if found + len(query) < room or start <= 0:
        return cut_at_word(text, room)
    return cut("…" + text[start:], room)


def _highlighted(text: str, style: str, query: str) -> Sequence[Piece]:
    wanted = safe(query).lower()
    low = text.lower()
    if not wanted or query.startswith("!") or len(low) != len(text):
        return [(text, style)]
    pieces: list[Piece] = []
    at = 0
    while (found := low.find(wanted, at)) >= 0:
        pieces += [(text[at:found], style), (text[found : found + len(wanted)], "match")]
        at = found + len(wanted)
    return [*pieces, (text[at:], style)]
