"""A text in a box over the screen, which enter or esc puts away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from gameday.tui.drawing.prose import Paragraph, ProseState
from gameday.tui.widgets.prose import ProsePanel

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp


class ReadingScreen(ModalScreen[bool]):
    """Paragraphs with a title. Enter gives True, esc False."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close(True)", "Go on", show=False, id="reading.on"),
        Binding("escape,q", "close(False)", "Back", show=False, id="reading.back"),
    ]
    DEFAULT_CSS = """
    ReadingScreen { align: center middle; background: $background 60%; }
    ReadingScreen > Container { width: 84; max-width: 96%; height: auto; max-height: 96%; }
    ReadingScreen ProsePanel { height: 100%; width: 100%; }
    """

    def __init__(self, title: str, paragraphs: tuple[Paragraph, ...], hint: str, brief_hint: str = "") -> None:
        """`brief_hint` stands where the hint does not fit."""
        super().__init__()
        self._brief_hint = brief_hint
        self._heading = title
        self._paragraphs = paragraphs
        self._hint = hint

    def compose(self) -> ComposeResult:
        with Container(id="box"):
            yield ProsePanel(title=self._heading, hint=self._hint, brief_hint=self._brief_hint, id="text")

    def on_mount(self) -> None:
        panel = self.query_one(ProsePanel)
        panel.dress(cast("GamedayApp", self.app).look)
        panel.show(ProseState(self._paragraphs))
        self._size_box()
        panel.focus()

    def on_resize(self) -> None:
        """The box follows the terminal."""
        self._size_box()

    def action_close(self, on: bool) -> None:
        """Puts the text away."""
        self.dismiss(on)

    def _size_box(self) -> None:
        from gameday.tui.drawing.prose import laid

        width = min(84, self.app.size.width - 2)
        lines = len(laid(self._paragraphs, max(width - 2, 1)))
        box = self.query_one("#box")
        box.styles.width = max(width, 3)
        box.styles.height = max(min(lines + 2, self.app.size.height - 1), 3)
