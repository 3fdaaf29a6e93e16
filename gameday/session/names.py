"""What an argument can name in a game: one table from which the rules check and the screens complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.verbs import ROLES, SEVERITIES, Kind, Parameter
from gameday.engine.world import World
from gameday.response.response import Response
from gameday.scenario.exercise import Exercise


class Game(Protocol):
    """What rules and completion ask of a session."""

    exercise: Exercise
    players: tuple[str, ...]
    world: World
    response: Response

    @property
    def finished(self) -> bool: ...


Names = Mapping[str, str]
"""Name -> what it is, in a few words."""

MEANS: Names = {"page": "by the pager, as the policy would", "phone": "ring them up"}
_SEVERITY_MEANING = ("all or most customers", "a major feature", "some customers", "a minor trouble", "cosmetic")


def names_for(verb: str, parameter: Parameter, game: Game) -> Names | None:
    """What can stand for the parameter now; None where it takes a value or free text."""
    if (verb, parameter.name) in _BY_PARAMETER:
        return _BY_PARAMETER[verb, parameter.name](game)
    read = _BY_KIND.get(parameter.kind)
    return read(game) if read is not None else None


def _services(game: Game) -> Names:
    return {name: service.summary for name, service in game.exercise.scenario.system.services.items()}


def _edges(game: Game) -> Names:
    return {edge.name: f"{edge.caller} calls {edge.callee}" for edge in game.exercise.scenario.system.dependencies}


def _entries(game: Game) -> Names:
    return {name: entry.summary for name, entry in game.exercise.scenario.system.traffic.entries.items()}


def _flags(game: Game) -> Names:
    return {name: flag.summary for name, flag in game.exercise.scenario.system.flags.items()}


def _segments(game: Game) -> Names:
    entries = game.exercise.scenario.system.traffic.entries
    return {segment: f"of {name}" for name, entry in entries.items() for segment in entry.segments}


def _people(game: Game) -> Names:
    return {name: person.title or person.team for name, person in game.exercise.scenario.people.items()}


def _people_and_teams(game: Game) -> Names:
    teams = {name: team.summary or f"team {name}" for name, team in game.exercise.scenario.teams.items()}
    return {**teams, **_people(game)}


def _pages(game: Game) -> Names:
    return {page.ref: f"{page.state}: {page.summary}" for page in game.response.pages()}


def _actions(game: Game) -> Names:
    return {action.ref: f"{action.text} ({action.state})" for action in game.world.actions()}


def _components(game: Game) -> Names:
    """Everything of the system that can be at fault; in an order that gives nothing away."""
    return {**_services(game), **_edges(game), **_entries(game), **_flags(game)}


def _steps(game: Game) -> Names:
    books = game.exercise.playbooks.values()
    moves = {"done": "this step is done (checked)", "skip": "go on without it"}
    return {**moves, **{step.id: step.text for book in books for step in book.steps}}


def _playbooks(game: Game) -> Names:
    return {name: book.title for name, book in game.exercise.playbooks.items()}


_BY_KIND: Mapping[Kind, Callable[[Game], Names]] = {
    "service": _services,
    "edge": _edges,
    "entry": _entries,
    "flag": _flags,
    "person": _people,
    "page": _pages,
    "action": _actions,
    "role": lambda _: {role: role.replace("-", " ") for role in ROLES},
    "severity": lambda _: dict(zip(SEVERITIES, _SEVERITY_MEANING, strict=True)),
    "on-off": lambda _: {"on": "", "off": ""},
    "subject": lambda game: {**_services(game), **_entries(game)},
    "component": _components,
    "mechanism": lambda _: MECHANISMS,
    "sustaining": lambda _: SUSTAINING,
    "step-move": _steps,
    "means": lambda _: MEANS,
}
_BY_PARAMETER: Mapping[tuple[str, str], Callable[[Game], Names]] = {
    ("page", "person"): _people_and_teams,
    ("shed", "segment"): _segments,
    ("playbook", "name"): _playbooks,
}
