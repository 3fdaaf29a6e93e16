"""What a panel shows, as plain text to copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gameday.tui.drawing.state import LogLine
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel
from gameday.tui.widgets.row_list import RowList


def panel_lines(panel: DrawnPanel[Any]) -> list[str]:
    """All lines: of a log those that are not in view too."""
    if isinstance(panel, LineLog):
        lines: Sequence[LogLine] = panel.state.lines
        return [f"{line.time} {line.text}".strip() for line in lines]
    drawn = panel.draw(panel.state, *panel.inner_size)
    return [line.plain.rstrip() for line in drawn if line.plain.strip()]


def panel_line(panel: DrawnPanel[Any]) -> str:
    """The selected row with its details, or the last line."""
    if isinstance(panel, RowList):
        row = next((row for row in panel.state.rows if row.key == panel.chosen), None)
        return " ".join((row.at, row.text, *(text for text, _ in row.details))).strip() if row else ""
    lines = panel_lines(panel)
    return lines[-1] if lines else ""
