"""What every screen has: keys from the registry, the `:` line, help, themes, the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from gameday.tui.actions import Place, actions_at, by_word, key_line
from gameday.tui.arrange import Box
from gameday.tui.widgets.candidates import Candidate
from gameday.tui.widgets.command_line import CommandLine
from gameday.tui.widgets.key_bar import KeyBar, KeysState
from gameday.tui.widgets.panel import DrawnPanel
from gameday.tui.widgets.under import Said

if TYPE_CHECKING:
    from gameday.tui.app import GamedayApp

IDLE = "press : to type a command, ? for help"


class GamedayScreen(Screen[None]):
    """A screen of the registry's `PLACE`, with a command line and a line of keys at the bottom."""

    PLACE: ClassVar[Place]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    GamedayScreen { layers: base above; background: $background; overflow: hidden; }
    GamedayScreen Candidates { layer: above; }
    GamedayScreen .panel { position: absolute; display: none; }
    """

    @property
    def gameday(self) -> GamedayApp:
        """The app, as what it is."""
        return cast("GamedayApp", self.app)

    @property
    def command_line_widget(self) -> CommandLine:
        """The `:` line."""
        return self.query_one(CommandLine)

    def on_mount(self) -> None:
        self.dress()

    def dress(self) -> None:
        """The app's theme on every panel, and its keys on the line of keys."""
        for panel in self.query(DrawnPanel):
            panel.dress(self.gameday.look)
        self.show_keys()

    def put(self, boxes: Mapping[str, Box]) -> None:
        """Shows every panel that has a box, there; hides the others."""
        for panel in self.query(".panel").results(DrawnPanel):
            box = boxes.get(panel.id or "")
            panel.display = box is not None and box[3] > 0
            if box is not None:
                panel.styles.offset = (box[0], box[1])
                panel.styles.width, panel.styles.height = box[2], max(box[3], 0)

    def show_keys(self) -> None:
        """The line of keys."""
        self.query_one(KeyBar).show(KeysState(tuple(self.key_pairs()), self.key_note()))

    def key_pairs(self) -> Iterable[tuple[str, str]]:
        """The keys that do something now, and what."""
        return key_line(self.PLACE, self.gameday.keys)

    def key_note(self) -> str:
        """What stands at the end of the line of keys."""
        return ""

    def complete(self, text: str) -> Sequence[Candidate]:
        """Words of this screen that begin with what was typed."""
        word = text.lstrip().lower()
        if " " in word:
            return []
        return [
            Candidate(action.word, action.word, action.title)
            for action in actions_at(self.PLACE)
            if action.word.startswith(word)
        ]

    def preview(self, text: str) -> Said:
        """What the line would do."""
        words = text.split()
        action = by_word(words[0], self.PLACE) if words else None
        return Said(f"{action.title}: {action.help}" if action else "type a command; tab completes, esc leaves")

    async def give(self, text: str) -> Said | None:
        """What a line that is no word of the screen does. None: the line stays as it is."""
        return Said(f'"{text}" is not a command here', "warn")

    def leave_line(self) -> None:
        """Gives the keys back to a panel."""
        self.set_focus(None)

    def refit(self) -> None:
        """The text under the line takes other rows: nothing to do where the layout follows by itself."""

    async def entered(self, text: str) -> None:
        """Does what a line says: a word of the screen, or what `give` makes of it."""
        words = text.split()
        action = by_word(words[0].lower(), self.PLACE) if len(words) == 1 else None
        if action is not None:
            self.command_line_widget.accepted(text, Said(""))
            self.leave_line()
            await self.run_action(action.run)
            return
        said = await self.give(text)
        if said is not None and self.is_mounted:
            self.command_line_widget.refused(said)

    def action_command_line(self) -> None:
        """Takes the keys to the `:` line."""
        self.command_line_widget.begin()

    def action_help(self) -> None:
        """Keys and commands."""
        from gameday.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.PLACE, self.gameday.keys, self.help_about()))

    def help_about(self) -> str:
        """What the focused panel is for, on top of the help."""
        return ""

    def action_palette(self) -> None:
        """Anything by its name."""
        self.app.action_command_palette()

    def action_next_theme(self) -> None:
        """Other colours."""
        self.gameday.next_theme()

    def action_toggle_ascii(self) -> None:
        """Other glyphs."""
        self.gameday.toggle_ascii()

    def action_back(self) -> None:
        """One level back."""
        self.set_focus(None)
