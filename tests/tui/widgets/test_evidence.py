"""What a look found, in a panel of few rows and in one that has the screen."""

from __future__ import annotations

from textual.app import App, ComposeResult

from gameday.tui.drawing.state import LogLine
from gameday.tui.widgets.evidence import EvidencePanel

LOOK = tuple(LogLine("", "value", f"metric-{number} is so and so") for number in range(15))
LONG = tuple(LogLine("", "value", "ERROR booking now cannot reach coral-pay version 2024.11.7-rc1") for _ in range(9))


class Small(App[None]):
    """The panel as low as beside all others."""

    CSS = "EvidencePanel { height: 8; width: 64; }"

    def compose(self) -> ComposeResult:
        yield EvidencePanel(title="6 Evidence", hint="/ filter")


def text(panel: EvidencePanel) -> list[str]:
    return [panel.render_line(y).text for y in range(panel.size.height)]


async def test_lines_below_are_counted_and_the_key_that_shows_them_is_named() -> None:
    app = Small()
    async with app.run_test(size=(120, 36)) as pilot:
        panel = app.query_one(EvidencePanel)
        panel.open(LOOK)
        await pilot.pause()
        assert "metric-0" in text(panel)[1]
        assert "↓9 · 6 again: all · / filter" in text(panel)[-1]
        panel.tell_way_back("esc back")
        panel.styles.height = 20
        await pilot.pause()
        await pilot.pause()
        assert "metric-14" in text(panel)[15]
        assert "6 again" not in text(panel)[-1]


async def test_a_line_is_cut_before_a_word_and_shown_whole_where_there_is_room() -> None:
    app = Small()
    async with app.run_test(size=(120, 36)) as pilot:
        panel = app.query_one(EvidencePanel)
        panel.styles.width = 60
        panel.open(LONG)
        await pilot.pause()
        await pilot.pause()
        assert text(panel)[1].rstrip("│ ").endswith("coral-pay version …")
        panel.styles.height = 26
        await pilot.pause()
        await pilot.pause()
        assert "2024.11.7-rc1" in text(panel)[2]
        panel.open(LONG[:1])
        panel.styles.height = 5
        await pilot.pause()
        await pilot.pause()
        assert "2024.11.7-rc1" in text(panel)[2]
