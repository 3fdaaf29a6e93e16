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
        rows = max(self.inner_size[1], 1)
        bottom = rows if len(lines) > rows else None
        DrawnPanel.show(self, replace(self.state, lines=lines, dropped=0, bottom=bottom, query=""))
