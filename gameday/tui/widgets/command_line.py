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
from gameday.tui.drawing.line import Line, cut, fit
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.drawing.rows import draw as draw_rows
from gameday.tui.widgets.panel import DrawnPanel

MOST_CANDIDATES = 7
_LONGEST = 500
_HISTORY = 100


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
    """The line under the command line."""

    BOXED = False
    DEFAULT_CSS = """
    Under { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Said(""), id=id)

    def draw(self, state: Said, width: int, height: int) -> list[Line]:  # noqa: ARG002 (the base's)
        """The text, cut at the edge."""
        return [fit([("   ", "base"), (cut(state.text, width - 4), state.style)], width)]


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
        """A key that the line answers: take, leave, or choose by `step`."""

        def __init__(self, what: str, step: int = 0) -> None:
            super().__init__()
            self.what = what
            self.step = step

    def __init__(self) -> None:
        super().__init__(id="line", max_length=_LONGEST, select_on_focus=False, compact=True)
        self.cursor_blink = False

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
        lines = event.text.splitlines()
        if lines:
            self.insert_text_at_cursor(clean_line(lines[0], _LONGEST))


class CommandLine(Widget):
    """Prompt, input and the line under it; posts `Given` with a line that was entered."""

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

    def __init__(self, complete: Complete, preview: Preview, idle: str) -> None:
        super().__init__(id="command")
        self._complete = complete
        self._preview = preview
        self._idle = idle
        self.lift = 0
        """Rows right above the line that candidates leave free."""
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
        return self.line.has_focus

    def say(self, said: Said) -> None:
        """Shows a text under the line until somebody types."""
        self.query_one(Under).show(said)

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
        self.clear()
        self.say(said)

    def clear(self) -> None:
        """An empty line without candidates."""
        with self.line.prevent(Input.Changed):
            self.line.value = ""
        self._show_candidates([])

    def on_descendant_blur(self) -> None:
        """Candidates go with the keys."""
        self._show_candidates([])

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
        self._show_candidates(list(self._complete(text)))
        self.say(self._preview(text))

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
        panel.styles.offset = (1, max(self.region.y - self.lift - len(rows) - 2, 0))
        panel.show(RowsState(rows, selected, selected))
