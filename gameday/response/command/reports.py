"""What whoever leads makes of a CAN report: whom it asks for, whether it asks for approval, where the wall disagrees.

Reading only; what follows stands in `lead`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gameday.core.wording import is_denied, read_update
from gameday.response.command.wall import WINDOW, Wall
from gameday.scenario.models import Scenario

_APPROVAL = re.compile(
    r"\b(?:approv\w*|go[ -]ahead|permission|sign[ -]?off|ok(?:ay)? (?:to|for))\b|\bX\d+\b", re.IGNORECASE
)
_NO_APPROVAL = re.compile(
    r"\b(?:no|not|without|n't need)(?: (?:need(?:ed)? for|an?|any|the|need))* "
    r"(?:approv\w*|go[ -]ahead|permission|sign[ -]?off)(?: (?:is )?needed)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^\W*(?:nothing|none|no|nope|nobody|n/a)\b", re.IGNORECASE)
_ACTION = re.compile(r"\bX\d+\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!not by )(?<!no )(?<!n't )(?<!not )\b(?:phone|call|ring)\b", re.IGNORECASE)
_ALL_WELL = re.compile(
    r"\b(?:all|everything|the wall)\b[^.,;]{0,24}\b(?:fine|works?|good|green|normal|well|healthy|recovered)\b",
    re.IGNORECASE,
)
_LONG_ENOUGH = 6 * WINDOW
"""Seconds that an entry has been fine before anybody disputes that it is hurt."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a report asks for. `who` are names of people and teams, in the order of the scenario."""

    who: tuple[str, ...]
    by_phone: bool
    approval: bool
    action: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A report says something of an entry that cannot be seen. `bad`: the share that the wall shows."""

    entry: str
    says_works: bool
    bad: float


def read_needs(text: str, scenario: Scenario) -> Needs:
    """People are named by name or by their whole title, teams by name; `nothing` and `not bo` ask for nobody."""
    if _NOTHING.search(text):
        return Needs((), by_phone=False, approval=False, action=None)
    people = [
        name
        for name, person in scenario.people.items()
        if _names(text, name) or (person.title and _names(text, person.title))
    ]
    in_them = [scenario.people[name].team for name in people]
    teams = [name for name in scenario.teams if name not in in_them and _names(text, name)]
    action = _ACTION.search(text)
    return Needs(
        who=(*people, *teams),
        by_phone=_PHONE.search(text) is not None,
        approval=_APPROVAL.search(_NO_APPROVAL.sub(" ", text)) is not None,
        action=action[0].upper() if action is not None else None,
    )


def disputes(conditions: str, scenario: Scenario, wall: Wall) -> tuple[Dispute, ...]:
    """Where a report contradicts what can be seen: an entry that works and fails, or the other way round."""
    entries = scenario.system.traffic.entries
    said = read_update(conditions, {name: (entries[name].summary,) for name in scenario.slos})
    works = tuple(scenario.slos) if _ALL_WELL.search(conditions) and not said.hurts else said.works
    found: list[Dispute] = []
    for entry in scenario.slos:
        bad = wall.bad(entry, 3 * WINDOW)
        if entry in works and entry not in said.hurts and bad > 5 * (1.0 - scenario.slos[entry].good):
            found.append(Dispute(entry, True, bad))
        elif entry in said.hurts and entry not in works and wall.met_for(entry, _LONG_ENOUGH):
            found.append(Dispute(entry, False, bad))
    return tuple(found)


def _names(text: str, name: str) -> bool:
    named = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None
    return named and not is_denied(text, name)
