"""The support desk: of those whom the incident really hurts, a few write, after a while, and support passes it on.

Owns how many tickets come and how many are put into words. Who is hurt is asked of the world (`Hands.hurt`); how
they put it stands in `words`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from math import fsum
from typing import Literal

import simpy

from gameday.core.draws import draw_name, uniform
from gameday.core.events import MessageReceived, Publish
from gameday.core.units import MICRO
from gameday.response.hands import Hands, Hurt
from gameday.response.support.words import pile, ticket
from gameday.scenario.models import Scenario
from gameday.scenario.models import injects as models

MINUTE = 60
"""Seconds."""

LAG = 40
"""Seconds until a customer who is hurt has written."""

ENOUGH = 6
"""Of tickets that say the same, so many are passed on as they come, and then one a minute."""

_Kind = tuple[str, str | None, Literal["failed", "slow", "refused"]]


class Support:
    """The tickets of a session; none where the scenario has no support."""

    def __init__(self, env: simpy.Environment, scenario: Scenario, seed: int, hands: Hands, publish: Publish) -> None:
        self._env = env
        self._entries = scenario.system.traffic.entries
        self._seed = seed
        self._hands = hands
        self._publish = publish
        self._owed: dict[_Kind, float] = {}
        self._minute: dict[str, float] = {}
        self._told: dict[_Kind, int] = {}
        self._worded = 0
        self._every = -(-MINUTE // (scenario.support.most if scenario.support is not None else 1))
        if scenario.support is not None:
            env.process(self._run(scenario.support))

    def _run(self, support: models.Support) -> Generator[simpy.Event, object, None]:
        every = self._every
        writing: deque[tuple[Hurt, ...]] = deque()
        while True:
            yield self._env.timeout(every * MICRO)
            second = int(self._env.now) // MICRO
            writing.append(self._hands.hurt(every))
            if len(writing) > LAG // every:
                self._take_in(writing.popleft(), support.share)
            self._word_one(support.sender, second)
            if second % MINUTE < every:
                self._sum_up(support.sender)

    def _take_in(self, hurt: tuple[Hurt, ...], share: float) -> None:
        """Of those who were hurt, this share has written by now."""
        for one in hurt:
            kind = (one.entry, one.segment, one.how)
            self._owed[kind] = self._owed.get(kind, 0.0) + one.count * share
            self._minute[one.entry] = self._minute.get(one.entry, 0.0) + one.count * share

    def _word_one(self, sender: str, second: int) -> None:
        """Puts one ticket into words, where a whole one is there: one kind or another, by how many have written."""
        total = fsum(self._owed.values())
        if total < 1.0:
            return
        kind = self._drawn(uniform(draw_name(self._seed, "words", "ticket", str(second))) * total)
        if self._told.get(kind, 0) >= ENOUGH and second % MINUTE >= self._every:
            return
        entry, segment, how = kind
        self._owed = {kind: owed * (1.0 - 1.0 / total) for kind, owed in self._owed.items()}
        self._told[kind] = self._told.get(kind, 0) + 1
        self._worded += 1
        self._say(sender, ticket(Hurt(entry, segment, how, 1), self._entries, self._seed, second // self._every))

    def _drawn(self, left: float) -> _Kind:
        """The kind at which so many tickets have been counted."""
        for kind, owed in self._owed.items():
            left -= owed
            if left < 0.0:
                return kind
        return next(reversed(self._owed))

    def _sum_up(self, sender: str) -> None:
        """Once a minute: how many there were in all, where they were more than could be put into words."""
        count = int(fsum(self._minute.values()))
        if count > max(self._worded, 2):
            most = max(self._minute, key=lambda entry: self._minute[entry])
            self._say(sender, pile(count, most, self._entries))
            self._owed.clear()
        self._minute.clear()
        self._worded = 0

    def _say(self, sender: str, message: str) -> None:
        self._publish(MessageReceived(int(self._env.now), sender, message))
