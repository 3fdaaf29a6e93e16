"""Who may not, and who could instead: seats without hands or access, and approvals that are somebody else's.

Owns the words that lead on: whom to delegate to, whom to page. The guardrails of actions stand in
`gameday.engine.guardrails`.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.verbs import VERBS
from gameday.engine.guardrails import COMMANDER
from gameday.session.delegating import able
from gameday.session.names import Game


def seat_problem(command: Command, game: Game) -> str | None:
    """Why this seat may not: hands off the keyboard, or no access. Breaking the glass goes past it."""
    verb = VERBS[command.verb]
    seat = next((seat for seat in game.exercise.scenario.seats if seat.person == command.author), None)
    if seat is not None and seat.hands_off and command.verb == "ack":
        return _ack_problem(command, game)
    free = verb.group == "look" and not verb.takes  # the wall is for everybody
    if seat is None or verb.group not in ("act", "look") or command.verb == "breakglass" or free:
        return None
    if seat.hands_off:
        hands = able(command, game)
        who = next((name for name in hands if game.response.is_here(name)), None)
        if who is not None:
            return f"your hands are off the keyboard: delegate {who} {command.body}, or ask {who}"
        return f"your hands are off the keyboard, and nobody is here yet to do it: {_fetch(hands, game)}"
    if seat.denied is not None:
        return f"access denied: {seat.denied}; {_way_round(command, game)}"
    return None


def approver_problem(command: Command, game: Game) -> str | None:
    """Why somebody may not approve: it is for the person whom the rule names, else for the incident commander."""
    if command.verb != "approve":
        return None
    approver = game.world.operations.approver(command.argument("action"))
    if approver != COMMANDER:
        if command.author == approver:
            return None
        here = game.response.is_here(approver)
        return f"{approver} approves this" if here else f"{approver} approves this; page {approver}"
    commander = next((who for role, who in game.response.incident().roles if role == COMMANDER), None)
    if commander is None:
        return "nobody is incident commander yet; who declares the incident is"
    if command.author == commander or not game.response.is_here(commander):
        return None
    return f"{commander} is incident commander, and approves"


def closing_problem(command: Command, game: Game) -> str | None:
    """Why somebody may not close the incident: it is for a simulated commander who is here."""
    if command.verb != "resolve":
        return None
    commander = next((who for role, who in game.response.incident().roles if role == COMMANDER), None)
    if commander is None or commander in (command.author, *game.players) or not game.response.is_here(commander):
        return None
    return f"{commander} leads, and closes the incident; report what speaks for it: can C: ... A: ... N: ..."


def _ack_problem(command: Command, game: Game) -> str | None:
    """Why a commander leaves a page alone: whoever it pages would not come any more."""
    ref = command.argument("page")
    waiting = [page for page in game.response.pages() if page.state == "triggered" and ref in (None, page.ref)]
    if not waiting or any(command.author in page.targets for page in waiting):
        return None
    page = waiting[0]
    who = " and ".join(page.targets) or "nobody"
    return f"{page.ref} pages {who}, who would not come once you take it; wait, escalate, or page somebody else"


def _way_round(command: Command, game: Game) -> str:
    """Who could instead; and the glass, which is there for actions only."""
    hands = able(command, game)
    here = next((name for name in hands if game.response.is_here(name)), None)
    glass = "or break the glass" if VERBS[command.verb].group == "act" else ""
    if here is not None:
        sign = f"as {here}:" if here in game.players or _has_seat(here, game) else f"delegate {here}"
        ways = [f"{here} could: {sign} {command.body}", glass]
        return "; ".join(way for way in ways if way)
    ways = [f"nobody is here who could: {_fetch(hands, game)}", glass]
    return ", ".join(way for way in ways if way)


def _has_seat(person: str, game: Game) -> bool:
    return any(seat.person == person for seat in game.exercise.scenario.seats)


def _fetch(able: list[str], game: Game) -> str:
    """How to get somebody: who is paged already may come."""
    paged = [view.name for view in game.response.roster() if view.state == "paged" and view.name in able]
    if paged:
        return f"{paged[0]} is paged and may come; page others, or phone"
    return f"page somebody, {able[0]} for example" if able else "page somebody"
