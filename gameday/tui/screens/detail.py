"""One service or entry in full: its facts, its errors and times over ten minutes, and what can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from gameday.core.verbs import VERBS
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.live import LiveGame
from gameday.tui.widgets.panel import Opened
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.signal_panel import ChartPanel

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp

_SERVICE_LOOKS = ("metrics", "logs", "traces", "changes", "deps", "describe")
_ENTRY_LOOKS = ("metrics", "traces")
_FRAME = 0.5


class DetailScreen(ModalScreen[str | None]):
    """Gives back the look that was chosen, as a command; None for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Back", show=False, id="detail.back"),
    ]
    DEFAULT_CSS = """
    DetailScreen { align: center middle; background: $background 60%; }
    DetailScreen > Container { width: 92; max-width: 98%; height: 28; max-height: 98%; }
    DetailScreen ChartPanel { height: 1fr; }
    DetailScreen RowList { height: 10; }
    """

    def __init__(self, live: LiveGame, subject: str) -> None:
        super().__init__()
        self._live = live
        self._subject = subject
        self._is_service = subject in live.exercise.scenario.system.services

    def compose(self) -> ComposeResult:
        with Container():
            yield ChartPanel(title=self._heading(), id="share")
            yield ChartPanel(id="times")
            yield RowList(title="Look closer (occupies you)", hint="enter puts it on the line · esc back", id="looks")

    def on_mount(self) -> None:
        look = cast("GamedayApp", self.app).look
        for panel in self.query(ChartPanel):
            panel.dress(look)
        looks = self.query_one(RowList)
        looks.dress(look)
        names = _SERVICE_LOOKS if self._is_service else _ENTRY_LOOKS
        looks.show(
            RowsState(
                tuple(
                    Row(
                        f"{name} {self._subject}",
                        "",
                        VERBS[name].summary,
                        at=f"{name:<9}",
                        right=f"{VERBS[name].takes} s",
                    )
                    for name in names
                )
            )
        )
        looks.focus()
        self._draw()
        self.set_interval(_FRAME, self._draw)

    def action_close(self) -> None:
        """Nothing chosen."""
        self.dismiss(None)

    def on_opened(self, event: Opened) -> None:
        """The chosen look."""
        event.stop()
        self.dismiss(event.name)

    def _draw(self) -> None:
        seen = self._live.seen
        share = "errors" if self._is_service else "bad"
        times = " · ".join(text for text in ("times of successes", seen.mechanisms(self._subject)) if text)
        self.query_one("#share", ChartPanel).show(seen.chart(self._subject, (share,), "share that failed", "of 1"))
        self.query_one("#times", ChartPanel).show(seen.chart(self._subject, ("p50", "p99"), times, "seconds"))

    def _heading(self) -> str:
        system = self._live.exercise.scenario.system
        if not self._is_service:
            entry = system.traffic.entries[self._subject]
            return f"{self._subject}: {entry.summary or 'an entry'}, to {entry.to}"
        service = system.services[self._subject]
        parts = [service.kind, f"team {service.team}" if service.team else "", service.summary]
        return f"{self._subject}: {', '.join(part for part in parts if part)}"
