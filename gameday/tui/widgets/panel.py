"""The base of everything that is drawn on a tick: one snapshot, its lines, and only the lines that changed.

Owns the box, the cache and the colours. Does not own what is in the box (`gameday.tui.drawing`) or where snapshots
come from. Textual parses nothing here: titles and contents reach the screen as plain segments, each with a style,
since a segment without one stops Textual 8 under NO_COLOR.
"""

from __future__ import annotations

import os
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from gameday.tui.drawing.frame import box, inside
from gameday.tui.drawing.line import Line, fit
from gameday.tui.drawing.themes import Look, look_for

State = TypeVar("State")


class Selected(Message):
    """Somebody moved the selection of `panel` to `name`."""

    def __init__(self, panel: Widget, name: str) -> None:
        super().__init__()
        self.panel = panel
        self.name = name

    @property
    def control(self) -> Widget:
        """The panel, for `@on(Selected, "#map")`."""
        return self.panel


class Opened(Selected):
    """Somebody asked for the details of `name`."""


class DrawnPanel(Widget, Generic[State]):
    """A box with a title, drawn line by line from an immutable snapshot.

    Subclasses give `draw`. `show` compares the new lines with the old ones and repaints only those that differ.
    """

    ALLOW_SELECT = False
    BOXED: ClassVar[bool] = True
    DEFAULT_CSS = """
    DrawnPanel { width: 1fr; height: 1fr; }
    """

    def __init__(
        self,
        state: State,
        *,
        title: str = "",
        hint: str = "",
        look: Look | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._state = state
        self._title = title
        self._hint = hint
        self._way_back = ""
        self._look = look or look_for(os.environ)
        self._lines: list[Line] = []
        self._strips: list[Strip] = []
        self._drawn_for: tuple[int, int] | None = None

    def draw(self, state: State, width: int, height: int) -> list[Line]:
        """The lines inside the box; at most `height`, each `width` cells wide."""
        raise NotImplementedError

    @property
    def state(self) -> State:
        """The snapshot on show."""
        return self._state

    @property
    def look(self) -> Look:
        """The theme and the glyphs in use."""
        return self._look

    @property
    def hint(self) -> str:
        """The text at the bottom right of the box."""
        return self._hint

    @property
    def given_hint(self) -> str:
        """The hint as whoever made the panel, or entitled it, gave it."""
        return self._hint

    @property
    def is_alone(self) -> bool:
        """Whether the panel has all the room, and there is a way back."""
        return bool(self._way_back)

    @property
    def inner_size(self) -> tuple[int, int]:
        """Width and height left for the drawing."""
        width, height = self.size
        return inside(width, height) if self.BOXED and width > 2 and height > 2 else (width, height)

    def show(self, state: State) -> None:
        """Shows `state` from now on; an equal snapshot costs one comparison."""
        if state is self._state or state == self._state:
            return
        self._state = state
        self.redraw()

    def entitle(self, title: str | None = None, hint: str | None = None) -> None:
        """Another title, another hint; None leaves the old one."""
        before = self._title, self._hint
        self._title = self._title if title is None else title
        self._hint = self._hint if hint is None else hint
        if before != (self._title, self._hint):
            self.redraw()

    def tell_way_back(self, text: str) -> None:
        """How to get back from a view of this panel alone, before its hint; empty for none."""
        if text != self._way_back:
            self._way_back = text
            self.redraw()

    def dress(self, look: Look) -> None:
        """Another theme or other glyphs."""
        self._look = look
        self._drawn_for = None
        self.refresh()

    def redraw(self) -> None:
        """Draws again and repaints the lines that changed; a panel out of sight waits until it is seen."""
        if self._drawn_for is None or self._drawn_for != self.size or not self.is_on_screen:
            self._drawn_for = None
            self.refresh()
            return
        changed = self._draw_lines()
        if changed:
            self.refresh(*[Region(0, y, self.size.width, 1) for y in changed])

    def render_line(self, y: int) -> Strip:
        """One line of the panel, box and all."""
        if self._drawn_for != self.size:
            self._lines, self._strips = [], []
            self._draw_lines()
        if y < len(self._strips):
            return self._strips[y]
        return self._strip(fit([], self.size.width))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The box shows who has the keys."""
        super().watch_has_focus(has_focus)
        self.redraw()

    def _draw_lines(self) -> list[int]:
        """Draws all lines, and makes strips of those that changed. Returns which."""
        width, height = self.size
        lines = self._boxed(width, height)
        same = len(lines) == len(self._lines)
        changed = [y for y in range(len(lines)) if not same or lines[y] != self._lines[y]]
        strips = self._strips if same else [Strip([])] * len(lines)
        for y in changed:
            strips[y] = self._strip(lines[y])
        self._lines, self._strips, self._drawn_for = lines, strips, (width, height)
        return changed

    def _boxed(self, width: int, height: int) -> list[Line]:
        body = self.draw(self._state, *self.inner_size)
        if not self.BOXED:
            blank = fit([], width)
            return [body[y] if y < len(body) else blank for y in range(height)]
        hint = " · ".join(part for part in (self._way_back, self.hint) if part)
        return box(body, self._title, hint, width, height, self.has_focus, self._look.glyphs)

    def _strip(self, line: Line) -> Strip:
        style, spell = self._look.theme.style, self._look.glyphs.spell
        return Strip([Segment(spell(text), style(name)) for text, name in line.pieces], self.size.width)
