"""The term of somebody simulated as incident commander: declare, ask, decide, inform, verify, close.

Follows PagerDuty's incident commander training: size up, stabilise, update, verify; CAN reports on a rhythm with a time
limit; objections instead of agreement. Sees what is on the wall and hears the channel, knows nothing else, touches no
keyboard. Owns the rhythm; what is done in it stands in `severity`, `helping`, `minding`, `customers`, `closing`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import (
    CanReported,
    CauseDiagnosed,
    Event,
    GlassBroken,
    PageExhausted,
    QuestionMissed,
    QuestionPut,
    SeverityChanged,
)
from gameday.core.units import MICRO, format_clock
from gameday.response.command import closing, customers, minding, outside, phrases
from gameday.response.command.approver import Approver
from gameday.response.command.helping import Helping
from gameday.response.command.roles import LIAISON
from gameday.response.command.room import Room
from gameday.response.command.severity import Sizing
from gameday.response.questions import CAN, Question

_Steps = Generator[simpy.Event, object, None]
_TICK = 10 * MICRO
_FIRST_ROUND, _ROUND, _REPORT_WITHIN = 60 * MICRO, 240 * MICRO, 120 * MICRO
_JUST_NOW = 60 * MICRO
"""Who has reported so lately is not asked again."""

_BEFORE_DUE, _REMIND_BEFORE = 40 * MICRO, 60 * MICRO
_FIRST_UPDATE_AFTER = 60 * MICRO


class Lead:
    """One term in command. `name` leads until `end`."""

    def __init__(self, room: Room, approver: Approver, name: str) -> None:
        self.name = name
        self._room = room
        self._helping = Helping(room, approver, name)
        self._sizing = Sizing(room, name)
        self._over = False
        self._closing = False
        self._began_at = room.now
        self._reports: dict[str, Question] = {}
        self._reported_at: dict[str, int] = {}
        self._hurt: dict[str, None] = dict.fromkeys(room.hurt_so_far() if room.incident.declared else ())
        self._found = False
        self._reminded: int | None = None
        room.env.process(self._rounds())
        room.env.process(self._watch())

    @property
    def leads(self) -> bool:
        """Whether the term goes on."""
        return not self._over and not self._room.incident.resolved

    def end(self) -> None:
        """Somebody else leads, or nobody; nobody waits for these reports any more."""
        self._over = True
        for question in self._reports.values():
            self._room.questions.withdraw(question)

    def hear(self, event: Event) -> None:
        """What the channel brings while they lead."""
        if self.leads:
            self._hear_report(event)
            self._hear_others(event)

    def _hear_report(self, event: Event) -> None:
        room = self._room
        match event:
            case CanReported() if event.person != self.name:
                self._reported_at[event.person] = event.at
                room.env.process(self._helping.read(event))
            case QuestionMissed() if any(question.ref == event.question for question in self._reports.values()):
                missed = room.words(phrases.MISSED_CAN, "missed report", event.to, str(room.now // _ROUND))
                room.say(self.name, missed.format(name=event.to), event.to)
            case CauseDiagnosed():
                self._found = True
            case _:
                pass

    def _hear_others(self, event: Event) -> None:
        room = self._room
        match event:
            case SeverityChanged() if event.by != self.name:
                room.env.process(self._sizing.judge(event))
            case QuestionPut() if event.to == self.name and event.purpose in outside.PURPOSES:
                room.env.process(outside.answer(room, event))
            case GlassBroken():
                minding.mind_glass(room, self.name, event)
            case PageExhausted():
                minding.mind_exhausted(room, self.name, event)
            case _:
                pass

    def _rounds(self) -> _Steps:
        """A CAN report from everybody who plays, on a rhythm."""
        yield self._room.env.timeout(_FIRST_ROUND)
        number = 1
        while self.leads:
            if not self._closing:
                self._ask_reports(number)
            number += 1
            yield self._room.env.timeout(_ROUND)

    def _ask_reports(self, number: int) -> None:
        room = self._room
        for person in room.seats:
            if room.now - self._reported_at.get(person, -_JUST_NOW) < _JUST_NOW:
                continue
            if person in self._reports:
                room.questions.withdraw(self._reports[person])
            message = room.words(phrases.WANTS_CAN, "wants report", person, str(number))
            self._reports[person] = room.questions.put(CAN, self.name, person, message, within=_REPORT_WITHIN)

    def _watch(self) -> _Steps:
        room = self._room
        yield room.env.timeout(room.moment(4, 9, "sizes up", self.name))
        while self.leads:
            if not room.incident.declared:
                self._sizing.declare()
            else:
                self._hurt.update(dict.fromkeys(room.wall.missing()))
                self._sizing.review()
                minding.fill_roles(room, self.name)
                minding.mind_pages(room, self.name)
                self._inform()
                yield from self._verify()
            yield room.env.timeout(_TICK)
        self.end()

    def _inform(self) -> None:
        """Has customers told: by the liaison, where there is one, else by themselves."""
        room, due = self._room, self._room.incident.status_due_at
        if due is None:
            return
        liaison = room.roles.holder(LIAISON)
        if liaison is not None and liaison != self.name and room.people.is_here(liaison):
            self._remind(liaison, due)
            return
        first = room.incident.view().last_status is None
        if room.now >= due - _BEFORE_DUE or (first and room.now >= self._began_at + _FIRST_UPDATE_AFTER):
            text = customers.update(room, hurt=tuple(self._hurt), first=first, cause_known=self._found)
            customers.post(room, self.name, text)

    def _remind(self, liaison: str, due: int) -> None:
        """A liaison who is played hears once of each update that is due."""
        room = self._room
        if liaison in room.seats and room.now >= due - _REMIND_BEFORE and self._reminded != due:
            self._reminded = due
            words = room.words(phrases.LIAISON_DUE, "liaison due", liaison, str(due // MICRO))
            room.say(self.name, words.format(name=liaison, due=format_clock(due)), liaison)

    def _verify(self) -> _Steps:
        """Closes once all has been well for the hold window, and nobody objects."""
        room, hurt = self._room, tuple(self._hurt)
        declared_at = room.incident.declared_at or 0
        if room.now < declared_at + room.scenario.scoring.hold or not room.wall.steady():
            return
        self._closing = True
        waits = yield from closing.objections(room, self.name, hurt)
        if waits and self.leads:
            room.say(self.name, room.words(phrases.WAITS, "waits", str(room.now // closing.WAIT_MORE)))
            yield room.env.timeout(closing.WAIT_MORE)
        elif self.leads and room.wall.steady():
            closing.close(room, self.name, hurt)
        self._closing = False
