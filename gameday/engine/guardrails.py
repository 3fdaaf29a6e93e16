"""The guardrails of a scenario: which rule an action falls under, who may do it, and what must be there first.

Owns who may do what. Whether the system lets an action be done is the action's own (`gameday.engine.actions`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gameday.core.commands import Command
from gameday.engine.actions.base import rule_of
from gameday.scenario.models import Scenario
from gameday.scenario.models.scenario import ActionRule

COMMANDER = "incident-commander"


class Guardrails:
    """The scenario's rules of actions."""

    def __init__(self, scenario: Scenario, has_joined: Callable[[str], bool]) -> None:
        self._scenario = scenario
        self._has_joined = has_joined

    def rule(self, command: Command) -> ActionRule | None:
        """The first rule of the scenario that is about this action."""
        return rule_of(self._scenario, command)

    def problem(self, command: Command) -> str | None:
        """Why this author may not do it now; None where they may."""
        rule = self.rule(command)
        if rule is None:
            return None
        if rule.forbidden is not None:
            return f"{command.body} is forbidden here: {rule.forbidden}"
        if rule.allowed is not None and not self._is_among(command, rule.allowed):
            who = self._way_round(command, rule.allowed)
            return f"{command.body} is for {' or '.join(rule.allowed)}, not for {command.author}{who}"
        if rule.needs is not None and not self._has_joined(rule.needs):
            return f"{command.body} needs {rule.needs}, who has not joined; page {rule.needs}"
        return None

    def may(self, person: str, command: Command) -> bool:
        """Whether this person is among those who may do it at all."""
        rule = self.rule(command)
        if rule is None:
            return True
        asked = replace(command, author=person, role="")
        return rule.forbidden is None and (rule.allowed is None or self._is_among(asked, rule.allowed))

    def called(self, approver: str) -> str:
        """Who approves, in words; whoever is not here has to be paged."""
        if approver == COMMANDER:
            return f"the {COMMANDER.replace('-', ' ')}"
        return approver if self._has_joined(approver) else f"{approver}, who is not here; page {approver}"

    def _way_round(self, command: Command, allowed: tuple[str, ...]) -> str:
        """Who could do it instead: somebody who is here, else whom to page; nothing where only a role may."""
        people = self._scenario.people
        able = [name for name, person in people.items() if name in allowed or person.team in allowed]
        here = next((name for name in able if self._has_joined(name)), None)
        if here is not None:
            return f"; {here} is here and may: delegate {here} {command.body}"
        return f"; page {able[0]}" if able else ""

    def passed(self, command: Command) -> str:
        """What somebody goes past who breaks the glass, in words."""
        rule = self.rule(command)
        parts = [self._seat_passed(command.author), *(self._rule_passed(rule, command) if rule is not None else ())]
        return " and ".join(part for part in parts if part) or "no guardrail at all"

    def _seat_passed(self, author: str) -> str:
        """What the author's own seat lacks; empty for everybody else."""
        seat = next((seat for seat in self._scenario.seats if seat.person == author), None)
        if seat is None:
            return ""
        return "hands off the keyboard" if seat.hands_off else "denied access" if seat.denied is not None else ""

    def _rule_passed(self, rule: ActionRule, command: Command) -> list[str]:
        return [
            "approval" if rule.needs_approval else "",
            f"a ban ({rule.forbidden})" if rule.forbidden is not None else "",
            "who may do it" if rule.allowed is not None and not self._is_among(command, rule.allowed) else "",
            f"{rule.needs}, who has not joined" if rule.needs is not None and not self._has_joined(rule.needs) else "",
            f"a warning ({rule.unsafe})" if rule.unsafe is not None and not command.has("force") else "",
        ]

    def _is_among(self, command: Command, allowed: tuple[str, ...]) -> bool:
        person = self._scenario.people.get(command.author)
        return any(name in allowed for name in (command.author, command.role, person.team if person else None))
