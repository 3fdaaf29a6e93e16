"""What a user can do on a screen, each declared once: key, command word, title, help.

Keys, the line of keys, the palette, the help screen and the `:` line are all made from this registry. Owns no
behaviour: `run` names an action method of the screen. The verbs of the game itself stand in `gameday.core.verbs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Place = Literal["home", "play", "debrief", "anywhere"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `id` is stable (keymap files name it); `keys` as Textual names them, the first is shown.

    `word` is what the `:` line takes; `rank` orders the line of keys, 0 keeps it off that line.
    """

    id: str
    keys: str
    word: str
    title: str
    help: str
    run: str
    place: Place
    short: str = ""
    rank: int = 0


def _panel(number: int, word: str, what: str) -> Action:
    return Action(
        f"play.panel-{number}",
        str(number),
        word,
        f"Panel {number}: {what}",
        "gives it the keys; again maximises it",
        f"panel({number})",
        "play",
    )


_HELP = "keys and commands, for the panel that has the keys"

ACTIONS: tuple[Action, ...] = (
    Action("app.help", "question_mark,f1", "help", "Help", _HELP, "help", "anywhere", "help", 1),
    Action("app.command", "colon", "line", "Command line", "type a command; tab completes", "command_line", "anywhere",
           "command", 2),
    Action("app.palette", "ctrl+p", "palette", "Palette", "find anything by its name", "palette", "anywhere",
           "palette", 50),
    Action("app.theme", "f2", "theme", "Next theme", "default, colour-blind, high contrast, mono", "next_theme",
           "anywhere"),
    Action("app.ascii", "f3", "ascii", "Plain ASCII", "draw with plain ASCII, or with all glyphs again",
           "toggle_ascii", "anywhere"),
    Action("app.back", "escape", "back", "Back", "one level back; never leaves the game", "back", "anywhere"),
    # play
    Action("play.step", "enter", "next", "Do the playbook's step",
           "put the step's next command on the command line; enter again gives it", "next_step", "play", "step", 3),
    Action("play.done", "d", "done", "The step is done", "go on in the playbook (its check is verified)",
           "step_done", "play", "done", 4),
    Action("play.ack", "a", "ack", "Acknowledge a page", "the selected page, or the oldest that pages you", "ack",
           "play", "ack", 5),
    Action("play.escalate", "e", "escalate", "Escalate a page", "send it to the next level now", "escalate", "play",
           "escalate", 11),
    Action("play.talk", "t", "note", "Say something", "a note in the channel", "prefill('note ')", "play", "talk", 9),
    Action("play.update", "s", "status", "Public update", "tell customers: impact, and when the next update comes",
           "compose", "play", "update", 10),
    Action("play.reply", "r", "answer", "Answer a question", "the most pressing one that waits for you", "reply",
           "play", "reply", 15),
    Action("play.ask", "x", "people-ask", "Ask a colleague", "the one selected in panel 7, or any", "ask", "play"),
    Action("play.hint", "h", "hint", "Hint", "something to do next; costs nothing, and is recorded", "submit('hint')",
           "play", "hint", 6),
    Action("play.pause", "space", "pause", "Pause, go on", "the clock stands still; a paused game takes no commands",
           "toggle_pause", "play", "pause", 7),
    Action("play.slower", "less_than_sign", "slower", "Slower", "fewer simulated seconds a second", "speed(-1)",
           "play", "", 0),
    Action("play.faster", "greater_than_sign", "faster", "Faster", "more simulated seconds a second", "speed(1)",
           "play", "speed", 12),
    _panel(1, "map", "service map or table"),
    _panel(2, "signals", "golden signals"),
    _panel(3, "pager", "pages and their escalation"),
    _panel(4, "steps", "the playbook"),
    _panel(5, "channel", "what happened and what was said"),
    _panel(6, "evidence", "what looks found"),
    _panel(7, "people", "who is here, and what they are at"),
    Action("play.table", "m", "table", "Map or table", "services as a map, or as a table with the worst first",
           "toggle_table", "play", "map/table", 13),
    Action("play.maximise", "f10", "maximise", "Maximise the panel", "the panel alone; again or esc to go back",
           "maximise_panel", "play"),
    Action("play.filter", "slash", "filter", "Filter", "lines that contain a text, with ! those that do not",
           "filter", "play", "filter", 14),
    Action("play.older", "left_square_bracket", "older", "Older evidence", "what an earlier look found",
           "evidence(-1)", "play"),
    Action("play.newer", "right_square_bracket", "newer", "Newer evidence", "what a later look found",
           "evidence(1)", "play"),
    Action("play.copy-line", "y", "copy-line", "Copy the line", "the panel's selected or last line; also to a file",
           "copy_line", "play"),
    Action("play.copy-panel", "Y", "copy-panel", "Copy the panel", "all of the panel; also to a file", "copy_panel",
           "play"),
    Action("play.script", "f9", "script", "The facilitator's script", "only with --facilitator: what comes, what is "
           "wrong", "script", "play"),
    Action("play.debrief", "b", "debrief", "End and debrief", "once time is over; before that it asks", "debrief",
           "play"),
    Action("play.quit", "q", "quit", "Leave the game", "asks; the session is saved and can be resumed", "leave",
           "play", "leave", 8),
    # home, before a game
    Action("home.hat", "h", "hat", "Another hat", "the seat from which the next game is played", "next_hat", "home",
           "hat", 4),
    Action("home.play", "enter", "play", "Play", "the selected scenario, or go on with the selected session", "play",
           "home", "play", 3),
    Action("home.quit", "q", "quit", "Quit", "leave gameday", "quit_home", "home", "quit", 20),
    # debrief
    Action("debrief.again", "r", "again", "Play again", "the same scenario with another seed", "again", "debrief",
           "again", 3),
    Action("debrief.copy", "c", "copy", "Copy as markdown", "to the clipboard, and to a file beside the journal",
           "copy", "debrief", "copy", 4),
    Action("debrief.home", "n", "home", "Home", "pick another scenario", "home", "debrief", "home", 5),
    Action("debrief.score", "1", "score", "Score card", "dimensions and totals", "panel(1)", "debrief"),
    Action("debrief.times", "2", "times", "Times and impact", "against par and against nobody acting", "panel(2)",
           "debrief"),
    Action("debrief.checks", "3", "checks", "Checks", "what was due, and what happened", "panel(3)", "debrief"),
    Action("debrief.timeline", "4", "timeline", "Timeline", "what happened, with the truth", "panel(4)", "debrief"),
    Action("debrief.maximise", "f10", "maximise", "Maximise the panel", "the panel alone, as its number does; esc goes "
           "back", "maximise_panel", "debrief"),
    Action("debrief.quit", "q", "quit", "Quit", "leave gameday", "quit_debrief", "debrief", "quit", 20),
)  # fmt: skip

_SHOWN = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
}


def actions_at(place: Place) -> tuple[Action, ...]:
    """What can be done on a screen, in the registry's order."""
    return tuple(action for action in ACTIONS if action.place in (place, "anywhere"))


def bindings_at(place: Place) -> list[BindingType]:
    """The keys of a screen."""
    bindings: list[BindingType] = [
        Binding(action.keys, action.run, action.title, show=False, id=action.id)
        for action in actions_at(place)
        if action.id != "app.palette"  # which is Textual's own key, on every screen
    ]
    return bindings


def by_word(word: str, place: Place) -> Action | None:
    """The action that the `:` line means."""
    return next((action for action in actions_at(place) if action.word == word), None)


def shown_key(action: Action, keymap: Mapping[str, str]) -> str:
    """The first key of an action as people read it, with the user's changes."""
    first = keymap.get(action.id, action.keys).split(",")[0].strip()
    return _SHOWN.get(first, first)


AT_THE_END: tuple[tuple[str, str], ...] = (
    ("play.debrief", "debrief"),
    ("play.step", "name the cause"),
    ("app.help", "help"),
    ("app.command", "command"),
    ("play.maximise", "one panel"),
    ("play.quit", "leave"),
)
"""What can still be done once the time of a game is over, and what it is called then."""


def key_line_at_the_end(keymap: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The line of keys of a game whose time is over."""
    actions = {action.id: action for action in ACTIONS}
    return [(shown_key(actions[name], keymap), short) for name, short in AT_THE_END]


def key_line(place: Place, keymap: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Key and short name of what the line of keys shows, the most important first."""
    ranked = sorted((action for action in actions_at(place) if action.rank), key=lambda action: action.rank)
    return [(shown_key(action, keymap), action.short) for action in ranked]
