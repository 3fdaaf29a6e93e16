"""Who is at the keyboard: for whom commands may be given, whose hands are off it, and the roster of the journal."""

from __future__ import annotations

from collections.abc import Sequence

from gameday.scenario.exercise import Exercise
from gameday.session.names import Game


def speakers(game: Game) -> tuple[str, ...]:
    """For whom whoever is at the keyboard may speak: who is played, then the seats."""
    seats = (seat.person for seat in game.exercise.scenario.seats)
    return tuple(dict.fromkeys((*game.players, *seats))) if game.players else ()


def hands_off(person: str, game: Game) -> bool:
    """Whether somebody neither acts nor looks."""
    return any(seat.person == person and seat.hands_off is True for seat in game.exercise.scenario.seats)


def is_barred(person: str, game: Game) -> bool:
    """Whether somebody may not act and look themselves: hands off, or no access."""
    seats = game.exercise.scenario.seats
    return any(seat.person == person and (seat.hands_off is True or seat.denied is not None) for seat in seats)


def roster_of(exercise: Exercise, players: Sequence[str] | None) -> dict[str, str]:
    """Who is played -> from which seat; nothing where nobody was named and the scenario's own seat is all there is."""
    roles = {seat.person: seat.role for seat in exercise.scenario.seats}
    return {name: roles.get(name, "responder") for name in players or ()}
