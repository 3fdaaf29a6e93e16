"""Simulated on-call people: how a page reaches them, who answers it or the phone, after how long, and who has joined.

A page reaches a person at once, or by the notification rules (`contacts`) that they have for its urgency, as long as
it is open and theirs. Each gets through or does not, and takes its own time to be answered. Whether the person answers
is one draw for all of them: whoever sleeps through a message wakes from a call only if calls wake them more often.

Owns the keyed draws of reaching and answering, and the list of those who are here. Does not own whom to page
(`gameday.response.escalation`, `gameday.response.paging`). Whoever is played is never simulated: they are
here from the start, and their pages wait for `ack`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import sqrt

import simpy

from gameday.core.draws import draw_name, lognormal, mix, uniform
from gameday.core.events import NotificationFailed, Paged, PersonJoined, PersonNotified, PhoneUnanswered, Publish
from gameday.core.units import MICRO
from gameday.response.pages import Page, PageBook
from gameday.scenario.models.oncall import Contact, Responds
from gameday.scenario.models.roster import Roster

RING = 120 * MICRO
"""A phone rings for at most two minutes."""


def answer_delay(key: int, responds: Responds) -> int | None:
    """Microseconds until somebody answers, or None: never.

    Answers with chance `p`; the time is lognormal with median `delay` and squared coefficient of variation
    `spread` (so its mean is median x sqrt(1 + spread)).
    """
    return answer_time(mix(key, 1), responds) if answers(key, responds) else None


def answers(key: int, responds: Responds) -> bool:
    """Whether somebody answers at all."""
    return uniform(mix(key, 0)) < responds.p


def answer_time(key: int, responds: Responds) -> int:
    """Microseconds until somebody answers who does."""
    return max(round(lognormal(key, responds.delay * sqrt(1.0 + responds.spread), responds.spread)), 1)


class People:
    """Everybody who can be paged, and who of them is here."""

    def __init__(
        self,
        env: simpy.Environment,
        roster: Roster,
        seed: int,
        pages: PageBook,
        publish: Publish,
        seats: tuple[str, ...],
        is_away: Callable[[str], bool],
    ) -> None:
        """`is_away` tells who answers nothing now."""
        self._env = env
        self._people = roster.people
        self._seed = seed
        self._pages = pages
        self._publish = publish
        self._seats = seats
        self._is_away = is_away
        self._joined: list[str] = []
        self._left: dict[str, None] = {}
        self._ringing: dict[str, int] = {}

    @property
    def here(self) -> tuple[str, ...]:
        """Who plays, then who joined, in that order."""
        return self._seats + tuple(self._joined)

    def is_here(self, person: str) -> bool:
        return person in self._seats or person in self._joined

    def arrive(self, person: str) -> None:
        """Somebody comes without having answered a page."""
        self._join(person)

    def leave(self, person: str) -> None:
        """Somebody who joined goes again; whether they answer later pages is for `is_away` to say."""
        self._left[person] = None
        if person in self._joined:
            self._joined.remove(person)

    def has_left(self, person: str) -> bool:
        """Whether somebody went home, relieved or at the end of a shift."""
        return person in self._left

    def is_ringing(self, person: str) -> bool:
        return self._ringing.get(person, 0) > self._env.now

    def page(self, page: Page, person: str, by: str, level: int) -> None:
        """Pages a person; whoever is simulated may answer later."""
        key = self._tell(page, person, "page", by, level)
        if person in self._seats:
            return
        contacts = self._people[person].contacts
        if contacts is None:
            delay = self._delay(key, person, self._people[person].responds)
            if delay is not None:
                self._env.process(self._answer(page, person, delay))
            return
        for number, contact in enumerate(contacts):
            if contact.urgency == page.urgency:
                self._env.process(self._contact(page, person, by, contact, (key, number)))

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
        self._take(page, person)

    def _take(self, page: Page, person: str) -> None:
        """Acknowledges the page, if it still needs somebody, and joins."""
        if page.state == "triggered" and not self._is_away(person):
            self._pages.acknowledge(page, person)
            self._join(person)

    def _contact(
        self, page: Page, person: str, by: str, contact: Contact, place: tuple[int, int]
    ) -> Generator[simpy.Event, object, None]:
        """One notification rule: waits for its time, then reaches the person or not.

        `place` is the key of this paging of the person, and the rule's number.
        """
        times = page.notified[person]
        paging, number = place
        key = draw_name(paging, "contact", contact.by, str(number))
        if contact.after:
            yield self._env.timeout(contact.after)
        is_theirs = page.state == "triggered" and person in page.targets and page.notified[person] == times
        if not is_theirs:
            return
        if uniform(mix(key, 0)) >= contact.p:
            self._publish(NotificationFailed(int(self._env.now), page.ref, person, contact.by))
            return
        self._publish(PersonNotified(int(self._env.now), page.ref, person, contact.by))
        rings = contact.by == "phone"
        usual = self._people[person].phone if rings else self._people[person].responds
        responds = contact.responds or usual
        answered = answers(paging, responds) and not self._is_away(person)
        delay = answer_time(mix(key, 1), responds) if answered else None
        if rings:
            yield from self._ring(person, delay)
            if delay is None:
                self._publish(PhoneUnanswered(int(self._env.now), person, by))
            else:
                self._take(page, person)
        elif delay is not None:
            yield from self._answer(page, person, delay)

    def _ring(self, person: str, delay: int | None) -> Generator[simpy.Event, object, None]:
        """A phone rings until it is picked up after `delay`, or for as long as it does."""
        self._ringing[person] = int(self._env.now) + RING
        yield self._env.timeout(RING if delay is None else min(delay, RING))
        self._ringing.pop(person, None)

    def _call(self, page: Page, person: str, by: str, delay: int | None) -> Generator[simpy.Event, object, None]:
        yield from self._ring(person, delay)
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
