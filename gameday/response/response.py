"""The response to an incident, as one thing: alerting, escalation, people, the pager, the incident, the playbook walk.

Composition only; what each part does stands in its own module. Owns which verb goes to which part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import simpy

from gameday.core.commands import Command
from gameday.core.events import Event, Publish
from gameday.core.signals import IncidentView, PageView, PersonView, QuestionView, Signals, StepView
from gameday.response.alerting import Alerting
from gameday.response.colleagues import Colleagues
from gameday.response.command.duties import Duties
from gameday.response.command.duty import on_duty
from gameday.response.command.leadership import Leadership
from gameday.response.command.resolving import foreseen
from gameday.response.command.roles import Roles, RolesDesk
from gameday.response.command.room import Room
from gameday.response.command.wall import Wall
from gameday.response.deeds import Deeds
from gameday.response.drafts import Drafts
from gameday.response.escalation import Escalation
from gameday.response.guide import Guide
from gameday.response.hands import Hands
from gameday.response.incident import Incident
from gameday.response.injects import Scene, Script
from gameday.response.office import Office
from gameday.response.pages import PageBook
from gameday.response.paging import Paging
from gameday.response.people import People
from gameday.response.questions import Questions
from gameday.response.seen_to import SeenTo
from gameday.response.support import Support
from gameday.response.updates import Updates
from gameday.scenario.exercise import Exercise
from gameday.scenario.words import system_words


class SignalStore(Signals, Protocol):
    """Signals to which the response adds what it knows: the state subjects incident, alerts and people."""

    def add_state(self, subject: str, read: Callable[[str], float]) -> None:
        """`read(metric)` gives the state as 1.0 or 0.0; of the silences, the second at which one ends."""


class Desk(Protocol):
    """A part of the response that takes commands."""

    def problem(self, command: Command) -> str | None: ...

    def perform(self, command: Command) -> str: ...


class Response:
    """People and process of one session. `seats` are the people who are played; everybody else is simulated.

    `alerting` is open, so that a false alarm can be raised.
    """

    def __init__(
        self,
        env: simpy.Environment,
        exercise: Exercise,
        signals: SignalStore,
        seed: int,
        publish: Publish,
        seats: tuple[str, ...],
        hands: Hands,
    ) -> None:
        scenario = exercise.scenario
        self._signals = signals
        self._digested: tuple[tuple[object, ...], bytes] = ((), b"")
        self._playbook_name = scenario.playbooks[0]
        self._pages = PageBook(env, publish)
        self._people = People(env, scenario, seed, self._pages, publish, seats, self._is_away)
        escalation = Escalation(env, scenario, seed, self._pages, self._people, publish)
        self.alerting = Alerting(env, scenario, signals, self._pages, escalation, publish)
        updates = Updates(env, scenario.communication, system_words(scenario), publish)
        self._drafts = Drafts(exercise, signals, self.incident, lambda: int(env.now))
        roles = Roles(env, self._people, publish, on_duty(scenario, seats))
        self._wall = Wall(env, scenario, signals)
        self._incident = Incident(env, self._pages, roles, updates, self._drafts, self._page_is_up, self._wall, publish)
        deeds = Deeds(signals)
        seen_to = SeenTo(self._pages, self._people, self._incident, deeds)
        self._guide = Guide(env, exercise.reference_playbook, signals, self._pages, self._incident, seen_to, publish)
        paging = Paging(env, scenario, self._pages, self._people, escalation)
        self._questions = Questions(env, publish)
        office = Office(env, scenario, seed, signals, hands, self._questions, publish, self.joined, seats)
        self._colleagues = Colleagues(office, self._people, self._pages, self._incident.view, roles.drop)
        self.crew = self._colleagues.crew
        self.script = Script(Scene(office, self.crew, self.alerting, deeds, self._incident.view))
        Support(env, scenario, seed, hands, publish)
        room = Room(office, self._people, self._pages, self._is_away, roles, self._incident, self._wall)
        leadership = Leadership(room)
        desk = RolesDesk(env, roles, self._people, seats, self._incident.not_open, self.crew.send_home, publish)
        duties = Duties(room, self.crew)
        self._hearers: tuple[Callable[[Event], None], ...] = (
            deeds.hear,
            seen_to.hear,
            self._guide.hear,
            self._questions.hear,
            self._colleagues.hear,
            leadership.hear,
            duties.hear,
        )
        self._desks: dict[str, Desk] = {
            **dict.fromkeys(("ack", "page", "escalate"), paging),
            **dict.fromkeys(("declare", "severity", "status", "note", "diagnose", "resolve"), self._incident),
            **dict.fromkeys(("assign", "relieve", "handover"), desk),
            **dict.fromkeys(("step", "hint"), self._guide),
            **dict.fromkeys(("reply", "can"), self._questions),
            "silence": self.alerting.silences,
            **dict.fromkeys(Colleagues.verbs, self._colleagues),
        }
        self._reads: dict[str, Callable[[str], float]] = {
            "incident": self._incident.read,
            "alerts": self.alerting.read,
            "people": self._read_people,
            "silences": self.alerting.silences.read,
        }
        for subject, read in self._reads.items():
            signals.add_state(subject, read)

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs that the response takes."""
        return tuple(self._desks)

    def problem(self, command: Command) -> str | None:
        """Why a command of this response is refused now, or None. Raises KeyError for a verb that is not its own."""
        return self._desks[command.verb].problem(command)

    def perform(self, command: Command) -> str:
        """Does a command that `problem` did not refuse; returns the line of the verdict."""
        return self._desks[command.verb].perform(command)

    def hear(self, event: Event) -> None:
        """Something happened that people of the response may hear. Whoever hears does nothing at once: it may wake."""
        for hear in self._hearers:
            hear(event)

    def is_here(self, person: str) -> bool:
        """Whether somebody plays, or has joined."""
        return self._people.is_here(person)

    def roster(self) -> tuple[PersonView, ...]:
        """Everybody, as the team sees them."""
        return self.crew.roster()

    def questions(self) -> tuple[QuestionView, ...]:
        """The questions that wait for an answer."""
        return self._questions.views()

    def pages(self) -> tuple[PageView, ...]:
        return self._pages.views()

    def alerts(self) -> tuple[str, ...]:
        """Names of the alerts that fire now."""
        return self.alerting.firing

    def incident(self) -> IncidentView:
        return self._incident.view()

    def is_settled(self) -> bool:
        """Whether the incident is resolved, and every objective has held for the hold window as far as can be seen."""
        return self._incident.resolved and self._wall.held()

    def resolving(self) -> str:
        """What it would mean to resolve now, for whoever is about to: what is still bad, what becomes of the time."""
        return foreseen(self._wall)

    def drafts(self) -> Mapping[str, str]:
        """The messages to start from by name, filled from what can be seen now."""
        return {name: self._drafts.filled(name) for name in self._drafts.names}

    def steps(self) -> tuple[StepView, ...]:
        return self._guide.views()

    def steps_seen_to(self) -> tuple[str, ...]:
        """The steps from the current one on whose every item holds, though nobody said that they are done."""
        return self._guide.seen_to()

    def joined(self) -> tuple[str, ...]:
        """Who is here: those who play, then those who joined."""
        return self._people.here

    def playbook_name(self) -> str:
        return self._playbook_name

    def state(self, subject: str, metric: str) -> float:
        """A state subject's value, 1.0 or 0.0. Raises KeyError for a subject that is not the response's."""
        return self._reads[subject](metric)

    def _is_away(self, person: str) -> bool:
        """Whether somebody answers neither page nor phone now."""
        return self._signals.value("reachable", person, 0) == 0.0 or self.crew.is_gone(person)

    def _page_is_up(self) -> bool:
        return self._signals.value("status_page", "up", 0) != 0.0

    def _read_people(self, name: str) -> float:
        """Whether somebody is here; for `joined`, whether anybody has come in beside those who play."""
        if name == "joined":
            return float(any(person not in self.crew.office.played for person in self._people.here))
        return self._people.read(name)

    def digest_parts(self) -> bytes:
        """The whole state as bytes that are equal exactly when the state is."""
        steps = tuple(step.state for step in self._guide.views())
        silences = self.alerting.silences.views()
        state = (self.pages(), self.alerts(), self.incident(), steps, self.joined(), self.questions(), *silences)
        if state != self._digested[0]:
            self._digested = state, repr(state).encode()
        return self._digested[1] + self.crew.digest_part()
