"""What is kept for somebody who was paged and is on their way: asks and commands that they begin with when they arrive.

Owns what waits for whom, how it is taken back or replaced, and what is said where they do not come. How they react once
they are here stands in `hearing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gameday.core.events import MessageReceived
from gameday.core.units import MICRO, format_clock
from gameday.response.colleagues.crew import Crew
from gameday.response.colleagues.knowing import both
from gameday.response.colleagues.worker import Steps, Worker

UNDATED = 300 * MICRO
"""Where nobody said by when, it is said after this time that they have not come."""

SENDER = "pager"
"""Who says that somebody has not come."""

_TAKES_BACK = re.compile(
    r"^\W*(?:(?:oh|ok(?:ay)?|no|please|sorry|actually)\W+)*"
    r"(?:never ?mind|forget (?:it|that|about it)|leave (?:it|that)|scratch that|cancel (?:it|that)|"
    r"take (?:it|that) back|no need|not needed)\b",
    re.IGNORECASE,
)


def takes_back(question: str) -> bool:
    """Whether somebody says that what they asked for is no longer wanted."""
    return _TAKES_BACK.search(question) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """One thing that waits for somebody. `due_at` in microseconds; of two with the same `about` the newer counts."""

    what: str
    about: tuple[object, ...]
    due_at: int | None
    begin: Callable[[Worker], Steps]


class Keeping:
    """What waits for those who are on their way, by person, oldest first."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._office = crew.office
        self._kept: dict[str, list[Kept]] = {}

    def waiting(self, person: str) -> str:
        """What waits for somebody, in words; empty for nothing."""
        kept = self._kept.get(person)
        return both([one.what for one in kept]) if kept else ""

    def keep(self, person: str, kept: Kept) -> str:
        """Lets it wait until they arrive, in the place of what it replaces; returns what follows, in words."""
        waiting = self._kept.setdefault(person, [])
        old = next((one for one in waiting if one.about == kept.about), None)
        if old is None:
            waiting.append(kept)
        else:
            waiting[waiting.index(old)] = kept
        self._office.env.process(self._watch(person, kept))
        instead = f", instead of {old.what}" if old is not None and old.what != kept.what else ""
        by = "" if kept.due_at is None else f" if that is before {format_clock(kept.due_at)}"
        return f"{person} is on the way; will begin on arrival{by}{instead}"

    def take_back(self, person: str) -> str:
        """Nothing waits for them any more; returns what no longer does, in words."""
        what = self.waiting(person)
        self._kept.pop(person, None)
        return f"taken back: {what}"

    def welcome(self, worker: Worker) -> None:
        """They are here, and begin with what has waited."""
        for kept in self._kept.pop(worker.name, ()):
            self._office.env.process(kept.begin(worker))

    def _watch(self, person: str, kept: Kept) -> Steps:
        """Where they have not come by when it is due, it is said, and what had a time is dropped."""
        yield self._office.env.timeout(UNDATED if kept.due_at is None else max(kept.due_at - self._office.now, 0))
        waiting = self._kept.get(person, [])
        if kept not in waiting or self._crew.is_over:
            return
        if kept.due_at is None:
            message = f"{person} has not come yet; {kept.what} still waits for them"
        else:
            waiting.remove(kept)
            message = f"{person} has not come, and {kept.what} was wanted by now: nobody does it"
        self._office.publish(MessageReceived(self._office.now, SENDER, message))
