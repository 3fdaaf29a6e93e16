"""How long somebody is good for: when they tire, and when their shift ends and they hand over.

Owns the clocks of it. Who relieves whom by command stands in `gameday.response.command`.
"""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.commands import Command
from gameday.core.units import MICRO
from gameday.response.colleagues import reporting
from gameday.response.colleagues.crew import END_OF_SHIFT, Crew
from gameday.response.colleagues.wording import phrase
from gameday.response.colleagues.worker import Steps, Worker

NOTICE = 120 * MICRO
"""So long before the end of a shift they say so."""


class Shifts:
    """Watches the time of everybody who is simulated and here."""

    def __init__(self, crew: Crew, drop: Callable[[str], object]) -> None:
        """`drop` takes the roles of somebody who goes."""
        self._crew = crew
        self._drop = drop
        self._env = crew.office.env
        for name, person in crew.office.scenario.people.items():
            works = person.works
            if works is not None and works.shift_ends is not None and name not in crew.office.played:
                self._env.process(self._end(name, works.shift_ends, works.relief))

    def begin(self, worker: Worker) -> None:
        """Somebody joins, and will tire."""
        self._env.process(self._tire(worker))

    def _tire(self, worker: Worker) -> Steps:
        yield self._env.timeout(worker.works.tires_after)
        if not worker.gone:
            worker.tire()
            worker.say(phrase(worker.draw("tired"), "tired"))

    def _end(self, name: str, ends_at: int, relief: str | None) -> Steps:
        yield self._env.timeout(max(ends_at - NOTICE, 0))
        worker = self._crew.worker(name)
        if worker is not None:
            self._announce(worker, relief)
        yield self._env.timeout(ends_at - self._crew.office.now)
        worker = self._crew.worker(name)
        if worker is not None:
            self._hand_over(worker, relief)
            self._drop(name)
            self._crew.send_home(name, END_OF_SHIFT)

    def _announce(self, worker: Worker, relief: str | None) -> None:
        worker.say(phrase(worker.draw("shift soon"), "shift soon"))
        if relief is None or relief in self._crew.office.here():
            return
        if self._crew.office.hands.submit(Command("page", (relief,), author=worker.name)).accepted:
            worker.say(phrase(worker.draw("relief paged"), "relief paged", relief=relief))

    def _hand_over(self, worker: Worker, relief: str | None) -> None:
        """Their role goes to who relieves them, if that one is here; what they know is said in any case."""
        office = self._crew.office
        role = self._crew.role(worker.name)
        news = self._news(worker)
        if relief is None or relief not in office.here():
            worker.say(phrase(worker.draw("relief missing"), "relief missing", relief=relief or "nobody") + f" {news}")
            return
        worker.say(phrase(worker.draw("relief here"), "relief here", relief=relief))
        command = Command("handover", (relief, news), author=worker.name)
        if not (role and office.hands.submit(command).accepted):
            worker.say(news, relief)

    def _news(self, worker: Worker) -> str:
        """What whoever comes next has to know: what was seen last, what was done, what is left undone."""
        left = [task.describe for task in (worker.task, *worker.inbox) if task is not None]
        done = reporting.actions((), worker.done, left)
        return f"C: {worker.conditions or 'nothing new from me.'} A: {done} N: nothing for now."
