"""The composer: a text for customers or for the team, its checklist while it is typed, and templates to start from.

Owns keys and places; what it shows is made by `gameday.tui.composing`, what posting means is the game's. The draft
outlives the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widgets import TextArea

from gameday.core.text import clean
from gameday.scenario.words import system_words
from gameday.tui import composing
from gameday.tui.composing import Drafting
from gameday.tui.drawing.line import Line, cut, fit
from gameday.tui.live import LiveGame
from gameday.tui.widgets.panel import DrawnPanel, Opened
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.under import Said
from gameday.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp

FRAME = 0.25
"""Seconds between two looks at the clock."""

WIDEST, HIGHEST = 90, 28
_CHECKS = 7
_LOW = 18
"""Rows below which the rules and the templates take turns, as the keys go to the text or to the list."""

_KEYS = "F2 post · tab list/text · F4 note/update · F5 where · esc keeps the draft"
_FEW_KEYS = "F2 post · tab list · F4 note · F5 where · esc"
_LONGEST = 1_500


class Paper(Writing, TextArea):
    """Where the text is written. What is pasted is cleaned first."""

    LETTERS: ClassVar[Mapping[str, str]] = {"enter": "\n"}
    DEFAULT_CSS = """
    Paper { position: absolute; border: none; padding: 0; background: $background; }
    Paper:focus { border: none; background: $background; }
    Paper .text-area--cursor-line { background: $background; }
    """

    def __init__(self) -> None:
        super().__init__(id="paper", soft_wrap=True, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    def write(self, letter: str) -> None:
        """A letter at the cursor, in place of what is selected."""
        self.replace(letter, *self.selection)

    def paste(self, text: str) -> None:
        """A clean text at the cursor."""
        self.insert(clean(text, _LONGEST))

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.paste(event.text)


class Sheet(DrawnPanel[Said]):
    """The box around the text: what is written at the top, below it what became of posting, or the keys."""

    def draw(self, state: Said, width: int, height: int) -> list[Line]:
        """Room for the text; the last line is the state's."""
        blank = [fit([], width)] * max(height - 1, 0)
        text = _FEW_KEYS if state.text == _KEYS and len(_KEYS) > width else state.text
        return [*blank, fit([(cut(text, width), state.style)], width)]


class Checks(RowList, can_focus=False):
    """The checklist; nothing in it is selected."""


class ComposerScreen(ModalScreen[Said | None]):
    """Writes an update or a note. `post` gives the command and says what became of it; a refused one stays here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "post", "Post", show=False, id="composer.post"),
        Binding("f4", "turn", "Note or update", show=False, id="composer.turn"),
        Binding("f5", "channel", "Where", show=False, id="composer.channel"),
        Binding("escape", "leave", "Keep the draft", show=False, id="composer.leave"),
        Binding("tab,shift+tab", "other", "List or text", show=False, priority=True, id="composer.other"),
    ]
    DEFAULT_CSS = """
    ComposerScreen { align: center middle; background: $background 60%; }
    ComposerScreen > Container { layers: base above; background: $background; }
    ComposerScreen DrawnPanel { position: absolute; layer: base; }
    ComposerScreen Paper { layer: above; }
    """

    def __init__(self, live: LiveGame, drafting: Drafting, post: Callable[[str], Said]) -> None:
        super().__init__()
        self._live = live
        self._drafting = drafting
        self._post = post
        self._in_list = False
        self._words = system_words(live.exercise.scenario)
        self._drafts = live.session.response.drafts()

    def compose(self) -> ComposeResult:
        with Container(id="composer"):
            yield Sheet(Said(_KEYS), id="sheet")
            yield Paper()
            yield Checks(title="Rules", id="checks")
            yield RowList(title="Templates", hint="number or enter takes it", id="templates")

    def on_mount(self) -> None:
        look = cast("GamedayApp", self.app).look
        for panel in self.query(DrawnPanel):
            panel.dress(look)
        self._load()
        self.set_interval(FRAME, self._tell_due)
        self._give_keys("#paper" if self._drafting.text else "#templates")

    def on_resize(self) -> None:
        """The composer follows the terminal."""
        self._place()

    def on_key(self, event: events.Key) -> None:
        """A number takes a template while the list has the keys."""
        if event.character and event.character.isdecimal() and self.query_one("#templates").has_focus:
            event.stop()
            names = list(self._drafts)
            number = int(event.character)
            if self._drafting.mode == "status" and 1 <= number <= len(names):
                self._take(names[number - 1])

    def on_opened(self, event: Opened) -> None:
        """The selected row: post, or a template."""
        event.stop()
        if event.name == composing.POST:
            self.action_post()
        else:
            self._take(event.name)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._keep()
        self._check()

    def action_post(self) -> None:
        """Posts the draft; where that is refused, the reason stands below it."""
        self._keep()
        if not self._drafting.text.strip():
            self._say(Said("nothing is written yet", "warn"))
            return
        said = self._post(composing.command_of(self._drafting))
        if said.style == "warn":
            self._say(said)
            return
        self._drafting.texts.pop(self._drafting.mode, None)
        self.dismiss(said)

    def action_turn(self) -> None:
        """From the update to a note for the team, or back; each keeps its draft."""
        self._keep()
        self._drafting.turn()
        self._load()

    def action_channel(self) -> None:
        """Posts elsewhere."""
        self._drafting.next_channel()
        self._entitle()

    def action_other(self) -> None:
        """From the text to the list, or back."""
        self._give_keys("#templates" if self.query_one(Paper).has_focus else "#paper")

    def action_leave(self) -> None:
        """Back to the game; the draft stays."""
        self._keep()
        self.dismiss(None)

    def _keep(self) -> None:
        """What stands there is the draft."""
        self._drafting.texts[self._drafting.mode] = self.query_one(Paper).text

    def _take(self, name: str) -> None:
        paper = self.query_one(Paper)
        paper.load_text(self._drafts[name])
        paper.move_cursor(paper.document.end)
        self._give_keys("#paper")

    def _give_keys(self, name: str) -> None:
        """The text or the list gets the keys; on a low screen the list is there only then."""
        self._in_list = name == "#templates"
        self._place()
        self.query_one(name).focus()

    def _load(self) -> None:
        """The draft of this mode, with its list."""
        paper = self.query_one(Paper)
        paper.load_text(self._drafting.text)
        paper.move_cursor(paper.document.end)
        self.query_one("#templates", RowList).show(composing.templates(self._drafts, self._drafting.mode))
        self._entitle()
        self._check()

    def _check(self) -> None:
        every = self._live.exercise.scenario.communication.every
        self.query_one(Checks).show(composing.checklist(self._drafting, self._words, every))
        self._say(Said(_KEYS))

    def _entitle(self) -> None:
        self.query_one(Sheet).entitle(title=composing.title(self._drafting))
        self._tell_due()

    def _tell_due(self) -> None:
        text, _ = composing.due(self._live.observation.incident, self._live.now)
        self.query_one(Sheet).entitle(hint=text if self._drafting.mode == "status" else "")

    def _say(self, said: Said) -> None:
        self.query_one(Sheet).show(said)

    def _place(self) -> None:
        """Text above, then the rules, then the list; all within the box in the middle."""
        width = max(min(WIDEST, self.app.size.width - 2), 10)
        height = max(min(HIGHEST, self.app.size.height - 1), 6)
        checks = min(_CHECKS, max((height - 4) // 2, 4))
        listed = min(height - checks - 6, len(self._drafts) + 3)
        if height < _LOW:
            checks, listed = (0, checks) if self._in_list else (checks, 0)
        text = height - checks - max(listed, 0)
        box = self.query_one("#composer")
        box.styles.width, box.styles.height = width, height
        places = {"sheet": (0, text), "checks": (text, checks), "templates": (text + checks, max(listed, 0))}
        for name, (top, rows) in places.items():
            panel = self.query_one(f"#{name}")
            panel.display = rows > 0
            panel.styles.offset = (0, top)
            panel.styles.width, panel.styles.height = width, rows
        paper = self.query_one(Paper)
        paper.styles.offset = (1, 1)
        paper.styles.width, paper.styles.height = width - 2, max(text - 3, 1)
