"""Reading a session's record for command: events of a kind, and who led when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from gameday.core.events import Event, IncidentDeclared, PersonLeft, RoleAssigned
from gameday.session.record import SessionRecord

COMMANDER = "incident-commander"
_E = TypeVar("_E", bound=Event)


def of_kind(record: SessionRecord, kind: type[_E]) -> list[_E]:
    return [event for event in record.events if isinstance(event, kind)]


def commanders(record: SessionRecord) -> list[tuple[int, str]]:
    """Who led from when (microseconds): who declares does until another is assigned."""
    found: list[tuple[int, str]] = []
    for event in record.events:
        if isinstance(event, IncidentDeclared) and not found:
            found.append((event.at, event.by))
        elif (
            isinstance(event, RoleAssigned) and event.role == COMMANDER and (not found or found[-1][1] != event.person)
        ):
            found.append((event.at, event.person))
    return found


def leader_at(led: Sequence[tuple[int, str]], at: int) -> str | None:
    """Who led at an instant; None before anybody did."""
    return next((person for since, person in reversed(led) if since <= at), None)


def led_by_player(record: SessionRecord, at: int) -> bool:
    """Whether nobody simulated led at an instant: what a simulated commander sees to is not the players' to miss.

    Who was relieved, or has gone home, leads no more.
    """
    leader = leader_at(commanders(record), at)
    has_left = any(event.person == leader and event.at <= at for event in of_kind(record, PersonLeft))
    return leader is None or leader in record.players or has_left
