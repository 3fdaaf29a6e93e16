"""What a player knows before the clock starts: the situation, who they are, three keys, what is to be learnt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from gameday.core.units import format_duration
from gameday.scenario.exercise import Exercise
from gameday.scenario.hats import HATS
from gameday.scenario.modifiers import MODIFIERS
from gameday.tui.actions import ACTIONS, shown_key
from gameday.tui.drawing.prose import Paragraph, line_of, paragraphs_of
from gameday.tui.screens.reading import ReadingScreen

_THREE = (
    ("play.step", "do the playbook's next step: the command stands ready, enter again gives it"),
    ("app.command", "type any command yourself; tab completes, and you see the cost before you press enter"),
    ("app.help", "help; and h gives a hint whenever you are stuck (it costs nothing)"),
)
_LED = (
    ("play.reply", "answer whoever waits for you: questions stand above the command line, with the time you have"),
    ("play.panel-7", "the people: who is here, and what they are at; enter there asks them"),
)
"""What a game with a simulated team needs besides."""


class BriefingScreen(ReadingScreen):
    """Enter begins, esc goes back without a game, h takes another hat."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("h", "hat", "Another hat", show=False, id="briefing.hat")]

    def __init__(
        self, exercise: Exercise, player: str, keys: Mapping[str, str], on_hat: Callable[[], None] | None = None
    ) -> None:
        title = f"Briefing: {exercise.scenario.title}"
        hint = "enter begins · h another hat · esc leaves" if on_hat else "enter begins · esc leaves"
        super().__init__(title, tuple(briefing(exercise, player, keys)), hint)
        self._on_hat = on_hat

    def action_hat(self) -> None:
        """The same incident from another seat."""
        if self._on_hat is not None:
            self._on_hat()


def briefing(exercise: Exercise, player: str, keys: Mapping[str, str]) -> list[Paragraph]:
    """The whole briefing as text."""
    scenario = exercise.scenario
    person = scenario.people.get(player)
    seat = next((seat for seat in scenario.seats if seat.person == player), None)
    who = f"You are {player}" + (f", {person.title}" if person and person.title else "")
    made = [
        *paragraphs_of(scenario.briefing, "value"),
        Paragraph(),
        Paragraph(((f"{who}. ", "title"), (seat.briefing if seat else "", "value"))),
        *_dress(exercise),
        line_of(
            f"The game takes {format_duration(scenario.duration)} at most; space pauses, < and > change its speed.",
            "dim",
        ),
        Paragraph(),
        line_of("Keys to know", "title"),
    ]
    actions = {action.id: action for action in ACTIONS}
    for name, text in (*_THREE, *(_LED if exercise.hat else ())):
        made.append(Paragraph(((f"  {shown_key(actions[name], keys):<7}", "accent"), (text, "base")), 9))
    if scenario.objectives:
        made += [Paragraph(), line_of("To learn", "title")]
        made += [line_of(f"  · {objective.text}", "base", 4) for objective in scenario.objectives]
    made += [Paragraph(), line_of("Nothing has happened yet. Press enter to begin.", "accent")]
    return made


def _dress(exercise: Exercise) -> list[Paragraph]:
    """Which hat is worn, and what makes it harder."""
    hat = HATS.get(exercise.hat)
    words = f"{hat.name}: {hat.summary}" if hat is not None else "none: you play the seat that the scenario gives you"
    made = [Paragraph((("Hat  ", "dim"), (words, "value")), 5)]
    harder = [f"{name}: {MODIFIERS[name].summary}" for name in exercise.modifiers]
    return [*made, *(Paragraph((("And  ", "dim"), (words, "value")), 5) for words in harder)]
