"""What somebody does who joins: where an alert paged them, a first look by themselves; else they ask what is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gameday.core.expressions import comparisons, parse_condition
from gameday.core.units import MICRO
from gameday.response.colleagues import reporting
from gameday.response.colleagues.findings import read_numbers
from gameday.response.colleagues.knowing import Knowledge
from gameday.response.colleagues.wording import phrase
from gameday.response.colleagues.worker import Steps, Worker
from gameday.response.pages import Page, PageBook


class Joining:
    """Begins the work of those who join."""

    def __init__(self, knowledge: Knowledge, pages: PageBook, waiting: Callable[[str], str]) -> None:
        """`waiting` says what waits for somebody, in words; empty for nothing."""
        self._knowledge = knowledge
        self._pages = pages
        self._waiting = waiting

    def welcome(self, worker: Worker) -> None:
        """Gives whoever has just joined their first task: what waits for them comes before a look of their own.

        Who is here to lead and knows no service is left alone.
        """
        waiting = self._waiting(worker.name)
        if waiting:
            worker.give(Greeting(waiting))
            return
        if worker.person.roles and not self._knowledge.known_to(worker.name):
            return
        told = [page for page in self._pages.pages if worker.name in page.notified]
        answered = [page for page in told if page.acknowledged_by == worker.name]
        page = (answered or told)[-1] if told else None
        subject = "" if page is None else self._named(worker, page)
        worker.give(FirstLook(subject, self._knowledge) if subject else Greeting())

    def _named(self, worker: Worker, page: Page) -> str:
        """What the page's alert is about, among what they know: a service before an entry. Empty for no alert."""
        alert = worker.office.scenario.alerts.get(page.alert)
        if alert is None:
            return ""
        subjects = [alert.burn.entry] if alert.burn is not None else _seen_at(alert.when or "")
        passed = [service for subject in subjects for service in self._knowledge.services_of(subject)]
        own = self._knowledge.known_to(worker.name)
        known = [service for service in passed if service in own]
        return next(iter(known + [name for name in subjects if self._knowledge.services_of(name)]), "")


def _seen_at(condition: str) -> list[str]:
    """What shows the readings that a condition asks for: those of an edge are its caller's."""
    return [leaf.subject.partition(">")[0] for leaf in comparisons(parse_condition(condition))]


@dataclass(frozen=True, slots=True)
class Greeting:
    """Somebody says that they are here; `first` is what has waited for them, in words."""

    first: str = ""
    due_at: int | None = None

    @property
    def describe(self) -> str:
        return "joining"

    def run(self, worker: Worker) -> Steps:
        yield from worker.pause(MICRO + round(worker.draw("joins") * 2 * MICRO))
        if self.first:
            worker.say(phrase(worker.draw("joined", "awaited"), "joined awaited", what=self.first))
        else:
            worker.say(phrase(worker.draw("joined"), "joined"))


@dataclass(frozen=True, slots=True)
class FirstLook:
    """One look at what the alert is about, and a line about it."""

    subject: str
    knowledge: Knowledge
    due_at: int | None = None

    @property
    def describe(self) -> str:
        return f"a first look at {self.subject}"

    def run(self, worker: Worker) -> Steps:
        worker.expect(10 * MICRO)
        yield from worker.pause(MICRO + round(worker.draw("joins") * 2 * MICRO))
        worker.say(phrase(worker.draw("joined alert"), "joined alert", what=self.subject))
        lines = yield from worker.look(f"metrics {self.subject}")
        if lines:
            second = worker.office.now // MICRO
            worker.say(reporting.one_line(read_numbers(worker.signals, self.knowledge, self.subject, second)))
        else:
            worker.say(phrase(worker.draw("no access", "joins"), "no access", what=self.subject))
