"""What a player knows before the clock starts: the situation, who they are, three keys, what is to be learnt."""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.units import format_duration
from gameday.scenario.exercise import Exercise
from gameday.tui.actions import ACTIONS, shown_key
from gameday.tui.drawing.prose import Paragraph, line_of, paragraphs_of
from gameday.tui.screens.reading import ReadingScreen

_THREE = (
    ("play.step", "do the playbook's next step: the command stands ready, enter again gives it"),
    ("app.command", "type any command yourself; tab completes, and you see the cost before you press enter"),
    ("app.help", "help; and h gives a hint whenever you are stuck (it costs nothing)"),
)


class BriefingScreen(ReadingScreen):
    """Enter begins, esc goes back without a game."""

    def __init__(self, exercise: Exercise, player: str, keys: Mapping[str, str]) -> None:
        title = f"Briefing: {exercise.scenario.title}"
        super().__init__(title, tuple(briefing(exercise, player, keys)), "enter begins · esc leaves")


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
        line_of(
            f"The game takes {format_duration(scenario.duration)} at most; space pauses, < and > change its speed.",
            "dim",
        ),
        Paragraph(),
        line_of("Three keys to know", "title"),
    ]
    actions = {action.id: action for action in ACTIONS}
    for name, text in _THREE:
        made.append(Paragraph(((f"  {shown_key(actions[name], keys):<7}", "accent"), (text, "base")), 9))
    if scenario.objectives:
        made += [Paragraph(), line_of("To learn", "title")]
        made += [line_of(f"  · {objective.text}", "base", 4) for objective in scenario.objectives]
    made += [Paragraph(), line_of("Nothing has happened yet. Press enter to begin.", "accent")]
    return made
