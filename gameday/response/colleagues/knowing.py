"""Who knows what: the services of a person, whose a service is, which services an entry's requests pass.

Reads the scenario only: what is the matter with them is seen by looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from gameday.core.commands import Command
from gameday.core.wording import Words
from gameday.scenario.models import Scenario

_NAMES_SYSTEM = ("service", "edge", "entry", "target", "subject", "scope", "drainable", "replica")
"""Kinds of arguments that name a part of the system."""


class Knowledge:
    """The system and the teams as everybody knows them."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._services = scenario.system.services

    @cached_property
    def names(self) -> Words:
        """What an ask can be about: services, entries, flags, in the words that people use for them."""
        entries = self._scenario.system.traffic.entries
        return {
            **{name: (entry.summary,) if entry.summary else () for name, entry in entries.items()},
            **dict.fromkeys(self._services, ()),
            **dict.fromkeys(self._scenario.system.flags, ()),
        }

    @property
    def entries(self) -> tuple[str, ...]:
        return tuple(self._scenario.system.traffic.entries)

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(self._scenario.system.flags)

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self._services)

    def known_to(self, person: str) -> tuple[str, ...]:
        """The services that somebody knows: those named for them, else those of their team."""
        works = self._scenario.people[person].works
        if works is not None and works.knows is not None:
            return tuple(name for name in works.knows if name in self._services)
        team = self._scenario.people[person].team
        return tuple(name for name, service in self._services.items() if service.team == team)

    def knows(self, person: str, subject: str) -> bool:
        """Whether somebody knows a service, or a service that an entry's requests pass. Flags are everybody's."""
        if subject in self._scenario.system.flags:
            return True
        return any(service in self.known_to(person) for service in self.services_of(subject))

    def team_of(self, subject: str) -> str:
        """The team that a service, or the first service of an entry, belongs to; empty for none."""
        services = self.services_of(subject)
        return (self._services[services[0]].team or "") if services else ""

    def owners(self, subject: str) -> tuple[str, ...]:
        """The people who know a subject, in the scenario's order."""
        return tuple(person for person in self._scenario.people if self.knows(person, subject))

    def summary_of(self, subject: str) -> str:
        """What a service or a flag is for, as it is written; empty for none."""
        flag, service = self._scenario.system.flags.get(subject), self._services.get(subject)
        return flag.summary if flag is not None else service.summary if service is not None else ""

    def kind_of(self, service: str) -> str:
        """What kind a service is: database, cache, external, ...; empty for what is none."""
        found = self._services.get(service)
        return "" if found is None else found.kind

    def is_entry(self, subject: str) -> bool:
        return subject in self._scenario.system.traffic.entries

    def entries_of(self, subjects: Sequence[str]) -> tuple[str, ...]:
        """The entries among the subjects, or else those whose requests pass the services that are named."""
        named = tuple(subject for subject in subjects if self.is_entry(subject))
        return named or tuple(
            entry for entry in self.entries if any(subject in self.services_of(entry) for subject in subjects)
        )

    def services_of(self, subject: str) -> tuple[str, ...]:
        """The service itself; of an entry all that its requests pass, from the door inwards."""
        if subject in self._services:
            return (subject,)
        entry = self._scenario.system.traffic.entries.get(subject)
        if entry is None:
            return ()
        passed = [entry.to]
        for service in passed:
            for edge in self._scenario.system.dependencies:
                leads = edge.caller == service and (not edge.entries or subject in edge.entries)
                if leads and edge.callee not in passed:
                    passed.append(edge.callee)
        return tuple(passed)

    def calls_of(self, service: str) -> tuple[tuple[str, str], ...]:
        """The dependencies of a service: (name, callee)."""
        return tuple((edge.name, edge.callee) for edge in self._scenario.system.dependencies if edge.caller == service)

    def neighbours(self, service: str) -> tuple[str, ...]:
        """Who calls it, then whom it calls."""
        edges = self._scenario.system.dependencies
        callers = [edge.caller for edge in edges if edge.callee == service]
        return tuple(dict.fromkeys(callers + [callee for _, callee in self.calls_of(service)]))

    def changed_by(self, command: Command) -> tuple[str, ...]:
        """The services that a command is about: of a dependency its caller, of an entry the door."""
        found: list[str] = []
        for _, parameter, value in command.given():
            if parameter.kind in _NAMES_SYSTEM:
                name = value.split("#")[0].split(">")[0]
                found += self.services_of(name)[:1]
        return tuple(dict.fromkeys(found))

    def named_for(self, command: Command, person: str) -> bool:
        """Whether the guardrails of the scenario name this person, their team or a role of theirs for the command."""
        who = self._scenario.people[person]
        among = (person, who.team, *(who.roles or ()))
        targets = (None, *command.arguments[:1])
        rules = [rule for rule in self._scenario.actions if rule.verb == command.verb and rule.target in targets]
        return bool(rules) and any(name in (rules[0].allowed or ()) or name == rules[0].needs for name in among)


def either(names: Sequence[str]) -> str:
    """`ana, bo or cy`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else "nobody"


def both(names: Sequence[str]) -> str:
    """`ana, bo and cy`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nothing"
