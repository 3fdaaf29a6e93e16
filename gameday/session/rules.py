"""Whether a command is allowed, and if not, why, in plain words.

Owns authors, names and values. What the system or the people say to it (an action that already runs, a page that is
closed) is asked of the world and the response. Asking changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gameday.core.arguments import value_problem
from gameday.core.commands import Command, command_problem
from gameday.core.errors import CommandError
from gameday.core.text import did_you_mean
from gameday.core.verbs import VERBS, Kind, Parameter
from gameday.scenario.checks.report import CHOICES
from gameday.session.access import approver_problem, closing_problem, seat_problem
from gameday.session.names import Game, names_for

HOT_WASH = ("diagnose", "note")
"""What can still be said when time is over."""

ABOUT_ACTIONS = ("approve", "cancel")
"""Verbs among people that are about actions."""

_LOOSE_CASE = ("severity", "page", "question", "action", "role", "on-off", "means", "step-move", "word", "scope")
"""Kinds of arguments that may be typed in any case."""

_KINDS: Mapping[Kind, str] = {
    "step-move": "step of the playbook",
    "target": "service, edge or entry",
    "drainable": "zone or service",
    "scope": "service",
    "replica": "replica of a database",
    "certificate": "certificate",
    "credential": "credential",
    "procedure": "procedure",
}
_WHAT: Mapping[tuple[str, str], str] = {
    ("page", "person"): "person or team",
    ("queue", "service"): "queue with consumers",
    ("vendor", "service"): "third party",
    ("cache", "target"): "cache",
}
"""What is expected, in words, where the parameter's name does not say it."""


def belongs_to_world(command: Command) -> bool:
    """Whether the world deals with the command (looks, actions and what is done about them), and not the response."""
    return command.verb in ABOUT_ACTIONS or VERBS[command.verb].group in ("act", "look")


def settle(command: Command, game: Game) -> Command:
    """The command with its author and role filled in and its fixed words as they are written.

    So is the command that it carries.
    """
    author = command.author or (game.players[0] if game.players else "")
    arguments = list(command.arguments)
    for index, parameter, value in command.given():
        if index is not None and parameter.kind in _LOOSE_CASE:
            names = names_for(command.verb, parameter, game) or {}
            arguments[index] = next((name for name in names if name.lower() == value.lower()), value)
        elif index is not None and parameter.kind == "command":
            arguments[index] = _settled_text(command, value, game)
    return replace(command, author=author, role=command.role or role_of(author, game), arguments=tuple(arguments))


def _settled_text(command: Command, text: str, game: Game) -> str:
    """The command that this one carries, settled; as it was typed where it cannot be read."""
    try:
        inner = command.inner
    except CommandError:
        return text
    return text if inner is None else settle(inner, game).body


def role_of(person: str, game: Game) -> str:
    """The role that somebody holds now: the one assigned, else the one of their seat, else responder."""
    for role, holder in game.response.incident().roles:
        if holder == person:
            return role
    return next((seat.role for seat in game.exercise.scenario.seats if seat.person == person), "responder")


def problem(command: Command, game: Game) -> str | None:
    """Why a settled command is refused now; None where it is allowed."""
    if game.finished and command.verb not in HOT_WASH:
        return "the session is over"
    return (
        _author_problem(command, game)
        or seat_problem(command, game)
        or closing_problem(command, game)
        or deed_problem(command, game)
    )


def deed_problem(command: Command, game: Game) -> str | None:
    """Why a settled command cannot be done now, whoever gives it; None where it can. Simulated people come in here."""
    reason = _argument_problem(command, game)
    if reason is not None:
        return reason
    part = game.world if belongs_to_world(command) else game.response
    return part.problem(command) or approver_problem(command, game)


def _argument_problem(command: Command, game: Game) -> str | None:
    """What is wrong with names and values, those of a command that this one carries too."""
    for _, parameter, value in command.given():
        reason = _name_problem(command.verb, parameter, value, game) or value_problem(command.verb, parameter, value)
        if reason is not None:
            return reason
    try:
        inner = command.inner
    except CommandError as error:
        return str(error)
    return command_problem(command) if inner is None else _argument_problem(inner, game)


def _author_problem(command: Command, game: Game) -> str | None:
    if not game.players:
        return "nobody plays in this session"
    seats = [seat.person for seat in game.exercise.scenario.seats]
    allowed = list(dict.fromkeys((*game.players, *seats)))
    if command.author in allowed:
        return None
    hint = did_you_mean(command.author, allowed) or f"; who plays: {', '.join(allowed)}"
    return f'"{command.author}" does not play here{hint}'


def _name_problem(verb: str, parameter: Parameter, value: str, game: Game) -> str | None:
    names = names_for(verb, parameter, game)
    if names is None or value in names:
        return None
    match parameter.kind:
        case "on-off" | "means":
            return f'"{value}" is neither {" nor ".join(names)}'
        case "word" | "setting":
            hint = did_you_mean(value, list(names)) or f"; {verb} knows {', '.join(names)}"
            return f'"{value}" is no {parameter.name} of {verb}{hint}'
        case _:
            what = _WHAT.get((verb, parameter.name)) or _KINDS.get(parameter.kind) or parameter.name
    hint = did_you_mean(value, list(names)) or _choice(list(names))
    return f'"{value}" is no {what} here{hint}'


def _choice(names: list[str]) -> str:
    """All there is to choose from, where that is few."""
    if not names:
        return "; there is none"
    return f"; there is {', '.join(names)}" if len(names) <= CHOICES else ""
