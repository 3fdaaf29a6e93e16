"""The help: what the focused panel is for, the keys of the screen, the commands of the game."""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.verbs import ALIASES, VERBS
from gameday.tui.actions import Place, actions_at, shown_key
from gameday.tui.drawing.prose import Paragraph, line_of, paragraphs_of
from gameday.tui.screens.reading import ReadingScreen

_GROUPS = {
    "act": "Commands that change the system (typed; they take time and can cost)",
    "look": "Commands that look (they occupy you for a while)",
    "coordinate": "Commands for people and customers",
    "walk": "Commands of the playbook",
}
_KEY, _WORD, _USAGE = 9, 12, 34


class HelpScreen(ReadingScreen):
    """Made from the registries, so that it never lies."""

    def __init__(self, place: Place, keys: Mapping[str, str], about: str) -> None:
        super().__init__("Help", tuple(help_paragraphs(place, keys, about)), "up/down scroll · esc back")


def help_paragraphs(place: Place, keys: Mapping[str, str], about: str) -> list[Paragraph]:
    """The whole help as text."""
    made: list[Paragraph] = []
    if about:
        made += [*paragraphs_of(about, "value"), Paragraph()]
    made.append(line_of("Keys, and the same as a command after :", "title"))
    for action in actions_at(place):
        made.append(
            Paragraph(
                (
                    (f"{shown_key(action, keys):<{_KEY}}", "accent"),
                    (f"{':' + action.word:<{_WORD}}", "value"),
                    (f" {action.title}: {action.help}", "base"),
                ),
                _KEY + _WORD + 1,
            )
        )
    made += [Paragraph(), line_of("In panels: arrows or j k, g first, G last, enter opens, tab the next panel.", "dim")]
    if place == "play":
        made += _commands()
    return made


def _commands() -> list[Paragraph]:
    made: list[Paragraph] = []
    for group, title in _GROUPS.items():
        made += [Paragraph(), line_of(title, "title")]
        for verb in VERBS.values():
            if verb.group == group:
                seconds = f" ({verb.takes} s)" if verb.takes else ""
                made.append(
                    Paragraph(((f"{verb.usage:<{_USAGE}} ", "accent"), (f"{verb.summary}{seconds}", "base")), 4)
                )
    also = ", ".join(f"{alias} = {' '.join(words)}" for alias, words in ALIASES.items())
    made += [Paragraph(), line_of(f"Also: {also}. as NAME: before a command gives it for another seat.", "dim")]
    return made
