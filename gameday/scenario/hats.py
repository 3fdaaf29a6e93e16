"""Hats: from which seat a scenario is played. A hat turns one scenario into another, and knows no file.

Owns who is added, who is played and what the seat may not do. What simulated people do stands in `gameday.response`.
What a hat says holds beside whatever the scenario's briefing says and whoever else is played: no time of day, no
numbers of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gameday.scenario.models import Scenario
from gameday.scenario.models.oncall import Responds
from gameday.scenario.models.people import Person, Seat, Team, Works
from gameday.scenario.offers import HAT_WORDS

COMMAND_TEAM = "incident-command"
"""The team of whoever a hat adds."""

_NAMES = ("ira", "kit", "max", "uma", "zoe", "commander")
_AWAKE = 2.0
"""Out of hours whoever is on call takes so many times as long to answer a page."""

_ASLEEP, _SLOWER = 0.35, 4.0
"""Who is not on call hears a page with this share of their chance, and takes so many times as long."""

_RUNG, _RUNG_SLOWER = 0.6, 1.5
"""A phone wakes better than a page."""


@dataclass(frozen=True, slots=True)
class Hat:
    """A way to play any scenario. `apply` gives the scenario as it is played."""

    name: str
    summary: str
    apply: Callable[[Scenario], Scenario]


def somebody_new(scenario: Scenario) -> str:
    """A name that nobody of the scenario has."""
    taken = (*scenario.people, *scenario.teams, *scenario.schedules, *scenario.system.services)
    return next(name for name in _NAMES if name not in taken)


def _commander(scenario: Scenario) -> Scenario:
    """Somebody who leads and touches no keyboard; everybody else is simulated."""
    name, first = somebody_new(scenario), scenario.seats[0].person
    words = "You lead, and touch no keyboard: ask, delegate, decide, and keep everybody informed."
    seat = Seat(person=name, role="incident-commander", briefing=words, hands_off=True)
    briefing = f"What {first} was told: {scenario.briefing}"
    return _with_commander(scenario, name).model_copy(update={"seats": (seat,), "briefing": briefing})


def _responder(scenario: Scenario) -> Scenario:
    """The scenario's own seats, under a simulated commander who wants CAN reports."""
    name = somebody_new(scenario)
    seats = tuple(
        seat.model_copy(update={"role": "responder", "briefing": f"{seat.briefing} {name} will be in command.".strip()})
        for seat in scenario.seats
    )
    return _with_commander(scenario, name).model_copy(update={"seats": seats})


def _with_commander(scenario: Scenario, name: str) -> Scenario:
    person = Person(
        team=COMMAND_TEAM,
        title="incident commander",
        responds=Responds.model_validate({"delay": "60s", "spread": 0.2}),
        works=Works(knows=(), forgets=0.0),
        roles=("incident-commander",),
    )
    team = Team(summary="leads incidents, repairs nothing")
    return scenario.model_copy(
        update={"people": {**scenario.people, name: person}, "teams": {**scenario.teams, COMMAND_TEAM: team}}
    )


def _alone(scenario: Scenario) -> Scenario:
    """Who is not on call is asleep, and who is answers late."""
    played = [seat.person for seat in scenario.seats]
    on_call = _on_call(scenario)
    people = {
        name: person if name in played else _on_duty(person) if name in on_call else _asleep(person)
        for name, person in scenario.people.items()
    }
    seats = tuple(
        seat.model_copy(update={"briefing": f"{seat.briefing} {_HARDLY_REACHED}".strip()}) for seat in scenario.seats
    )
    return scenario.model_copy(update={"people": people, "seats": seats})


_HARDLY_REACHED = "Colleagues are hard to reach: whoever is on call comes late, the others hardly ever."


def _on_call(scenario: Scenario) -> dict[str, None]:
    """Everybody whom a policy can page, by name or by schedule."""
    found: dict[str, None] = {}
    for policy in scenario.escalation_policies.values():
        for rule in policy.rules:
            for target in rule.targets:
                found.update(dict.fromkeys(_behind(scenario, target)))
    return found


def _behind(scenario: Scenario, target: str) -> tuple[str, ...]:
    """The people behind the name of a schedule; somebody's own name stands for themselves."""
    schedule = scenario.schedules.get(target)
    if schedule is None:
        return (target,)
    users = (user for layer in schedule.layers or () for user in layer.users)
    return (*(schedule.people or ()), *users, *(override.user for override in schedule.overrides or ()))


def _on_duty(person: Person) -> Person:
    return person.model_copy(update={"responds": _later(person.responds, 1.0, _AWAKE)})


def _asleep(person: Person) -> Person:
    responds = _later(person.responds, _ASLEEP, _SLOWER)
    return person.model_copy(update={"responds": responds, "phone": _later(person.phone, _RUNG, _RUNG_SLOWER)})


def _later(responds: Responds, share: float, times: float) -> Responds:
    return responds.model_copy(update={"p": responds.p * share, "delay": round(responds.delay * times)})


_APPLIED = {"commander": _commander, "responder": _responder, "alone": _alone}

HATS = {name: Hat(name, summary, _APPLIED[name]) for name, summary in HAT_WORDS.items()}
"""Every hat, by name."""
