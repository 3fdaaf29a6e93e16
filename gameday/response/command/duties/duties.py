"""Which duty a role has, and who takes it up: whoever is simulated, as soon as the role is theirs.

Owns what the channel is remembered by, and the registry.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Mapping

import simpy

from gameday.core.events import (
    ActionCompleted,
    ActionFailed,
    ActionStarted,
    CanReported,
    CauseDiagnosed,
    Event,
    HandedOver,
    HypothesisStated,
    IncidentDeclared,
    MessageReceived,
    PageAcknowledged,
    PersonJoined,
    PersonLeft,
    QuestionPut,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
    UpdateDue,
    UpdateMissed,
)
from gameday.response.colleagues import Crew
from gameday.response.command.duties import deputy, internal_liaison, liaison, scribe, support_lead
from gameday.response.command.duties.post import REMEMBERED, Post, Steps
from gameday.response.command.room import Room

_HEARD = (
    ActionCompleted,
    ActionFailed,
    ActionStarted,
    CanReported,
    CauseDiagnosed,
    HandedOver,
    HypothesisStated,
    IncidentDeclared,
    MessageReceived,
    PageAcknowledged,
    PersonJoined,
    PersonLeft,
    QuestionPut,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
    UpdateDue,
    UpdateMissed,
)

DUTIES: Mapping[str, Callable[[Post], Steps]] = {
    "customer-liaison": liaison.serve,
    "internal-liaison": internal_liaison.serve,
    "support-lead": support_lead.serve,
    "scribe": scribe.serve,
    "deputy": deputy.serve,
}
"""Role -> the process of whoever holds it."""


class Duties:
    """Everybody simulated who holds a role with a duty."""

    def __init__(self, room: Room, crew: Crew) -> None:
        self._room = room
        self._crew = crew
        self._heard: deque[Event] = deque(maxlen=REMEMBERED)
        self._new: deque[RoleAssigned] = deque()
        self._bell = room.env.event()
        if room.seats:
            room.env.process(self._run())

    def hear(self, event: Event) -> None:
        """Keeps it in mind; a role that changes hands wakes."""
        if isinstance(event, _HEARD):
            self._heard.append(event)
        if isinstance(event, RoleAssigned) and event.role in DUTIES:
            self._new.append(event)
            if not self._bell.triggered:
                self._bell.succeed()

    def _run(self) -> Generator[simpy.Event, object, None]:
        while True:
            yield self._bell
            self._bell = self._room.env.event()
            while self._new:
                event = self._new.popleft()
                post = Post(self._room, self._crew, event.role, event.person, self._heard)
                if self._room.is_simulated_here(event.person) and post.is_held:
                    self._room.env.process(DUTIES[event.role](post))
