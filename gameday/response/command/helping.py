"""What whoever leads does about a CAN report: gets whom it asks for, decides what waits, asks where the wall disagrees.

Owns the reactions to reports and the persistence of paging; the reading stands in `reports`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import CanReported
from gameday.core.units import MICRO
from gameday.response.command import phrases
from gameday.response.command.approver import Approver
from gameday.response.command.reports import Dispute, disputes, read_needs
from gameday.response.command.roles import COMMANDER
from gameday.response.command.room import Room

_Steps = Generator[simpy.Event, object, None]
_PHONE_AFTER = 90 * MICRO
_RING_AGAIN = 125 * MICRO
_CALLS = 3


class Helping:
    """What the reports of one term set off."""

    def __init__(self, room: Room, approver: Approver, name: str) -> None:
        self._room = room
        self._approver = approver
        self._name = name
        self._disputed: dict[tuple[str, str, bool], None] = {}
        self._fetching: dict[str, simpy.Process] = {}

    def read(self, report: CanReported) -> _Steps:
        """A process: reads a report and does what it asks for."""
        room = self._room
        yield room.env.timeout(room.moment(3, 7, "reads report", report.person, report.conditions))
        if room.incident.resolved:
            return
        needs = read_needs(report.needs, room.scenario)
        for who in needs.who:
            if who != report.person:
                self._get(who, report.person, needs.by_phone)
        if needs.approval:
            self._speak_of_approval(needs.action, report.person)
        found = [
            one for one in disputes(report.conditions, room.scenario, room.wall) if self._is_new(report.person, one)
        ]
        if found:
            yield from self._clear_up(report.person, found[0])
        elif not needs.who and not needs.approval:
            thanks = room.words(phrases.THANKS, "thanks", report.person, report.conditions)
            room.say(self._name, thanks.format(name=report.person), report.person)

    def _is_new(self, person: str, dispute: Dispute) -> bool:
        return (person, dispute.entry, dispute.says_works) not in self._disputed

    def _clear_up(self, person: str, dispute: Dispute) -> _Steps:
        """One question about what the report and the wall say differently."""
        room = self._room
        self._disputed[person, dispute.entry, dispute.says_works] = None
        choices = phrases.DISPUTES_WORKS if dispute.says_works else phrases.DISPUTES_FAILS
        words = room.words(choices, "disputes", person, dispute.entry)
        message = words.format(entry=dispute.entry, share=f"{dispute.bad:.0%}")
        question = room.questions.put("colleague", self._name, person, message, within=60 * MICRO)
        yield question.answered
        if not room.incident.resolved:
            room.say(self._name, room.words(phrases.CLEARS_UP, "clears up", person, dispute.entry), person)

    def _speak_of_approval(self, action: str | None, person: str) -> None:
        """The approver decides by themselves; the report hears how that stands."""
        room = self._room
        waiting = [ref for ref in self._approver.waiting() if action in (None, ref)]
        if not waiting:
            room.say(self._name, phrases.NOTHING_WAITS[0], person)
        elif self._approver.has_asked(waiting[0]):
            room.say(self._name, phrases.ANSWER_FIRST[0].format(ref=waiting[0]), person)

    def _get(self, who: str, asked_by: str, by_phone: bool) -> None:
        """Pages a person or a team, unless they are here or on their way."""
        room = self._room
        if who in self._fetching and self._fetching[who].is_alive:
            return
        expected = tuple(name for name in self._members(who) if name != asked_by)
        here = next((name for name in expected if room.people.is_here(name)), None)
        if here is not None:
            room.say(self._name, room.words(phrases.IS_HERE, "is here", here).format(who=here), asked_by)
            return
        by_policy = self._has_policy(who) and room.scenario.people[asked_by].team != who
        if not expected and not by_policy:
            room.say(self._name, room.words(phrases.NOBODY_THERE, "nobody there", who).format(who=who), asked_by)
            return
        room.say(self._name, room.words(phrases.PAGES, "pages", who).format(who=who), asked_by)
        self._fetching[who] = room.env.process(self._fetch(who if by_policy else "", expected, by_phone))

    def _members(self, who: str) -> list[str]:
        """The people of a team, or the person alone."""
        people = self._room.scenario.people
        return [who] if who in people else [name for name, person in people.items() if person.team == who]

    def _has_policy(self, who: str) -> bool:
        team = self._room.scenario.teams.get(who)
        return team is not None and team.policy is not None

    def _is_over(self, expected: tuple[str, ...]) -> bool:
        """Nobody has to be called any more: somebody came, the incident is closed, or somebody else leads now."""
        room = self._room
        came = any(room.people.is_here(name) for name in expected)
        return came or room.incident.resolved or room.roles.holder(COMMANDER) != self._name

    def _fetch(self, team: str, expected: tuple[str, ...], by_phone: bool) -> _Steps:
        """A process: pages the team by its policy or somebody, then phones the first `expected` if nobody comes."""
        room, person = self._room, next(iter(expected), "")
        if team:
            room.give(self._name, f"page {team}")
        elif not by_phone:
            room.give(self._name, f"page {person}")
        if not by_phone:
            yield room.env.timeout(_PHONE_AFTER)
        for call in range(_CALLS if expected else 0):
            if self._is_over(expected):
                break
            if call or not by_phone:
                room.say(self._name, room.words(phrases.PHONES, "phones", person, str(call)).format(who=person))
            room.give(self._name, f"page {person} --by phone")
            yield room.env.timeout(_RING_AGAIN)
