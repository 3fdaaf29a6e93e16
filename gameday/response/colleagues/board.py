"""The board: what everybody looked at, what was shared in the channel, who suspects what.

Owns whose evidence is whose. A look is its person's own until it is shared; what was shared counts as known to all who
were here, or who were told since.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from gameday.core.events import CanReported, Event, EvidenceShared, HandedOver, HypothesisStated, LookCompleted
from gameday.core.units import MICRO

FRESH = 45 * MICRO
"""Evidence of this age is not looked up again."""

_KEPT = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """Lines that somebody read. `by` is who looked, `at` when (microseconds)."""

    at: int
    by: str
    command: str
    lines: tuple[str, ...]


class Board:
    """What is known, and to whom."""

    def __init__(self) -> None:
        self._looks: dict[str, deque[Seen]] = {}
        self._shared: dict[str, Seen] = {}
        self._suspects: list[HypothesisStated] = []
        self._told_at: int = 0

    def hear(self, event: Event) -> None:
        match event:
            case LookCompleted():
                seen = Seen(event.at, event.person, event.command, event.lines)
                self._looks.setdefault(event.person, deque(maxlen=_KEPT)).append(seen)
            case EvidenceShared():
                self._shared[event.command] = Seen(event.at, event.person, event.command, event.lines)
            case HypothesisStated():
                self._suspects.append(event)
            case CanReported() | HandedOver():
                self._told_at = event.at
            case _:
                pass

    def newest(self, person: str, about: str = "") -> Seen | None:
        """The newest look of a person, or the newest whose command has these words in it."""
        looks = self._looks.get(person, ())
        return next((seen for seen in reversed(looks) if about.lower() in seen.command.lower()), None)

    def known(self, person: str, joined_at: int, command: str, now: int) -> Seen | None:
        """What this person knows of a look without looking: their own or a shared one, if it is fresh.

        What was shared before they joined they know once somebody has reported or handed over since.
        """
        own = next((seen for seen in reversed(self._looks.get(person, ())) if seen.command == command), None)
        shared = self._shared.get(command)
        if shared is not None and shared.at < joined_at and self._told_at < joined_at:
            shared = None
        found = max((seen for seen in (own, shared) if seen is not None), key=lambda seen: seen.at, default=None)
        return found if found is not None and now - found.at <= FRESH else None

    def who_suspects(self, component: str, but: str) -> str:
        """The last other person who said that they suspect a component; empty for nobody."""
        stated = [event.person for event in self._suspects if event.component == component and event.person != but]
        return stated[-1] if stated else ""

    def has_stated(self, person: str, component: str, mechanism: str) -> bool:
        """Whether the last thing that somebody suspected was this."""
        own = [event for event in self._suspects if event.person == person]
        return bool(own) and (own[-1].component, own[-1].mechanism) == (component, mechanism)
