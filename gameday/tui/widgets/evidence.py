"""What looks found, one look at a time, from its first line; wrapped where there is room, or too little of it."""

from __future__ import annotations

from dataclasses import replace

from gameday.tui.drawing import log
from gameday.tui.drawing.state import LogLine, LogState
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel

_WRAP_BELOW = 60
"""Columns: fewer would cut most lines."""
_ROOMY_FROM = 10
"""Rows: in as many nothing needs to be cut."""


class EvidencePanel(LineLog):
    """A log that begins at its top: what a look found is read from there."""

    def open(self, lines: tuple[LogLine, ...]) -> None:
        """Shows what a look found."""
        self._from_the_top(replace(self.state, lines=lines, dropped=0, query=""))

    def on_resize(self) -> None:
        """A panel that was hidden or small when it was filled shows its first page whole."""
        state = self._wrapped(self.state)
        if state.wrap != self.state.wrap or (
            state.bottom is not None and state.bottom < log.first_page(state, *self.inner_size)
        ):
            self._from_the_top(state)

    @property
    def hint(self) -> str:
        """How many lines are below, and the key that shows them; then the hint that was given."""
        below = log.below(self.state)
        if self.state.query or not below or self.is_alone:
            return super().hint
        return f"↓{below} · 6 again: all · {self.given_hint}"

    def _wrapped(self, state: LogState) -> LogState:
        width, height = self.inner_size
        whole = replace(state, wrap=True)
        fits = log.first_page(whole, width, height) >= len(state.lines)
        return replace(state, wrap=fits or height >= _ROOMY_FROM or self.size.width < _WRAP_BELOW)

    def _from_the_top(self, state: LogState) -> None:
        state = self._wrapped(state)
        page = log.first_page(state, *self.inner_size)
        DrawnPanel.show(self, replace(state, bottom=page if page < len(state.lines) else None))
