"""What looks found, one look at a time, from its first line."""

from __future__ import annotations

from dataclasses import replace

from gameday.tui.drawing.state import LogLine
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel


class EvidencePanel(LineLog):
    """A log that begins at its top: what a look found is read from there."""

    def open(self, lines: tuple[LogLine, ...]) -> None:
        """Shows what a look found."""
        DrawnPanel.show(
            self, replace(self.state, lines=lines, dropped=0, bottom=self._first_page(len(lines)), query="")
        )

    def on_resize(self) -> None:
        """A panel that was hidden or small when it was filled shows its first page whole."""
        bottom = self.state.bottom
        if bottom is not None and bottom < self.inner_size[1]:
            DrawnPanel.show(self, replace(self.state, bottom=self._first_page(len(self.state.lines))))

    def _first_page(self, lines: int) -> int | None:
        rows = max(self.inner_size[1], 1)
        return rows if lines > rows else None
