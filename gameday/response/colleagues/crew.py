"""The crew: a worker for everybody who is simulated and here, and the roster that the team sees.

Owns who of them works, who has gone home, and who hears what. What they do stands in modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.events import (
    ActionCancelled,
    ActionCompleted,
    ActionFailed,
    ActionRequested,
    ActionStarted,
    Event,
    LookCompleted,
    PersonJoined,
    PersonLeft,
)
from gameday.core.signals import IncidentView, PersonView
from gameday.core.units import MICRO
from gameday.response.colleagues.worker import Finished, Task, Worker
from gameday.response.office import Office
from gameday.response.pages import PageBook
from gameday.response.people import People

_HANDS = (ActionCancelled, ActionCompleted, ActionFailed, ActionRequested, ActionStarted, LookCompleted)


END_OF_SHIFT = "end of shift"
"""Why somebody goes who has handed over what was left."""


class Crew:
    """Everybody who is simulated, once they are here."""

    def __init__(self, office: Office, people: People, pages: PageBook, incident: Callable[[], IncidentView]) -> None:
        self.office = office
        self.workers: dict[str, Worker] = {}
        self.on_join: list[Callable[[Worker], None]] = []
        self.on_done: list[Callable[[Worker, Finished], None]] = []
        self._people = people
        self._pages = pages
        self._incident = incident
        self._gone: dict[str, None] = {}
        self._roster: tuple[PersonView, ...] | None = None
        self._bytes = b""

    def worker(self, person: str) -> Worker | None:
        """The worker of somebody simulated who is here; None of anybody else."""
        return self.workers.get(person)

    def give(self, person: str, task: Task) -> None:
        """A task for somebody who is here and simulated. Raises KeyError for anybody else."""
        self.workers[person].give(task)

    def slow(self, factor: float, until: int) -> None:
        """Everybody who is here takes so many times as long for all they begin before `until`, in microseconds."""
        for worker in self.workers.values():
            worker.slowed, worker.slowed_until = factor, until

    def role(self, person: str) -> str:
        """The role that somebody holds now; empty for none."""
        return next((role for role, holder in self._incident().roles if holder == person), "")

    @property
    def is_over(self) -> bool:
        """Whether the incident is resolved."""
        return self._incident().resolved_at is not None

    def is_gone(self, person: str) -> bool:
        """Whether somebody has gone home and answers no more."""
        return person in self._gone

    def is_on_the_way(self, person: str) -> bool:
        """Whether somebody who is not here was told of a page that nobody has taken, or is being rung up."""
        if person in self._gone or self._people.is_here(person):
            return False
        told = any(person in page.notified for page in self._pages.in_state("triggered"))
        return told or self._people.is_ringing(person)

    def send_home(self, person: str, reason: str = "relieved") -> None:
        """Somebody goes: what they are at stays as it stands, and they answer no page any more."""
        worker = self.workers.pop(person, None)
        if worker is not None:
            left = [task.describe for task in (worker.task, *worker.inbox) if task is not None]
            if left and reason != END_OF_SHIFT:
                worker.say(f"I leave undone: {'; '.join(left)}.")
            worker.stop()
        self._gone[person] = None
        self._people.leave(person)
        self.office.publish(PersonLeft(self.office.now, person, reason))

    def hear(self, event: Event) -> None:
        """Wakes whom it concerns; whoever joins begins to work."""
        self._forget()
        if isinstance(event, PersonJoined):
            self._welcome(event.person)
        elif isinstance(event, _HANDS):
            for worker in self.workers.values():
                worker.hear(event)

    def _welcome(self, person: str) -> None:
        if person in self.workers or person in self.office.played:
            return
        worker = self.workers[person] = Worker(person, self.office, self._forget)
        worker.joined_at = self.office.now
        worker.on_done += self.on_done
        for call in self.on_join:
            call(worker)

    def roster(self) -> tuple[PersonView, ...]:
        """Everybody of the scenario, as the team sees them; put together again where something has changed."""
        if self._roster is None:
            self._roster = self._people_now()
            self._bytes = repr(self._roster).encode()
        return self._roster

    def digest_part(self) -> bytes:
        """The roster as bytes that are equal exactly when it is."""
        self.roster()
        return self._bytes

    def _forget(self) -> None:
        self._roster = None

    def _people_now(self) -> tuple[PersonView, ...]:
        roles = {person: role for role, person in reversed(self._incident().roles)}
        told = {person for page in self._pages.pages if page.is_open for person in page.notified}
        return tuple(self._view(name, roles.get(name, ""), name in told) for name in self.office.scenario.people)

    def _view(self, name: str, role: str, told: bool) -> PersonView:
        person, worker = self.office.scenario.people[name], self.workers.get(name)
        if name in self._gone:
            state = "gone"
        elif self._people.is_here(name):
            state = "here"
        else:
            state = "paged" if told else "away"
        task = None if worker is None else worker.task
        until = None if worker is None or task is None or worker.until is None else -(-worker.until // MICRO)
        return PersonView(
            name,
            person.team,
            person.title,
            state,
            role=role,
            doing="" if task is None else task.describe,
            until=until,
            tired=worker is not None and worker.tired,
            played=name in self.office.played,
        )
