"""What an argument can name in a game: one table from which the rules check and the screens complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from gameday.core.arguments import REVERT, SETTINGS
from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.kinds.effects import PARAMETERS
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
    if parameter.words:
        return dict(parameter.words)
    if (verb, parameter.name) in _BY_PARAMETER:
        return _BY_PARAMETER[verb, parameter.name](game)
    read = _BY_KIND.get(parameter.kind)
    return read(game) if read is not None else None


def _services(game: Game) -> Names:
    return {name: service.summary for name, service in game.exercise.scenario.system.services.items()}


def _third_parties(game: Game) -> Names:
    services = game.exercise.scenario.system.services
    return {name: service.summary for name, service in services.items() if service.kind == "external"}


def _queues(game: Game) -> Names:
    system = game.exercise.scenario.system
    taken_from = [edge.caller for edge in system.dependencies if edge.mode == "pull"]
    return {name: service.summary for name, service in system.services.items() if name in taken_from}


def _caches(game: Game) -> Names:
    cached = [edge for edge in game.exercise.scenario.system.dependencies if edge.cache is not None]
    held = {edge.cache.at: "holds what is cached" for edge in cached if edge.cache is not None and edge.cache.at}
    return {**held, **{edge.name: f"what {edge.caller} keeps of {edge.callee}" for edge in cached}}


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


def _present_first(game: Game) -> Names:
    """Everybody: who is here first, and who is not here says so."""
    people = _people(game)
    here = [name for name in people if game.response.is_here(name)]
    away = {name: f"{what}, not here" if what else "not here" for name, what in people.items() if name not in here}
    return {**{name: people[name] for name in here}, **away}


def _colleagues(game: Game) -> Names:
    """Whom one can ask: those who are not played first."""
    people = _present_first(game)
    played = [name for name in people if name in game.players]
    others = {name: what for name, what in people.items() if name not in played}
    return {**others, **{name: people[name] for name in played}}


def _people_and_teams(game: Game) -> Names:
    teams = {name: team.summary or f"team {name}" for name, team in game.exercise.scenario.teams.items()}
    return {**teams, **_people(game)}


def _questions(game: Game) -> Names:
    return {question.ref: f"{question.sender}: {question.message}" for question in game.response.questions()}


def _pages(game: Game) -> Names:
    return {page.ref: f"{page.state}: {page.summary}" for page in game.response.pages()}


def _alerts(game: Game) -> Names:
    return {name: alert.summary for name, alert in game.exercise.scenario.alerts.items()}


def _actions(game: Game) -> Names:
    return {action.ref: f"{action.text} ({action.state})" for action in game.world.actions()}


def _components(game: Game) -> Names:
    """Everything of the system that can be at fault; in an order that gives nothing away."""
    return {**_services(game), **_edges(game), **_entries(game), **_flags(game)}


def _scopes(game: Game) -> Names:
    return {**_services(game), "all": "every service"}


def _drainable(game: Game) -> Names:
    system = game.exercise.scenario.system
    zones = [*(system.zones or ()), *(zone for service in system.services.values() for zone in service.zones or ())]
    return {**dict.fromkeys(zones, "a zone"), **_services(game)}


def _settings(game: Game) -> Names:
    del game
    settings = {name: f"of {PARAMETERS[name].target}: {what}" for name, what in SETTINGS.items()}
    return {REVERT: "take back the newest change", **settings}


def _replicas(game: Game) -> Names:
    replications = {name: one.replication for name, one in game.exercise.scenario.system.services.items()}
    following = {name: one for name, one in replications.items() if one is not None}
    return {
        **{
            one.primary: f"a replica after a failover to {name}"
            for name, one in following.items()
            if one.rejoin is not None
        },
        **{name: f"a replica of {one.primary}" for name, one in following.items()},
    }


def _certificates(game: Game) -> Names:
    known = game.exercise.scenario.system.certificates or {}
    return {**{name: f"of {one.service}" for name, one in known.items()}, **_services(game)}


def _credentials(game: Game) -> Names:
    """Those that somebody has listed; any other is called by its two services."""
    system = game.exercise.scenario.system
    known = {name: f"{one.caller} uses {one.service}" for name, one in (system.credentials or {}).items()}
    listed = [(one.caller, one.service) for one in (system.credentials or {}).values()]
    others = {
        f"{edge.caller}-{edge.callee}": f"{edge.caller} uses {edge.callee}"
        for edge in system.dependencies
        if (edge.caller, edge.callee) not in listed
    }
    return {**known, **others}


def _procedures(game: Game) -> Names:
    return {name: one.summary for name, one in (game.exercise.scenario.procedures or {}).items()}


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
    "person": _present_first,
    "colleague": _colleagues,
    "question": _questions,
    "page": _pages,
    "alert": _alerts,
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
    "target": lambda game: {**_services(game), **_edges(game), **_entries(game)},
    "scope": _scopes,
    "drainable": _drainable,
    "setting": _settings,
    "replica": _replicas,
    "certificate": _certificates,
    "credential": _credentials,
    "procedure": _procedures,
}
_BY_PARAMETER: Mapping[tuple[str, str], Callable[[Game], Names]] = {
    ("page", "person"): _people_and_teams,
    ("shed", "segment"): _segments,
    ("traffic", "segment"): _segments,
    ("vendor", "service"): _third_parties,
    ("cache", "target"): _caches,
    ("queue", "service"): _queues,
    ("playbook", "name"): _playbooks,
    ("status", "template"): lambda game: game.response.drafts(),
}
