"""Who holds which role, and how a role changes hands: `assign`, `relieve`, `handover`.

Owns the list of roles. Does not own who is here (`gameday.response.people`), nor what somebody simulated does with a
role (`lead`, `duties`).
"""

from __future__ import annotations

from collections.abc import Callable

import simpy

from gameday.core.commands import Command
from gameday.core.events import HandedOver, Publish, RoleAssigned
from gameday.core.wording import read_can
from gameday.response.people import People

COMMANDER = "incident-commander"
DEPUTY = "deputy"
LIAISON = "customer-liaison"

ENOUGH_WORDS = 6
"""A handover of fewer words says conditions and actions by their labels, or is none."""


class Roles:
    """Role -> who holds it. `on_duty` is the simulated commander, who leads as soon as they are here."""

    def __init__(self, env: simpy.Environment, people: People, publish: Publish, on_duty: str = "") -> None:
        self._env = env
        self._people = people
        self._publish = publish
        self._holders: dict[str, str] = {}
        self.on_duty = on_duty

    def items(self) -> tuple[tuple[str, str], ...]:
        """Every role that somebody holds, with who it is."""
        return tuple(self._holders.items())

    def holder(self, role: str) -> str | None:
        return self._holders.get(role)

    def held_by(self, person: str) -> tuple[str, ...]:
        """The roles of a person; command comes first."""
        held = [role for role, holder in self._holders.items() if holder == person]
        return tuple(sorted(held, key=lambda role: role != COMMANDER))

    def give(self, role: str, person: str) -> None:
        """The role is theirs from now on."""
        self._holders[role] = person
        self._publish(RoleAssigned(int(self._env.now), person, role))

    def declared_by(self, person: str) -> str:
        """Who leads once this person has declared: they do, unless somebody on duty is here who leads. Returns who."""
        if self.on_duty and self._people.is_here(self.on_duty) and person != self.on_duty:
            self.give(COMMANDER, self.on_duty)
        else:
            self._holders[COMMANDER] = person
        return self._holders[COMMANDER]

    def drop(self, person: str) -> str:
        """They hold no role any more; command falls to the deputy. Returns who leads because of it, or nothing."""
        led = self.holder(COMMANDER) == person
        for role in self.held_by(person):
            del self._holders[role]
        deputy = self._holders.pop(DEPUTY, "") if led else ""
        if deputy:
            self.give(COMMANDER, deputy)
        return deputy


class RolesDesk:
    """The commands about roles. `not_open` tells why the incident takes a verb no more, or not yet.

    `send_home` lets somebody go, for a reason.
    """

    def __init__(
        self,
        env: simpy.Environment,
        roles: Roles,
        people: People,
        seats: tuple[str, ...],
        not_open: Callable[[str], str | None],
        send_home: Callable[[str, str], None],
        publish: Publish,
    ) -> None:
        self._env = env
        self._roles = roles
        self._people = people
        self._seats = seats
        self._not_open = not_open
        self._send_home = send_home
        self._publish = publish

    def problem(self, command: Command) -> str | None:
        """Why the command is refused now, or None."""
        person = command.argument("person") or ""
        match command.verb:
            case "relieve":
                return self._relieve_problem(person)
            case "assign":
                return self._not_open("assign") or self._assign_problem(command.argument("role") or "", person)
            case _:
                return self._not_open("handover") or self._handover_problem(command, person)

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        person = command.argument("person") or ""
        match command.verb:
            case "relieve":
                return self._relieve(person, command.author)
            case "assign":
                role = command.argument("role") or ""
                self._roles.give(role, person)
                return f"{person} is {role}"
            case _:
                return self._hand_over(command, person)

    def _assign_problem(self, role: str, person: str) -> str | None:
        if not self._people.is_here(person):
            return f"{person} is not here; page them first"
        return f"{person} is {role} already" if self._roles.holder(role) == person else None

    def _relieve_problem(self, person: str) -> str | None:
        if person in self._seats:
            return f"{person} is played, and nobody sends a player off; assign their role to somebody else"
        return None if self._people.is_here(person) else f"{person} is not here"

    def _relieve(self, person: str, by: str) -> str:
        held = self._roles.held_by(person)
        self._send_home(person, f"relieved by {by}, with thanks")
        leads = self._roles.drop(person)
        if leads:
            return f"{person} leaves; {leads} was deputy, and is {COMMANDER} now"
        if COMMANDER in held:
            return f"{person} leaves; nobody is {COMMANDER} now: assign {COMMANDER} PERSON"
        return f"{person} leaves" + (f"; open again: {', '.join(held)}" if held else "")

    def _handover_problem(self, command: Command, person: str) -> str | None:
        author = command.author
        if not self._roles.held_by(author):
            return f"{author} holds no role to hand over; assign ROLE PERSON gives a role that is open"
        if person == author:
            return f"{author} has the role already; hand it to somebody else"
        if not self._people.is_here(person):
            return f"{person} is not here; page them first"
        if _carries_something(command.argument("message") or ""):
            return None
        return f"{person} needs more to take over: say what the conditions are, and what is under way"

    def _hand_over(self, command: Command, person: str) -> str:
        role = self._roles.held_by(command.author)[0]
        message = command.argument("message") or ""
        self._publish(HandedOver(int(self._env.now), command.author, person, role, message))
        self._roles.give(role, person)
        return f"{person} is {role}, and knows what you know"


def _carries_something(message: str) -> bool:
    report = read_can(message)
    return bool(report.conditions and report.actions) or len(message.split()) >= ENOUGH_WORDS
