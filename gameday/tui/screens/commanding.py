"""Giving commands on the play screen: the `:` line, keys that give or begin a command, answers and delegation.

Owns what becomes of a line. What a command means is the session's; where panels stand is the play screen's.
"""

from __future__ import annotations

from collections.abc import Sequence

from gameday.core.commands import parse_command, quote
from gameday.core.errors import CommandError, SessionBroken
from gameday.session import completion
from gameday.session.delegating import by_hand
from gameday.tui import board
from gameday.tui.composing import Drafting
from gameday.tui.live import LiveGame
from gameday.tui.playbook_steps import next_command, unsent_command
from gameday.tui.screens.base import GamedayScreen
from gameday.tui.wall import Wall
from gameday.tui.widgets.candidates import Candidate
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.under import Said

PAUSED = "paused: press space (after esc); a paused game takes no commands"
OVER = "time is over: enter names the cause, b shows the debrief"


class CommandingScreen(GamedayScreen):
    """A screen with a game to give commands to."""

    live: LiveGame
    _wall: Wall
    _drafting: Drafting | None = None

    def complete(self, text: str) -> Sequence[Candidate]:
        """The game's commands first, then the words of the screen."""
        found = [
            Candidate(one.text, one.word or one.text, one.what) for one in completion.complete(text, self.live.session)
        ]
        if " " in text.strip() or text.endswith(" "):
            return found
        words = {one.word for one in found}
        return [*found, *(one for one in super().complete(text) if one.word not in words)]

    def preview(self, text: str) -> Said:
        """What a command would take and cost, or why it cannot be given now."""
        words = text.split()
        if len(words) == 1 and super().complete(text) and not completion.complete(text, self.live.session):
            return super().preview(text)
        if words and words[0] == "filter":
            return Said("filter TEXT: lines that contain it; !TEXT: those that do not")
        meaning = completion.preview(text, self.live.session)
        question = board.answered(text, board.waiting(self.live.observation, self.live.session.played))
        return Said(f"{question} · {meaning}" if question else meaning)

    async def give(self, text: str) -> Said | None:
        """Gives a command to the game; a refused one stays on the line, to be mended."""
        words = text.split(maxsplit=1)
        if words[0] == "filter":
            self._filtered_log().filter(words[1])
            said = Said(f"filter {words[1]}; esc shows all again", "accent")
        else:
            said = self._submit(text)
            if said.style == "warn":
                return self._hand_on(text, said)
        self.command_line_widget.accepted(text, said)
        self.leave_line()
        return None

    def _hand_on(self, text: str, refused: Said) -> Said:
        """What was refused because hands are off the keyboard stands ready to be handed to a colleague."""
        line = by_hand(text, self.live.session)
        if line == text or self.live.pace.paused:
            return refused
        self.command_line_widget.begin(line)
        return Said(f"{refused.text.split(':')[0]}: enter hands it on, or name somebody else", "warn")

    def _submit(self, text: str) -> Said:
        if self.live.pace.paused and not self.live.session.finished:
            return Said(PAUSED, "warn")
        try:
            verdict = self.live.submit(parse_command(text))
        except CommandError as error:
            return Said(str(error), "warn")
        except SessionBroken as error:
            self.gameday.game_broke(self.live, str(error))
            return Said(str(error), "warn")
        self._wall.refresh()
        if self.live.session.finished:
            return Said(f"{verdict.text}; b shows the debrief", "accent" if verdict.accepted else "warn")
        return Said(verdict.text, "accent" if verdict.accepted else "warn")

    def _told_that_it_is_over(self) -> bool:
        """Says so where time is over, for keys that then do nothing."""
        if self.live.session.finished:
            self.command_line_widget.say(Said(OVER, "warn"))
        return self.live.session.finished

    def action_submit(self, text: str) -> None:
        """Gives a command that costs nothing, at one key."""
        if self._told_that_it_is_over():
            return
        self.command_line_widget.say(self._submit(text))

    def action_prefill(self, text: str) -> None:
        """Puts a command on the line, to be finished or just entered."""
        self._remember_focus()
        self.command_line_widget.begin(text)

    def action_command_line(self) -> None:
        """Takes the keys to the `:` line."""
        self.action_prefill("")

    def action_compose(self) -> None:
        """Opens the composer, with the draft that was left in it."""
        if self._told_that_it_is_over():
            return
        from gameday.tui.screens.composer import ComposerScreen

        self._remember_focus()
        if self._drafting is None:
            self._drafting = Drafting()
        self.app.push_screen(ComposerScreen(self.live, self._drafting, self._submit), self._composed)

    def _composed(self, said: Said | None) -> None:
        if said is not None:
            self.command_line_widget.say(said)

    def action_next_step(self) -> None:
        """The playbook's next command on the line; once time is over, the last word about the cause."""
        if self.live.session.finished:
            self.action_prefill("diagnose ")
            return
        command = next_command(self.live)
        if command is None:
            self.command_line_widget.say(Said("the playbook is at its end; resolve when all is well", "accent"))
        else:
            self.action_prefill(by_hand(command, self.live.session))

    def action_reply(self) -> None:
        """Begins the answer to the most pressing question."""
        if self._told_that_it_is_over():
            return
        played = self.live.session.played
        waiting = board.waiting(self.live.observation, played)
        if not waiting:
            self.command_line_widget.say(Said("nobody waits for an answer of yours", "accent"))
            return
        question = waiting[0]
        sign = f"as {quote(question.to)}: " if question.to not in ("", self.live.player) else ""
        answer = "can C: " if question.kind == "can" else f"reply --question {question.ref} "
        self.action_prefill(sign + answer)

    def action_ask(self) -> None:
        """Begins a question to the selected colleague."""
        if self._told_that_it_is_over():
            return
        people = self.query_one("#people", RowList)
        name = f"{quote(people.chosen)} " if people.has_focus and people.chosen else ""
        self.action_prefill(f"ask {name}")

    def action_step_done(self) -> None:
        """Ticks the current step off; what it asks to send and nobody has sent is named first."""
        if self._told_that_it_is_over():
            return
        unsent = unsent_command(self.live)
        if unsent is None:
            self.action_submit("step done")
        else:
            self.command_line_widget.say(Said(f"not sent yet: {unsent} (enter gives it, :step skip goes on)", "warn"))

    def action_ack(self) -> None:
        """Acknowledges the selected page, or the oldest."""
        self.action_submit(f"ack{self._selected_page('triggered')}")

    def action_escalate(self) -> None:
        """Sends a page on; one that somebody has taken only when enter says so."""
        named = self._selected_page("triggered", "acknowledged").strip()
        pages = {page.ref: page for page in self.live.observation.pages}
        waits = any(page.state == "triggered" for page in pages.values())
        taken = [page for page in pages.values() if page.state == "acknowledged"]
        page = pages[named] if named else None if waits or not taken else taken[0]
        if page is None or page.state != "acknowledged" or self.live.session.finished:
            self.action_submit(f"escalate {named}".strip())
            return
        self.action_prefill(f"escalate {page.ref}")
        self.command_line_widget.say(
            Said(f"{page.acknowledged_by} has taken {page.ref}: enter sends it on all the same, esc leaves it", "warn")
        )

    def _selected_page(self, *states: str) -> str:
        pager = self.query_one("#pager", RowList)
        page = next((page for page in self.live.observation.pages if page.ref == pager.chosen), None)
        return f" {page.ref}" if pager.has_focus and page is not None and page.state in states else ""

    def action_filter(self) -> None:
        """Filters the channel, or the evidence where it has the keys."""
        self.action_prefill("filter ")

    def _filtered_log(self) -> LineLog:
        return self.query_one("#evidence" if self._wall.last_focus == "evidence" else "#channel", LineLog)

    def _remember_focus(self) -> None:
        if isinstance(self.focused, DrawnPanel):
            self._wall.last_focus = self.focused.id
