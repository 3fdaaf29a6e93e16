"""Everybody simulated who has a part in command, as one thing: who is on duty, who leads now, who approves.

Composition, and the one ear: events go into an inbox, and processes here deal with them. What a commander does stands
in `lead`, an approver in `approver`, how somebody on duty arrives in `duty`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator

import simpy

from gameday.core.events import (
    CanReported,
    CauseDiagnosed,
    Event,
    GlassBroken,
    HandedOver,
    IncidentDeclared,
    IncidentReopened,
    PageExhausted,
    PersonJoined,
    PersonLeft,
    QuestionMissed,
    QuestionPut,
    RoleAssigned,
    SeverityChanged,
)
from gameday.response.command import duty, phrases
from gameday.response.command.approver import Approver
from gameday.response.command.lead import Lead
from gameday.response.command.roles import COMMANDER
from gameday.response.command.room import Room

_HEARD = (
    CanReported,
    CauseDiagnosed,
    GlassBroken,
    HandedOver,
    IncidentDeclared,
    IncidentReopened,
    PageExhausted,
    PersonJoined,
    PersonLeft,
    QuestionMissed,
    QuestionPut,
    RoleAssigned,
    SeverityChanged,
)


class Leadership:
    """Command, as far as it is simulated. Where nobody plays there is none."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._inbox: deque[Event] = deque()
        self._bell = room.env.event()
        self._lead: Lead | None = None
        self._approver = Approver(room)
        self._took_command = False
        if room.seats:
            room.env.process(self._listen())
            leading = tuple(seat.person for seat in room.scenario.seats if seat.role == COMMANDER)
            if leading:
                room.env.process(duty.tell(room, leading))
            if room.roles.on_duty:
                room.env.process(duty.arrive(room))

    def hear(self, event: Event) -> None:
        """Keeps what matters for later; only wakes."""
        if not self._room.seats:
            return
        self._approver.hear(event)
        if isinstance(event, _HEARD):
            self._inbox.append(event)
            if not self._bell.triggered:
                self._bell.succeed()

    def _listen(self) -> Generator[simpy.Event, object, None]:
        while True:
            yield self._bell
            self._bell = self._room.env.event()
            while self._inbox:
                self._deal(self._inbox.popleft())

    def _deal(self, event: Event) -> None:
        room = self._room
        match event:
            case PersonJoined() if event.person == room.roles.on_duty and not room.incident.resolved:
                self._took_command = True
                duty.take_command(room)
            case IncidentReopened() if self._lead is not None:
                self._lead.end()
                self._lead = None  # a term ends with the incident: whoever leads begins another
            case PersonLeft():
                room.roles.drop(event.person)
            case RoleAssigned() if self._has_said_so(event):
                self._took_command = False
            case RoleAssigned() if room.is_simulated_here(event.person):
                room.env.process(_acknowledge(room, event))
            case _:
                pass
        self._look_who_leads(event)
        if self._lead is not None:
            self._lead.hear(event)

    def _has_said_so(self, event: RoleAssigned) -> bool:
        """Whether somebody took command by themselves, and announced it then."""
        return self._took_command and (event.role, event.person) == (COMMANDER, self._room.roles.on_duty)

    def _look_who_leads(self, event: Event) -> None:
        """Begins or ends the term of somebody simulated."""
        room = self._room
        leads = room.roles.holder(COMMANDER) or ""
        if not leads and room.roles.on_duty and room.people.is_here(room.roles.on_duty):
            leads = room.roles.on_duty  # nobody leads: they see to it
            if room.incident.declared and not room.incident.resolved and not isinstance(event, PersonJoined):
                self._took_command = True
                duty.take_command(room)
        if not room.is_simulated_here(leads):
            leads = ""
        before = "" if self._lead is None else self._lead.name
        if leads == before or room.incident.resolved:
            return
        if self._lead is not None:
            self._lead.end()
            now = room.roles.holder(COMMANDER)
            if now is not None and room.is_simulated_here(before):
                room.say(before, room.words(phrases.STEPS_BACK, "steps back", before, now).format(name=now))
        self._lead = Lead(room, self._approver, leads) if leads else None


def _acknowledge(room: Room, event: RoleAssigned) -> Generator[simpy.Event, object, None]:
    """Somebody simulated who was given a role says so after a moment."""
    yield room.env.timeout(room.moment(3, 8, "acknowledges", event.person, event.role))
    if room.roles.holder(event.role) == event.person and room.people.is_here(event.person):
        choices = phrases.IS_GIVEN if event.role == COMMANDER else phrases.GETS_ROLE
        words = room.words(choices, "gets role", event.person, event.role)
        text = words.format(role=event.role.replace("-", " "))
        (room.announce if event.role == COMMANDER else room.say)(event.person, text[:1].upper() + text[1:])
