"""Which commands of a playbook's step have been seen to already, by whomever, though nobody said that the step is done.

Read off the state where that tells it, and else from what was heard. Commands that leave no trace (a note, an ask)
never count as seen to. Owns no step and no order of steps (`gameday.response.walk`).
"""

from __future__ import annotations

from gameday.core.commands import Command, parse_command
from gameday.core.errors import CommandError
from gameday.core.events import CauseDiagnosed, Event, LookCompleted, PageEscalated, StatusPosted
from gameday.core.verbs import VERBS
from gameday.response.deeds import Deeds
from gameday.response.escalation import POLICY
from gameday.response.incident import Incident
from gameday.response.pages import PageBook
from gameday.response.people import People


class SeenTo:
    """What the team has done so far, as far as a playbook asks for it."""

    def __init__(self, pages: PageBook, people: People, incident: Incident, deeds: Deeds) -> None:
        self._pages = pages
        self._people = people
        self._incident = incident
        self._deeds = deeds
        self._looks: list[str] = []
        self._diagnoses: list[tuple[str, ...]] = []
        self._updates: list[int] = []
        self._was_escalated = False

    def hear(self, event: Event) -> None:
        match event:
            case LookCompleted():
                self._looks.append(event.command)
            case CauseDiagnosed():
                self._diagnoses.append((event.component, event.mechanism, event.sustaining))
            case StatusPosted():
                self._updates.append(event.at)
            case PageEscalated() if event.by != POLICY:
                self._was_escalated = True
            case _:
                pass

    def updates_since(self, at: int) -> int:
        """How many updates for customers went out from an instant on (microseconds)."""
        return sum(1 for posted in self._updates if posted >= at)

    def covers(self, line: str, since: int, now: int) -> bool:
        """Whether there is nothing left to do for a command of a step, updates for customers aside.

        `since` is when the step became the current one; times in microseconds.
        """
        try:
            command = parse_command(line)
        except CommandError:
            return False
        group = VERBS[command.verb].group
        if group == "act":
            return bool(self._deeds.needless(command, "", since, now))
        if group == "look":
            return any(look == command.body or look.split(" ")[0] == command.body for look in self._looks)
        return self._is_so(command)

    def _is_so(self, command: Command) -> bool:
        match command.verb:
            case "ack":
                return bool(self._pages.pages) and not self._pages.in_state("triggered")
            case "declare":
                return self._incident.declared
            case "resolve":
                return self._incident.resolved
            case "escalate":
                return self._was_escalated
            case "diagnose":
                return any(said[: len(command.arguments)] == command.arguments for said in self._diagnoses)
            case "page":
                name = command.arguments[0]
                subjects = (f"person {name}", f"team {name}")
                by_hand = any(page.subject.rpartition(" ")[0] in subjects for page in self._pages.pages)
                return by_hand or self._people.is_here(name)
            case _:
                return False
