"""The incident channel as somebody simulated has it: who is here, who holds what, what can be asked, said and done.

Owns only how simulated people speak and give commands. What they decide stands in the modules beside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import simpy

from gameday.core.commands import Command, Verdict, parse_command
from gameday.core.draws import draw_name, uniform
from gameday.core.events import Said
from gameday.core.units import MICRO
from gameday.response.command.roles import Roles
from gameday.response.command.wall import Wall
from gameday.response.incident import Incident
from gameday.response.office import Office
from gameday.response.pages import PageBook
from gameday.response.people import People
from gameday.response.questions import Questions
from gameday.scenario.models import Scenario

_BEFORE = 120
"""Seconds before the declaration in which what was hurt belongs to the incident."""


@dataclass(frozen=True, slots=True)
class Room:
    """What everybody of the command shares, beside what everybody simulated does."""

    office: Office
    people: People
    pages: PageBook
    is_away: Callable[[str], bool]
    roles: Roles
    incident: Incident
    wall: Wall

    @property
    def env(self) -> simpy.Environment:
        return self.office.env

    @property
    def now(self) -> int:
        return self.office.now

    @property
    def scenario(self) -> Scenario:
        return self.office.scenario

    @property
    def questions(self) -> Questions:
        return self.office.questions

    @property
    def seats(self) -> tuple[str, ...]:
        """Who is played."""
        return self.office.played

    @property
    def first_page_at(self) -> int | None:
        """When the first page was opened, in microseconds."""
        return self.pages.pages[0].opened_at if self.pages.pages else None

    def hurt_so_far(self) -> tuple[str, ...]:
        """What has been hurt since shortly before the incident was declared, by what could be seen."""
        declared_at = self.incident.declared_at
        since = self.now if declared_at is None else declared_at
        return self.wall.missed_since(since // MICRO - _BEFORE)

    def is_simulated_here(self, person: str) -> bool:
        """Whether somebody has joined whom nobody plays."""
        return person not in self.seats and self.people.is_here(person)

    def say(self, person: str, message: str, to: str = "") -> None:
        """Somebody says something in the channel."""
        self.office.publish(Said(self.now, person, to, message))

    def announce(self, person: str, message: str) -> None:
        """Somebody simulated puts something on record for everybody: a note."""
        self.give(person, f"note {message}")

    def give(self, person: str, command: str) -> Verdict:
        """Somebody simulated gives a command, as typed."""
        read = parse_command(command)
        return self.office.hands.submit(Command(read.verb, read.arguments, read.options, author=person))

    def words(self, choices: tuple[str, ...], *meaning: str) -> str:
        """One of several ways to say the same, drawn for what it means."""
        return choices[int(uniform(draw_name(self.office.seed, "words", *meaning)) * len(choices))]

    def moment(self, least: int, most: int, *meaning: str) -> int:
        """So many microseconds, between `least` and `most` seconds, drawn for what they are for."""
        return round((least + (most - least) * uniform(draw_name(self.office.seed, "moment", *meaning))) * MICRO)
