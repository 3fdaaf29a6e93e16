"""The facilitator's list: what is wrong, which faults and injects come and came, who waits for an answer. SECRET."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from gameday.core.units import MICRO, format_clock
from gameday.session.facilitating import ScriptItem, cause, script
from gameday.tui.drawing.prose import Paragraph, ProseState, line_of
from gameday.tui.live import LiveGame
from gameday.tui.widgets.prose import ProsePanel

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp

_FRAME = 0.5
_CLOCK = re.compile(r"(?:at|from) ([\d:]+)")


class ScriptScreen(ModalScreen[None]):
    """Kept up to date while it is open; the game goes on below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f9", "close", "Back", show=False, id="script.back"),
    ]
    DEFAULT_CSS = """
    ScriptScreen { align: center middle; background: $background 60%; }
    ScriptScreen > Container { width: 96%; height: 90%; }
    ScriptScreen ProsePanel { height: 100%; width: 100%; }
    """

    def __init__(self, live: LiveGame) -> None:
        super().__init__()
        self._live = live

    def compose(self) -> ComposeResult:
        with Container():
            yield ProsePanel(title="SECRET: the facilitator's script", hint="esc back", id="script")

    def on_mount(self) -> None:
        panel = self.query_one(ProsePanel)
        panel.dress(cast("GamedayApp", self.app).look)
        panel.focus()
        self._draw()
        self.set_interval(_FRAME, self._draw)

    def action_close(self) -> None:
        """Puts it away."""
        self.dismiss(None)

    def _draw(self) -> None:
        self.query_one(ProsePanel).show(ProseState(tuple(script_paragraphs(self._live))))


def comes_at(item: ScriptItem) -> tuple[bool, int]:
    """What comes at a known time in the order of time; what waits for something else alone after that."""
    clock = _CLOCK.match(item.when)
    seconds = 0
    for part in clock[1].split(":") if clock else ():
        seconds = 60 * seconds + int(part)
    return clock is None, seconds


def script_paragraphs(live: LiveGame) -> list[Paragraph]:
    """The truth, the script with its state, the questions that wait."""
    session = live.session
    made = [
        line_of("Players must not see this.", "down"),
        Paragraph(
            (("What is wrong   ", "dim"), (cause(session), "value"), (f"   (variant {session.variant})", "dim")), 16
        ),
        Paragraph((("The clock       ", "dim"), (format_clock(live.now), "value"))),
        Paragraph(),
        line_of("Faults and injects", "title"),
    ]
    for item in sorted(script(session), key=comes_at):
        mark, style = ("✔ came ", "dim") if item.is_over else ("○ armed", "accent")
        pieces = ((f"{mark} ", style), (f"{item.when:<10} ", "value"), (f"{item.name}  ", "title"))
        made.append(Paragraph((*pieces, (item.text, "base")), 8))
    made += [Paragraph(), line_of("Questions that wait for an answer", "title")]
    questions = live.observation.questions
    for question in questions:
        due = "no time was named" if question.due_at is None else f"due {format_clock(question.due_at * MICRO)}"
        text = f"{question.sender} asks {question.to}: {question.message}"
        made.append(Paragraph(((f"{question.ref} ", "title"), (text, "base"), (f"  {due}", "dim")), 3))
    if not questions:
        made.append(line_of("none", "dim"))
    return made
