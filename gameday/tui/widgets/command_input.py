"""The input of the `:` line: what is typed and pasted becomes one clean line of limited length.

Owns the letters, and what was left out of them. What a key does with the line is asked of the line, at once: in a
burst of keys the next one must find everything done that this one does.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from gameday.core.text import clean_line
from gameday.tui.widgets.writing import Writing

COLON = ":"
LONGEST = 500
"""Characters that a line takes."""


class Line(Protocol):
    """What the keys of the input do."""

    @property
    def anew(self) -> bool:
        """Whether a colon begins a line now."""

    def begin(self) -> None:
        """An empty line."""

    async def enter(self) -> None:
        """Gives the line, or takes the candidate that was chosen."""

    def take(self) -> None:
        """Takes a candidate."""

    def choose(self, step: int) -> None:
        """Another candidate, or an earlier line."""

    def leave(self) -> None:
        """Leaves the line."""

    def tell(self) -> None:
        """Says anew what the line means."""


class CommandInput(Writing, Input):
    """The input itself. Tab or the right arrow at the end takes a candidate; up and down choose, or recall."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", "Complete", show=False, id="line.complete"),
        Binding("up", "choose(-1)", "Up", show=False, id="line.up"),
        Binding("down", "choose(1)", "Down", show=False, id="line.down"),
        Binding("escape", "leave", "Leave", show=False, id="line.leave"),
    ]
    DEFAULT_CSS = """
    CommandInput { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
    CommandInput:focus { border: none; background: $background; }
    """

    def __init__(self, of: Line) -> None:
        super().__init__(id="line", max_length=LONGEST, select_on_focus=False, compact=True)
        self._of = of
        self.cursor_blink = False
        self.loss = ""
        """What was left out of what was pasted or typed, until the line is empty again."""

    async def action_submit(self) -> None:
        """Gives the line."""
        await self._of.enter()

    def action_take(self) -> None:
        """Takes the candidate; with nothing typed, goes on to the next panel."""
        if self.value:
            self._of.take()
        else:
            self.screen.focus_next()

    def action_choose(self, step: int) -> None:
        """Chooses another candidate, or recalls an earlier line."""
        self._of.choose(step)

    def action_leave(self) -> None:
        """Leaves the line."""
        self._of.leave()

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line it takes the candidate."""
        if self.cursor_at_end and not select and self.value:
            self.action_take()
        else:
            super().action_cursor_right(select)

    def write(self, letter: str) -> None:
        """A letter at the cursor, in place of what is selected; the colon that begins a line is none."""
        if letter == COLON and self._of.anew:
            self._of.begin()
        elif self.selection.is_empty:
            self.insert_text_at_cursor(letter)
        else:
            self.replace(letter, *self.selection)

    def paste(self, text: str) -> None:
        """A paste is one clean line: it never gives a command, and brings nothing that steers a terminal."""
        first, *others = text.strip("\r\n").splitlines() or [""]
        room = max(LONGEST - len(self.value), 0)
        line = clean_line(first, 2 * LONGEST)
        if not self.value:
            line = line.lstrip(f"{COLON} ")
        losses = [f"cut at {LONGEST} characters"] * (len(line) > room)
        losses += ["only the first line of the paste is here"] * bool(others)
        self.loss = ", ".join(losses)
        self.insert_text_at_cursor(line[:room])
        self._of.tell()

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.paste(event.text)

    def restricted(self) -> None:
        """A line that is full takes no more, and says so."""
        self.loss = f"full: a line takes {LONGEST} characters"
        self._of.tell()
