"""What can be known of a file of commands beforehand: whether what it names exists, and for whom it may speak.

Whether a command is allowed is judged when its time comes (`rules`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameday.core.commands import Command
from gameday.core.errors import Problem
from gameday.scenario.checks.commands import check_command
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.exercise import Exercise
from gameday.scenario.source.document import Document, Node, Position, Source


@dataclass(frozen=True, slots=True)
class Written:
    """A command that has been read, its text, and where that stands."""

    command: Command
    text: str
    position: Position


@dataclass(frozen=True)
class Cast:
    """What a file of commands is for: an exercise, and who is played in it; its first seat, if that is None."""

    exercise: Exercise
    players: Sequence[str] | None = None

    @property
    def speakers(self) -> tuple[str, ...]:
        """For whom commands can be given."""
        players = (self.exercise.player,) if self.players is None else self.players
        return tuple(dict.fromkeys((*players, *(seat.person for seat in self.exercise.scenario.seats))))


def name_problems(source: Source, written: Sequence[Written], cast: Cast) -> list[Problem]:
    """Everything that no moment of a session could make right, where it stands."""
    nodes = [Node(one.position, one.text, one.text) for one in written]
    report = Report(Document(source, Node(Position(1, 1, 1), [one.text for one in written], items=nodes), []))
    names, speakers = Names.of(cast.exercise.scenario), cast.speakers
    for index, one in enumerate(written):
        check_command(report, (index,), one.text, names)
        author = one.command.author
        if author in names.people and author not in speakers:
            message = f'"{author}" does not play here; who plays: {", ".join(speakers)}; add --player {author}'
            report.inside((index,), one.text, one.text.find(author), len(author), message, "not-played")
    return report.problems
