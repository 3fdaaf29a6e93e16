"""The `:` line: input, completion above it, and under it what the command would take and cost, or what became of it.

Owns editing, history and the choice among candidates. What completes and what a command means is asked of whoever
made it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from gameday.core.text import clean_line
from gameday.tui.drawing.line import Line, fit, wrap
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.drawing.rows import draw as draw_rows
from gameday.tui.widgets.key_bar import KeyBar
from gameday.tui.widgets.panel import DrawnPanel

MOST_CANDIDATES = 7
LONGEST = 500
"""Characters that a line takes."""

_HISTORY = 100
_EDGE = 4
_ROWS_OF_SCREEN = 5
"""A text under the line takes no more than such a part of the screen."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the line could become: the whole line, the word that it adds, and what that word is."""

    text: str
    word: str
    what: str


@dataclass(frozen=True, slots=True)
class Said:
    """The text under the line and its style."""

    text: str
    style: str = "dim"


Complete = Callable[[str], Sequence[Candidate]]
Preview = Callable[[str], Said]


class Under(DrawnPanel[Said]):
    """The text under the command line."""

    BOXED = False
    DEFAULT_CSS = """
    Under { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Said(""), id=id)

    def draw(self, state: Said, width: int, height: int) -> list[Line]:
        """The text, wrapped; what does not fit ends in an ellipsis."""
        texts = wrap(state.text, max(width - _EDGE, 1), max(height, 1))
        return [fit([("   ", "base"), (text, state.style)], width) for text in texts]


class Candidates(DrawnPanel[RowsState]):
    """What the line could become, above it."""

    DEFAULT_CSS = """
    Candidates { display: none; position: absolute; }
    """

    def __init__(self) -> None:
        super().__init__(RowsState(), title="tab completes", id="candidates")

    def draw(self, state: RowsState, width: int, height: int) -> list[Line]:
        """The candidates, the chosen one in reverse."""
        return draw_rows(state, width, height)


class CommandInput(Input):
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

    class Asked(Message):
        """Something for the line to answer: take, leave, choose by `step`; or `loss`, text was left out."""

        def __init__(self, what: str, step: int = 0) -> None:
            super().__init__()
            self.what = what
            self.step = step

    def __init__(self) -> None:
        super().__init__(id="line", max_length=LONGEST, select_on_focus=False, compact=True)
        self.cursor_blink = False
        self.loss = ""
        """What was left out of what was pasted or typed, until the line is empty again."""

    def action_take(self) -> None:
        """Takes the candidate; with nothing typed, goes on to the next panel."""
        if self.value:
            self.post_message(self.Asked("take"))
        else:
            self.screen.focus_next()

    def action_choose(self, step: int) -> None:
        """Chooses another candidate, or recalls an earlier line."""
        self.post_message(self.Asked("choose", step))

    def action_leave(self) -> None:
        """Leaves the line."""
        self.post_message(self.Asked("leave"))

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line it takes the candidate."""
        if self.cursor_at_end and not select and self.value:
            self.action_take()
        else:
            super().action_cursor_right(select)

    def _on_paste(self, event: events.Paste) -> None:
        """A paste is one clean line: it never gives a command, and brings nothing that steers a terminal."""
        event.prevent_default()
        event.stop()
        first, *others = event.text.strip("\r\n").splitlines() or [""]
        room = max(LONGEST - len(self.value), 0)
        text = clean_line(first, 2 * LONGEST)
        losses = [f"cut at {LONGEST} characters"] * (len(text) > room)
        losses += ["only the first line of the paste is here"] * bool(others)
        self.loss = ", ".join(losses)
        self.insert_text_at_cursor(text[:room])
        self.post_message(self.Asked("loss"))

    def restricted(self) -> None:
        """A line that is full takes no more, and says so."""
        self.loss = f"full: a line takes {LONGEST} characters"
        self.post_message(self.Asked("loss"))


class CommandLine(Widget):
    """Prompt, input and the text under it; posts `Given` with a line that was entered.

    While somebody types, a text of several rows takes the row of keys first, so that the line stays where it is.
    """

    DEFAULT_CSS = """
    CommandLine { height: 2; width: 1fr; }
    CommandLine Horizontal { height: 1; }
    CommandLine #prompt { width: 3; }
    """

    class Given(Message):
        """Somebody entered a line."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Somebody is done with the line."""

    def __init__(self, complete: Complete, preview: Preview, idle: str, *, rows: int = 1) -> None:
        """`rows` is the most that the text under the line may take on this screen."""
        super().__init__(id="command")
        self._rows = rows
        self._complete = complete
        self._preview = preview
        self._idle = idle
        self._said = Said(idle)
        self.lift = 0
        """Rows right above the line that candidates leave free."""
        self.extra = 0
        """Rows that the line takes from the panels, above the usual."""
        self._candidates: list[Candidate] = []
        self._chosen: int | None = None
        self._history: list[str] = []
        self._recalled: int | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(" : ", id="prompt", markup=False)
            yield CommandInput()
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

    def _fit(self) -> None:
        """As many rows as the text needs, if the screen has them."""
        under, size = self.query_one(Under), self.screen.size
        most = max(min(self._rows, size.height // _ROWS_OF_SCREEN), 1)
        rows = len(wrap(self._said.text, max(size.width - _EDGE, 1), most))
        over_keys = rows > 1 and self.open
        self.extra = rows - 1 - over_keys
        self.styles.height, under.styles.height = 1 + rows, rows
        self.screen.query_one(KeyBar).display = not over_keys
        under.show(self._said)

    def begin(self, text: str = "") -> None:
        """Takes the keys, with a text to go on from."""
        line = self.line
        with line.prevent(Input.Changed):
            line.value = text
        line.cursor_position = len(text)
        # At once, not with `focus()`: keys that come in one burst belong to the line already.
        self.screen.set_focus(line)
        self._refresh()

    def accepted(self, text: str, said: Said) -> None:
        """The line did what was asked: it is remembered and empty again."""
        if text and (not self._history or self._history[-1] != text):
            self._history = [*self._history, text][-_HISTORY:]
        self._recalled = None
        loss = self.line.loss
        self.clear()
        self.say(Said(f"{loss}; {said.text}", "warn") if loss else said)

    def clear(self) -> None:
        """An empty line without candidates."""
        self.line.loss = ""
        with self.line.prevent(Input.Changed):
            self.line.value = ""
        self._show_candidates([])

    def on_descendant_blur(self) -> None:
        """Candidates go with the keys; the line of keys comes back."""
        self._show_candidates([])
        self._fit()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.open:
            self._refresh()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._chosen is not None:
            self._take(self._candidates[self._chosen])
            return
        text = event.value.strip()
        if text:
            self.post_message(self.Given(text))
        else:
            self.post_message(self.Left())

    @on(CommandInput.Asked)
    def _asked(self, event: CommandInput.Asked) -> None:
        event.stop()
        if event.what == "take":
            if self._candidates:
                self._take(self._candidates[self._chosen or 0])
        elif event.what == "choose":
            self._choose(event.step)
        elif event.what == "loss":
            self._refresh()
        else:
            self.clear()
            self.say(Said(self._idle))
            self.post_message(self.Left())

    def _take(self, candidate: Candidate) -> None:
        self.line.value = candidate.text + " "
        self.line.cursor_position = len(self.line.value)
        self._refresh()

    def _choose(self, step: int) -> None:
        """Among candidates, or, on an empty line, among what was entered before."""
        if (not self.line.value or self._recalled is not None) and self._history:
            self._recall(step)
        elif self._candidates:
            count = min(len(self._candidates), MOST_CANDIDATES)
            start = -1 if step > 0 else count
            self._chosen = (step + (start if self._chosen is None else self._chosen)) % count
            self._show_candidates(self._candidates, keep=True)

    def _recall(self, step: int) -> None:
        at = (len(self._history) if self._recalled is None else self._recalled) + step
        self._recalled = at = min(max(at, 0), len(self._history))
        text = self._history[at] if at < len(self._history) else ""
        self.line.value = text
        self.line.cursor_position = len(text)

    def _refresh(self) -> None:
        text = self.line.value
        if not text:
            self.line.loss = ""
        said, loss = self._preview(text), self.line.loss
        self.say(Said(f"{loss}; {said.text}", "warn") if loss else said)
        self._show_candidates(list(self._complete(text)))

    def _show_candidates(self, candidates: list[Candidate], keep: bool = False) -> None:
        self._candidates = candidates
        if not keep:
            self._chosen = None
        shown = candidates[:MOST_CANDIDATES]
        panel = self.screen.query_one(Candidates)
        panel.display = bool(shown)
        if not shown:
            return
        longest = min(max(len(one.word) for one in shown), 28)
        rows = tuple(
            Row(str(place), "", one.what, "dim", at=f"{one.word:<{longest}}"[:longest])
            for place, one in enumerate(shown)
        )
        selected = None if self._chosen is None else str(self._chosen)
        panel.entitle(hint=f"+{len(candidates) - len(shown)} more" if len(candidates) > len(shown) else "")
        width = min(self.screen.size.width - 2, 78)
        panel.styles.width, panel.styles.height = width, len(rows) + 2
        below = self.query_one(Under).styles.height
        under = int(below.value) if below is not None else 1
        prompt = self.screen.size.height - 1 - max(under, 2)
        panel.styles.offset = (1, max(prompt - self.lift - len(rows) - 2, 0))
        panel.show(RowsState(rows, selected, selected))
