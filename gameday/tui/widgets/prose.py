"""Text to read, as a panel that scrolls."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from gameday.tui.drawing import prose
from gameday.tui.drawing.frame import ROOM_FOR_HINT
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.prose import ProseState
from gameday.tui.widgets.panel import DrawnPanel

_WHEEL = 3
_EVERYTHING = 1_000_000


class ProsePanel(DrawnPanel[ProseState], can_focus=True):
    """Paragraphs from the top; it says how much is below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_lines(-1)", "Up", show=False, id="prose.up"),
        Binding("down,j", "scroll_lines(1)", "Down", show=False, id="prose.down"),
        Binding("pageup", "scroll_pages(-1)", "Page up", show=False, id="prose.page-up"),
        Binding("pagedown", "scroll_pages(1)", "Page down", show=False, id="prose.page-down"),
        Binding("home,g", f"scroll_lines({-_EVERYTHING})", "First", show=False, id="prose.first"),
        Binding("end,G", f"scroll_lines({_EVERYTHING})", "Last", show=False, id="prose.last"),
    ]

    def __init__(self, *, title: str = "", hint: str = "", brief_hint: str = "", id: str | None = None) -> None:
        """`brief_hint` stands where the hint does not fit."""
        super().__init__(ProseState(), title=title, hint=hint, id=id)
        self._brief_hint = brief_hint or hint

    @property
    def hint(self) -> str:
        """How many lines are out of view, before the hint that was given."""
        below = self._below()
        given = super().hint
        if not below:
            return given if len(given) <= self.size.width - ROOM_FOR_HINT else self._brief_hint
        if not given:
            return f"{below} more below"
        long = f"{below} more below · {given}"
        return long if len(long) <= self.size.width - ROOM_FOR_HINT else f"↓{below} · {self._brief_hint}"

    def draw(self, state: ProseState, width: int, height: int) -> list[Line]:
        """The lines in view."""
        return prose.draw(state, width, height)

    def action_scroll_lines(self, lines: int) -> None:
        """Scrolls by lines, within the text."""
        width, height = self.inner_size
        last = max(len(prose.laid(self.state.paragraphs, width)) - height, 0)
        self.show(replace(self.state, top=min(max(self.state.top + lines, 0), last)))

    def action_scroll_pages(self, pages: int) -> None:
        """Scrolls by all but one of the lines in view."""
        self.action_scroll_lines(pages * max(self.inner_size[1] - 1, 1))

    def on_mouse_scroll_up(self) -> None:
        """Scrolls up."""
        self.action_scroll_lines(-_WHEEL)

    def on_mouse_scroll_down(self) -> None:
        """Scrolls down."""
        self.action_scroll_lines(_WHEEL)

    def _below(self) -> int:
        width, height = self.inner_size
        return max(len(prose.laid(self.state.paragraphs, width)) - height - self.state.top, 0)
