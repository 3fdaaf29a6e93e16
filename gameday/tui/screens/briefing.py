"""What a player knows before the clock starts: the situation, who they are, three keys, what is to be learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from gameday.core.commands import quote
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
_HANDED_ON = "the playbook's next step: the command stands ready, enter again gives it, or hands it to a colleague"
"""What `enter` does for somebody whose hands are off the keyboard."""

_LED = (
    ("play.reply", "answer whoever waits for you: questions stand above the command line, with the time you have"),
    ("play.panel-7", "the people: who is here, and what they are at; enter there asks them"),
)
"""What a game with a simulated team needs besides."""

_ABOUT = "The game has not begun: the clock waits until you have read the briefing, and this."


class BriefingScreen(ReadingScreen):
    """Enter begins, esc goes back without a game, h takes another hat, ? helps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hat", "Another hat", show=False, id="briefing.hat"),
        Binding("question_mark,f1", "help", "Help", show=False, id="app.help"),
    ]

    def __init__(
        self,
        exercise: Exercise,
        players: Sequence[str],
        keys: Mapping[str, str],
        on_hat: Callable[[], None] | None = None,
    ) -> None:
        """`players`: everybody who is played here; the first is whom the game greets."""
        title = f"Briefing: {exercise.scenario.title}"
        hat = "h another hat · " if on_hat else ""
        hint = f"enter begins · {hat}? help · esc leaves"
        brief_hint = f"enter begins · {hat.replace('another ', '')}? help · esc"
        super().__init__(title, tuple(briefing(exercise, players, keys)), hint, brief_hint)
        self._keys = keys
        self._on_hat = on_hat

    def action_help(self) -> None:
        """The keys and commands of the game that is about to begin."""
        from gameday.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("play", self._keys, _ABOUT))

    def action_hat(self) -> None:
        """The same incident from another seat."""
        if self._on_hat is not None:
            self._on_hat()


def briefing(exercise: Exercise, players: Sequence[str], keys: Mapping[str, str]) -> list[Paragraph]:
    """The whole briefing as text."""
    scenario = exercise.scenario
    player, *others = players
    person = scenario.people.get(player)
    seat = next((seat for seat in scenario.seats if seat.person == player), None)
    who = f"You are {player}" + (f", {person.title}" if person and person.title else "")
    made = [
        *paragraphs_of(scenario.briefing, "value"),
        Paragraph(),
        Paragraph(((f"{who}. ", "title"), (seat.briefing if seat else "", "value"))),
        *_also_played(exercise, others),
        *_dress(exercise),
        line_of(
            f"The game takes {format_duration(scenario.duration)} at most; space pauses, < and > change its speed.",
            "dim",
        ),
        Paragraph(),
        line_of("Keys to know", "title"),
    ]
    actions = {action.id: action for action in ACTIONS}
    for name, text in _to_know(exercise, seat is not None and bool(seat.hands_off)):
        made.append(Paragraph(((f"  {shown_key(actions[name], keys):<7}", "accent"), (text, "base")), 9))
    if scenario.objectives:
        made += [Paragraph(), line_of("To learn", "title")]
        made += [line_of(f"  · {objective.text}", "base", 4) for objective in scenario.objectives]
    made += [Paragraph(), line_of("Nothing has happened yet. Press enter to begin.", "accent")]
    return made


def _to_know(exercise: Exercise, hands_off: bool) -> Iterator[tuple[str, str]]:
    """Actions, and what they are for."""
    for name, text in (*_THREE, *(_LED if exercise.hat else ())):
        yield name, _HANDED_ON if name == "play.step" and hands_off else text


def _also_played(exercise: Exercise, others: Sequence[str]) -> list[Paragraph]:
    """Who else is played at this terminal, and how to sign for them."""
    if not others:
        return []
    people = exercise.scenario.people
    titles = {name: people[name].title for name in others if name in people}
    named = ", ".join(f"{name} ({titles[name]})" if titles.get(name) else name for name in others)
    return [line_of(f"Also played here: {named}. Sign for them: as {quote(others[0])}: COMMAND.", "value")]


def _dress(exercise: Exercise) -> list[Paragraph]:
    """Which hat is worn, and what makes it harder."""
    hat = HATS.get(exercise.hat)
    words = f"{hat.name}: {hat.summary}" if hat is not None else "none: you play the seat that the scenario gives you"
    made = [Paragraph((("Hat  ", "dim"), (words, "value")), 5)]
    harder = [f"{name}: {MODIFIERS[name].summary}" for name in exercise.modifiers]
    return [*made, *(Paragraph((("And  ", "dim"), (words, "value")), 5) for words in harder)]
