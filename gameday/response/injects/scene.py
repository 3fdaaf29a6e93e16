"""What an inject may use: the clock, the channel, the questions, the alerts, those who are here.

Owns who is spoken to and how a wording is drawn. Does not own what any kind of inject does with it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import simpy

from gameday.core.draws import draw_name, uniform
from gameday.core.events import InjectSettled, MessageReceived, Said
from gameday.core.signals import IncidentView
from gameday.core.wording import UpdateReading, read_update
from gameday.response.alerting import Alerting
from gameday.response.colleagues import Crew
from gameday.response.deeds import Deeds
from gameday.response.office import Office
from gameday.response.questions import Question
from gameday.scenario.words import system_words

Steps = Generator[simpy.Event, object, None]
"""What an inject does, once it has come."""

COMMANDER, CUSTOMER_LIAISON, INTERNAL_LIAISON = "incident-commander", "customer-liaison", "internal-liaison"


@dataclass(frozen=True, slots=True)
class Scene:
    """The response as the facilitator's script finds it."""

    office: Office
    crew: Crew
    alerting: Alerting
    deeds: Deeds
    incident: Callable[[], IncidentView]

    @property
    def env(self) -> simpy.Environment:
        return self.office.env

    @property
    def now(self) -> int:
        """Microseconds since the session began."""
        return self.office.now

    def holder(self, role: str) -> str | None:
        """Who holds a role now."""
        return dict(self.incident().roles).get(role)

    def commander(self) -> str:
        """Who leads; who sits in the first seat, as long as nobody does."""
        return self.holder(COMMANDER) or self.office.scenario.seats[0].person

    def is_simulated(self, person: str) -> bool:
        """Whether somebody is here and at work, and nobody plays them."""
        return self.crew.worker(person) is not None

    def pick(self, options: Sequence[str], *names: str, turn: int = 0) -> str:
        """One of several wordings; what it is for says which. Each `turn` of the same takes the next."""
        first = int(uniform(draw_name(self.office.seed, "words", *names)) * len(options))
        return options[(first + turn) % len(options)]

    def say(self, sender: str, message: str) -> None:
        """Somebody from outside says something."""
        self.office.publish(MessageReceived(self.now, sender, message))

    def tell(self, person: str, message: str, to: str = "") -> None:
        """Somebody of the team says something."""
        self.office.publish(Said(self.now, person, to, message))

    def ask(self, kind: str, sender: str, to: str, message: str, *, within: int, about: str) -> Question:
        """Somebody from outside waits for an answer."""
        return self.office.questions.put(kind, sender, to, message, within=within, about=about)

    def wait(self, question: Question, until: int) -> Steps:
        """Lets time pass until the question has an answer, or just after `until`, when it has been missed."""
        yield question.answered | self.env.timeout(until - self.now + 1)

    def drop(self, question: Question) -> None:
        """Whoever asked no longer waits."""
        self.office.questions.withdraw(question)

    def settle(self, inject: str, outcome: str, by: str = "") -> None:
        """For the review: what came of it."""
        self.office.publish(InjectSettled(self.now, inject, outcome, by))

    def read(self, text: str) -> UpdateReading:
        """What somebody told people outside, by the rules of updates."""
        return read_update(text, system_words(self.office.scenario))


def answer_of(question: Question) -> str | None:
    """The text of the answer; None where there is none."""
    return str(question.answered.value) if question.answered.triggered else None
