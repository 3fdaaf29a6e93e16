"""A log or a channel as a panel: it follows its end, scrolls and filters.

The lines come from whoever shows them, as snapshots or line by line; what part of them is seen belongs to the panel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from gameday.tui.drawing import log
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.state import LogLine, LogState
from gameday.tui.widgets.panel import DrawnPanel

_WHEEL = 3
_EVERYTHING = 1_000_000


class LineLog(DrawnPanel[LogState], can_focus=True):
    """Lines with their times, the newest below. Fed either by `show` or by `append`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_lines(-1)", "Up", show=False, id="log.up"),
        Binding("down,j", "scroll_lines(1)", "Down", show=False, id="log.down"),
        Binding("pageup", "scroll_pages(-1)", "Page up", show=False, id="log.page-up"),
        Binding("pagedown", "scroll_pages(1)", "Page down", show=False, id="log.page-down"),
        Binding("home,g", f"scroll_lines({-_EVERYTHING})", "First", show=False, id="log.first"),
        Binding("end,G,f", "follow", "Follow", show=False, id="log.follow"),
    ]

    def __init__(
        self,
        *,
        title: str = "",
        hint: str = "",
        wrap: bool = False,
        empty: str = "nothing yet",
        limit: int = 2_000,
        id: str | None = None,
    ) -> None:
        super().__init__(LogState(wrap=wrap, empty=empty), title=title, hint=hint, id=id)
        self._ring = log.Ring(limit)

    @property
    def hint(self) -> str:
        """What is shown of how much, before the hint that was given; nothing while all is in view."""
        view = self.state
        if not view.query and view.bottom is None:
            return super().hint
        given = super().hint
        return f"{log.summary(view)}{' · ' if given else ''}{given}"

    def show(self, state: LogState) -> None:
        """Shows other lines; what is filtered and how far it is scrolled stays."""
        view = self.state
        super().show(replace(state, bottom=view.bottom, query=view.query))

    def append(self, lines: Iterable[LogLine]) -> None:
        """Adds lines at the end."""
        self._ring.extend(lines)
        self.show(replace(self.state, lines=self._ring.lines, dropped=self._ring.dropped))

    def filter(self, query: str) -> None:
        """Keeps the lines that contain `query`, or with `!` before it those that do not; nothing keeps all."""
        super().show(replace(self.state, query=query, bottom=None))

    def draw(self, state: LogState, width: int, height: int) -> list[Line]:
        """The lines in view."""
        return log.draw(state, width, height)

    def action_scroll_lines(self, lines: int) -> None:
        """Scrolls by lines; at the end it follows again."""
        page = log.first_page(self.state, *self.inner_size)
        super().show(replace(self.state, bottom=log.scrolled(self.state, lines, page)))

    def action_scroll_pages(self, pages: int) -> None:
        """Scrolls by all but one of the lines in view."""
        self.action_scroll_lines(pages * max(self.inner_size[1] - 1, 1))

    def action_follow(self) -> None:
        """Goes to the end and stays there."""
        super().show(replace(self.state, bottom=None))

    def on_mouse_scroll_up(self) -> None:
        """Scrolls up."""
        self.action_scroll_lines(-_WHEEL)

    def on_mouse_scroll_down(self) -> None:
        """Scrolls down."""
        self.action_scroll_lines(_WHEEL)
