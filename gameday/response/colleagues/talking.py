"""Colleagues as one part of the response: the crew, what it knows, what is said to it, when it comes and goes.

Composition only.
"""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.commands import Command
from gameday.core.events import Event
from gameday.core.signals import IncidentView
from gameday.response.colleagues.board import Board
from gameday.response.colleagues.checking import Checking
from gameday.response.colleagues.crew import Crew
from gameday.response.colleagues.desk import Talk
from gameday.response.colleagues.joining import Joining
from gameday.response.colleagues.keeping import Keeping
from gameday.response.colleagues.knowing import Knowledge
from gameday.response.colleagues.shifts import Shifts
from gameday.response.office import Office
from gameday.response.pages import PageBook
from gameday.response.people import People


class Colleagues:
    """Everybody who is simulated and here. `crew` gives them tasks and sends them home."""

    verbs = ("ask", "delegate", "share", "hypothesis")

    def __init__(
        self,
        office: Office,
        people: People,
        pages: PageBook,
        incident: Callable[[], IncidentView],
        drop_roles: Callable[[str], object],
    ) -> None:
        """`drop_roles` takes the roles of somebody who goes home."""
        self.crew = Crew(office, people, pages, incident)
        self.knowledge = Knowledge(office.scenario)
        self.board = Board()
        keeping = Keeping(self.crew)
        self._talk = Talk(self.crew, self.knowledge, self.board, keeping)
        self.crew.on_join += [
            Joining(self.knowledge, pages, keeping.waiting).welcome,
            keeping.welcome,
            Shifts(self.crew, drop_roles).begin,
        ]
        self.crew.on_done.append(Checking(self.crew, self.knowledge).plan)

    def problem(self, command: Command) -> str | None:
        """Why one of `verbs` is refused now, or None."""
        return self._talk.problem(command)

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        return self._talk.perform(command)

    def hear(self, event: Event) -> None:
        """Something happened; whom it concerns is woken."""
        self.board.hear(event)
        self.crew.hear(event)
