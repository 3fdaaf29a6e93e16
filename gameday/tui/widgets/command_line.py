"""The `:` line: prompt, input, and under it what the command would take and cost, or what became of it.

Owns editing and history. What completes and what a command means is asked of the screen that it stands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from gameday.tui.widgets.candidates import Candidate, Candidates
from gameday.tui.widgets.command_input import CommandInput
from gameday.tui.widgets.key_bar import KeyBar
from gameday.tui.widgets.under import Said, Under, rows_of

_HISTORY = 100
_ROWS_OF_SCREEN = 5
"""A text under the line takes no more than such a part of the screen."""


class Listener(Protocol):
    """Whoever a line is written to: the screen."""

    def complete(self, text: str) -> Sequence[Candidate]:
        """What the line could become."""

    def preview(self, text: str) -> Said:
        """What the line would do."""

    async def entered(self, text: str) -> None:
        """Does what a line says."""

    def leave_line(self) -> None:
        """Takes the keys away from the line."""

    def refit(self) -> None:
        """Gives the line the rows that it takes now."""


class CommandLine(Widget):
    """Prompt, input and the text under it; a line that is entered goes to the listener.

    While somebody types, a text of several rows takes the row of keys first, so that the line stays where it is.
    """

    DEFAULT_CSS = """
    CommandLine { height: 2; width: 1fr; }
    CommandLine Horizontal { height: 1; }
    CommandLine #prompt { width: 3; }
    """

    def __init__(self, listener: Listener, idle: str, *, rows: int = 1) -> None:
        """`idle` is said while nobody types; `rows` is the most that a text under the line takes on this screen."""
        super().__init__(id="command")
        self._listener = listener
        self._rows = rows
        self._idle = idle
        self._said = Said(idle)
        self.lift = 0
        """Rows right above the line that candidates leave free."""
        self.extra = 0
        """Rows that the line takes from the panels, above the usual."""
        self._completed: str | None = None
        """The text that the candidates were made for."""
        self._told = ""
        self._whole = ""
        """A line that stood ready, or was refused: nobody has gone on with it so far."""
        self._history: list[str] = []
        self._recalled: int | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(" : ", id="prompt", markup=False)
            yield CommandInput(self)
        yield Under(id="under")

    def on_mount(self) -> None:
        self.say(Said(self._idle))

    @property
    def line(self) -> CommandInput:
        """The input."""
        return self.query_one(CommandInput)

    @property
    def open(self) -> bool:
        """Whether somebody is typing."""
        return self.screen.focused is self.line

    def say(self, said: Said) -> None:
        """Shows a text under the line until somebody types."""
        self._said = said
        self._fit()

    def on_resize(self) -> None:
        """The text is wrapped anew."""
        self._fit()

    def begin(self, text: str = "") -> None:
        """Takes the keys, with a command that stands ready, or with the beginning of one, which ends in a blank."""
        self._whole = "" if text.endswith(" ") else text
        self._write(text)
        # At once, not with `focus()`: keys that come in one burst belong to the line already.
        self.screen.set_focus(self.line)
        self.tell()

    def refused(self, said: Said) -> None:
        """The line stays as it is, to be mended; a colon right after it begins another one."""
        self._whole = self._told = self.line.value
        self._remember(self._whole.strip())
        self._keep_up()
        self.say(Said(f"{said.text} · esc clears", said.style))

    @property
    def anew(self) -> bool:
        """Whether a colon that is typed now is the one that begins a line."""
        return self.line.value in ("", self._whole)

    def accepted(self, text: str, said: Said) -> None:
        """The line did what was asked: it is remembered and empty again."""
        self._remember(text)
        worded = self._with_loss(said)
        self._clear()
        self.say(worded)

    def tell(self) -> None:
        """Says what the line means, and what it could become."""
        self._told = text = self.line.value
        if not text:
            self.line.loss = ""
        self.say(self._with_loss(self._listener.preview(text)))
        self._keep_up()

    async def enter(self) -> None:
        """Gives the line, or takes the candidate that was chosen."""
        chosen, text = self._candidates.chosen, self.line.value.strip()
        if chosen is not None:
            self._take(chosen)
        elif text:
            await self._listener.entered(text)
        else:
            self._listener.leave_line()

    def take(self) -> None:
        """Takes the candidate that was chosen, or the first."""
        self._keep_up()
        candidates = self._candidates
        if candidates.offered:
            self._take(candidates.chosen or candidates.offered[0])

    def choose(self, step: int) -> None:
        """Among candidates, or, on an empty line, among what was entered before."""
        self._keep_up()
        if (not self.line.value or self._recalled is not None) and self._history:
            self._recall(step)
        elif self._candidates.offered:
            self._candidates.choose(step)

    def leave(self) -> None:
        """Forgets the line and gives the keys back."""
        self._clear()
        self.say(Said(self._idle))
        self._listener.leave_line()

    def on_descendant_blur(self) -> None:
        """Candidates go with the keys; the line of keys comes back."""
        if not self.open:
            self._offer(None)
            self._fit()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Of what changed and was told, or even given, since then there is nothing more to say."""
        event.stop()
        if self.open and self.line.value != self._told:
            self.tell()

    @property
    def _candidates(self) -> Candidates:
        return self.screen.query_one(Candidates)

    def _keep_up(self) -> None:
        """The candidates of this very text: in a burst of keys they may still be those of a shorter one."""
        if self._completed != self.line.value:
            self._offer(self.line.value)

    def _offer(self, text: str | None) -> None:
        """What a text could become; None offers nothing."""
        below = self.query_one(Under).styles.height
        under = int(below.value) if below is not None else 1
        prompt = self.screen.size.height - 1 - max(under, 2)
        self._completed = text
        self._candidates.offer([] if text is None else list(self._listener.complete(text)), prompt - self.lift)

    def _take(self, candidate: Candidate) -> None:
        self._write(candidate.text + " ")
        self.tell()

    def _recall(self, step: int) -> None:
        at = (len(self._history) if self._recalled is None else self._recalled) + step
        self._recalled = at = min(max(at, 0), len(self._history))
        self._write(self._history[at] if at < len(self._history) else "")
        self.tell()

    def _remember(self, text: str) -> None:
        if text and (not self._history or self._history[-1] != text):
            self._history = [*self._history, text][-_HISTORY:]
        self._recalled = None

    def _clear(self) -> None:
        self.line.loss = self._told = ""
        self._write("")
        self._offer(None)

    def _write(self, text: str) -> None:
        line = self.line
        with line.prevent(Input.Changed):
            line.value = text
        line.cursor_position = len(text)

    def _with_loss(self, said: Said) -> Said:
        """What is said of a line of which something was left out begins with that."""
        loss = self.line.loss
        return Said(f"{loss}; {said.text}", "warn") if loss else said

    def _fit(self) -> None:
        """As many rows as the text needs, if the screen has them."""
        under, size = self.query_one(Under), self.screen.size
        most = max(min(self._rows, size.height // _ROWS_OF_SCREEN), 1)
        rows = rows_of(self._said, size.width, most)
        over_keys = rows > 1 and self.open
        before, self.extra = self.extra, rows - 1 - over_keys
        self.styles.height, under.styles.height = 1 + rows, rows
        self.screen.query_one(KeyBar).display = not over_keys
        under.show(self._said)
        if self.extra != before:
            self._listener.refit()
