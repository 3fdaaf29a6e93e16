"""Who could do what somebody may not (hands off, no access): whole command lines, the likeliest colleague first.

Owns the order of colleagues. Whether one of them may is judged when the command is given, as for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameday.core.commands import DELEGABLE, Command, parse_command, quote
from gameday.core.errors import CommandError
from gameday.core.signals import PersonView
from gameday.core.verbs import VERBS
from gameday.engine.guardrails import COMMANDER
from gameday.session.names import Game
from gameday.session.seats import is_barred, speakers


@dataclass(frozen=True, slots=True)
class Hand:
    """A line that has `person` do it, and in a few words why them."""

    line: str
    person: str
    what: str


def hands_for(command: Command, game: Game) -> list[Hand]:
    """Who of those who are here could do it; empty where the author does it, or nobody is here."""
    verb = VERBS[command.verb]
    author = command.author or next(iter(game.players), "")
    mine = verb.group not in ("act", "look") or not verb.takes or command.verb not in DELEGABLE
    if mine or not is_barred(author, game):
        return []
    sign = "" if author == next(iter(game.players), "") else f"as {quote(author)}: "
    views = {view.name: view for view in game.response.roster()}
    hands = [name for name in able(command, game) if game.response.is_here(name) and name not in speakers(game)]
    return [
        Hand(f"{sign}delegate {quote(name)} {command.body}", name, _what(name, views.get(name), game)) for name in hands
    ]


def able(command: Command, game: Game) -> list[str]:
    """Everybody else whose hands and access are free, here or not: first those who know it, and of them the idle.

    Commanders touch no keyboard.
    """
    teams = _teams(command, game)
    views = {view.name: view for view in game.response.roster()}
    free = [name for name in game.exercise.scenario.people if name != command.author and _is_able(name, command, game)]
    return sorted(free, key=lambda name: (not _knows(name, command, teams, game), _is_busy(views.get(name))))


def by_hand(line: str, game: Game) -> str:
    """The line as it is handed to the likeliest colleague, or as it is where the author can do it or nobody is here."""
    try:
        hands = hands_for(parse_command(line), game)
    except CommandError:
        return line
    return hands[0].line if hands else line


def _is_able(name: str, command: Command, game: Game) -> bool:
    """Whether somebody may do it; commanders touch no keyboard."""
    if is_barred(name, game) or COMMANDER in (game.exercise.scenario.people[name].roles or ()):
        return False
    return VERBS[command.verb].group != "act" or game.world.operations.may(name, command)


def _teams(command: Command, game: Game) -> tuple[str, ...]:
    """The teams that own what the command names."""
    services = game.exercise.scenario.system.services
    owners = (services[name].team for name in _named(command) if name in services)
    return tuple(team for team in owners if team is not None)


def _named(command: Command) -> Sequence[str]:
    return [part for _, _, value in command.given() for part in value.split(">")]


def _knows(name: str, command: Command, teams: Sequence[str], game: Game) -> bool:
    person = game.exercise.scenario.people[name]
    if person.works is not None and person.works.knows is not None:
        return any(part in person.works.knows for part in _named(command))
    return person.team in teams


def _is_busy(view: PersonView | None) -> bool:
    return view is not None and bool(view.doing)


def _what(name: str, view: PersonView | None, game: Game) -> str:
    person = game.exercise.scenario.people[name]
    title = person.title or person.team
    return f"{title}, busy: {view.doing}" if view is not None and view.doing else title
