"""The response to an incident, as one thing: alerting, escalation, people, the pager, the incident, the playbook walk.

Composition only; what each part does stands in its own module. Owns which verb goes to which part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import simpy

from gameday.core.commands import Command
from gameday.core.events import Publish
from gameday.core.signals import IncidentView, PageView, Signals, StepView
from gameday.response.alerting import Alerting
from gameday.response.escalation import Escalation
from gameday.response.guide import Guide
from gameday.response.incident import Incident
from gameday.response.pages import PageBook
from gameday.response.paging import Paging
from gameday.response.people import People
from gameday.scenario.exercise import Exercise


class SignalStore(Signals, Protocol):
    """Signals to which the response adds what it knows: the state subjects incident, alerts and people."""

    def add_state(self, subject: str, read: Callable[[str], float]) -> None:
        """`read(metric)` gives the state as 1.0 or 0.0."""


class Desk(Protocol):
    """A part of the response that takes commands."""

    def problem(self, command: Command) -> str | None: ...

    def perform(self, command: Command) -> str: ...


class Response:
    """People and process of one session. `seats` are the people who are played; everybody else is simulated."""

    def __init__(
        self,
        env: simpy.Environment,
        exercise: Exercise,
        signals: SignalStore,
        seed: int,
        publish: Publish,
        seats: tuple[str, ...],
    ) -> None:
        scenario = exercise.scenario
        self._playbook_name = scenario.playbooks[0]
        self._pages = PageBook(env, publish)

        def is_away(person: str) -> bool:
            return signals.value("reachable", person, 0) == 0.0

        self._people = People(env, scenario, seed, self._pages, publish, seats, is_away)
        escalation = Escalation(env, scenario, self._pages, self._people, publish)
        self._alerting = Alerting(env, scenario, signals, self._pages, escalation, publish)
        self._incident = Incident(env, scenario.communication, self._pages, self._people, publish)
        self._guide = Guide(env, exercise.reference_playbook, signals, self._pages, self._incident, publish)
        paging = Paging(env, scenario, self._pages, self._people, escalation)
        self._desks: dict[str, Desk] = {
            **dict.fromkeys(("ack", "page", "escalate"), paging),
            **dict.fromkeys(("declare", "severity", "assign", "status", "note", "diagnose", "resolve"), self._incident),
            **dict.fromkeys(("step", "hint"), self._guide),
        }
        self._reads: dict[str, Callable[[str], float]] = {
            "incident": self._incident.read,
            "alerts": self._alerting.read,
            "people": self._people.read,
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

    def pages(self) -> tuple[PageView, ...]:
        return self._pages.views()

    def alerts(self) -> tuple[str, ...]:
        """Names of the alerts that fire now."""
        return self._alerting.firing

    def incident(self) -> IncidentView:
        return self._incident.view()

    def steps(self) -> tuple[StepView, ...]:
        return self._guide.views()

    def joined(self) -> tuple[str, ...]:
        """Who is here: those who play, then those who joined."""
        return self._people.here

    def playbook_name(self) -> str:
        return self._playbook_name

    def state(self, subject: str, metric: str) -> float:
        """A state subject's value, 1.0 or 0.0. Raises KeyError for a subject that is not the response's."""
        return self._reads[subject](metric)

    def digest_parts(self) -> bytes:
        """The whole state as bytes that are equal exactly when the state is."""
        steps = tuple(step.state for step in self._guide.views())
        return repr((self.pages(), self.alerts(), self.incident(), steps, self.joined())).encode()
