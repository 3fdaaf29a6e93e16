"""What looks found, one look at a time, from its first line; wrapped only where most lines would be cut."""

from __future__ import annotations

from dataclasses import replace

from gameday.tui.drawing import log
from gameday.tui.drawing.state import LogLine, LogState
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel

_WRAP_BELOW = 60
"""Columns."""


class EvidencePanel(LineLog):
    """A log that begins at its top: what a look found is read from there."""

    def open(self, lines: tuple[LogLine, ...]) -> None:
        """Shows what a look found."""
        self._from_the_top(replace(self.state, lines=lines, dropped=0, query=""))

    def on_resize(self) -> None:
        """A panel that was hidden or small when it was filled shows its first page whole."""
        state = replace(self.state, wrap=self.size.width < _WRAP_BELOW)
        if state.wrap != self.state.wrap or (
            state.bottom is not None and state.bottom < log.first_page(state, *self.inner_size)
        ):
            self._from_the_top(state)

    def _from_the_top(self, state: LogState) -> None:
        state = replace(state, wrap=self.size.width < _WRAP_BELOW)
        page = log.first_page(state, *self.inner_size)
        DrawnPanel.show(self, replace(state, bottom=page if page < len(state.lines) else None))
