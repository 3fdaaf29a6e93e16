"""Simulated on-call people: who answers a page or the phone, after how long, and who has joined.

Owns the keyed draws of answering and the list of those who are here. Does not own whom to page
(`gameday.response.escalation`, `gameday.response.paging`). Whoever is played is never simulated: they are
here from the start, and their pages wait for `ack`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import sqrt

import simpy

from gameday.core.draws import draw_name, lognormal, mix, uniform
from gameday.core.events import Paged, PersonJoined, PhoneUnanswered, Publish
from gameday.core.units import MICRO
from gameday.response.pages import Page, PageBook
from gameday.scenario.models import Scenario
from gameday.scenario.models.oncall import Responds

RING = 120 * MICRO
"""A phone rings for at most two minutes."""


def answer_delay(key: int, responds: Responds) -> int | None:
    """Microseconds until somebody answers, or None: never.

    Answers with chance `p`; the time is lognormal with median `delay` and squared coefficient of variation
    `spread` (so its mean is median x sqrt(1 + spread)).
    """
    if uniform(mix(key, 0)) >= responds.p:
        return None
    return max(round(lognormal(mix(key, 1), responds.delay * sqrt(1.0 + responds.spread), responds.spread)), 1)


class People:
    """Everybody who can be paged, and who of them is here."""

    def __init__(
        self,
        env: simpy.Environment,
        scenario: Scenario,
        seed: int,
        pages: PageBook,
        publish: Publish,
        seats: tuple[str, ...],
        is_away: Callable[[str], bool],
    ) -> None:
        """`is_away` tells who answers nothing now."""
        self._env = env
        self._people = scenario.people
        self._seed = seed
        self._pages = pages
        self._publish = publish
        self._seats = seats
        self._is_away = is_away
        self._joined: list[str] = []
        self._ringing: dict[str, int] = {}

    @property
    def here(self) -> tuple[str, ...]:
        """Who plays, then who joined, in that order."""
        return self._seats + tuple(self._joined)

    def is_here(self, person: str) -> bool:
        return person in self._seats or person in self._joined

    def is_ringing(self, person: str) -> bool:
        return self._ringing.get(person, 0) > self._env.now

    def page(self, page: Page, person: str, by: str, level: int) -> None:
        """Pages a person; whoever is simulated may answer later."""
        key = self._tell(page, person, "page", by, level)
        delay = None if person in self._seats else self._delay(key, person, self._people[person].responds)
        if delay is not None:
            self._env.process(self._answer(page, person, delay))

    def phone(self, page: Page, person: str, by: str) -> None:
        """Rings a person up: they pick up within two minutes, or not this time. Each try is a draw of its own."""
        key = self._tell(page, person, "phone", by, 1)
        if person in self._seats:
            return
        delay = self._delay(key, person, self._people[person].phone)
        self._ringing[person] = int(self._env.now) + RING
        self._env.process(self._call(page, person, by, delay))

    def _delay(self, key: int, person: str, responds: Responds) -> int | None:
        return None if self._is_away(person) else answer_delay(key, responds)

    def _tell(self, page: Page, person: str, means: str, by: str, level: int) -> int:
        times = page.notified.get(person, 0) + 1
        page.notified[person] = times
        self._publish(Paged(int(self._env.now), page.ref, person, page.summary, means, by, level))
        return draw_name(self._seed, "person", person, means, page.subject, str(times))

    def _answer(self, page: Page, person: str, delay: int) -> Generator[simpy.Event, object, None]:
        yield self._env.timeout(delay)
        if page.state == "triggered" and not self._is_away(person):
            self._pages.acknowledge(page, person)
            self._join(person)

    def _call(self, page: Page, person: str, by: str, delay: int | None) -> Generator[simpy.Event, object, None]:
        yield self._env.timeout(RING if delay is None else min(delay, RING))
        self._ringing.pop(person, None)
        if delay is None:
            self._publish(PhoneUnanswered(int(self._env.now), person, by))
            return
        if page.state == "triggered":
            self._pages.acknowledge(page, person)
        self._join(person)

    def _join(self, person: str) -> None:
        """Whoever joins also takes the other pages that are waiting for them."""
        if not self.is_here(person):
            self._joined.append(person)
            self._publish(PersonJoined(int(self._env.now), person, self._people[person].team))
        for page in self._pages.in_state("triggered"):
            if person in page.targets:
                self._pages.acknowledge(page, person)

    def read(self, name: str) -> float:
        """The state subject `people`: 1.0 for somebody who is here."""
        return 1.0 if self.is_here(name) else 0.0
