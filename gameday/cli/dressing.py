"""Options that change how a scenario is played: hats, modifiers, several people at one terminal.

What they do is loaded only where they are put on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from gameday.cli.parameters import usage_error
from gameday.scenario.offers import HAT_WORDS, MODIFIER_WORDS

if TYPE_CHECKING:
    from gameday.scenario.exercise import Exercise

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def _listed(title: str, words: Mapping[str, str]) -> str:
    rows = "\n".join(f"  {name:<24}{text}" for name, text in words.items())
    return f"\b\n{title}\n{rows}"


EPILOG = "\n\n".join((_listed("Hats:", HAT_WORDS), _listed("Modifiers:", MODIFIER_WORDS)))
"""What stands below the options in the help."""


def dressing_options(command: Decorated) -> Decorated:
    """`--hat`, `--modifier` and `--player`."""
    for option in (
        click.option(
            "--player",
            "players",
            multiple=True,
            metavar="NAME",
            help="Somebody else who is played here too (repeatable); sign for them: as bo: restart payments.",
        ),
        click.option(
            "--modifier", "modifiers", multiple=True, metavar="NAME", help="Make it harder (repeatable); see below."
        ),
        click.option("--hat", metavar="|".join(HAT_WORDS), help="The seat from which you play; see below."),
    ):
        command = option(command)
    return command


def dressed(exercise: Exercise, hat: str | None, modifiers: Sequence[str]) -> Exercise:
    """The exercise with a hat and modifiers. Raises click.UsageError for a name that there is not."""
    from gameday.scenario.hats import HATS
    from gameday.scenario.modifiers import MODIFIERS

    if hat is not None and hat not in HATS:
        raise _unknown("hat", hat, list(HATS))
    for name in modifiers:
        if name not in MODIFIERS:
            raise _unknown("modifier", name, list(MODIFIERS))
    if hat is None and not modifiers:
        return exercise
    return exercise.dressed(hat or "", list(dict.fromkeys(modifiers)))


def dress_words(exercise: Exercise) -> str:
    """`with the hat commander and the modifier swoop`; empty for the plain scenario."""
    parts = [f"the hat {exercise.hat}"] if exercise.hat else []
    if exercise.modifiers:
        parts.append(f"the modifier{'s' * (len(exercise.modifiers) > 1)} {', '.join(exercise.modifiers)}")
    return f"with {' and '.join(parts)}" if parts else ""


def chosen_players(exercise: Exercise, names: Sequence[str]) -> tuple[str, ...] | None:
    """Who is played: those named, after the scenario's seat where that is not among them. None where nobody is named.

    Raises click.UsageError for somebody that there is not.
    """
    people = exercise.scenario.people
    for name in names:
        if name not in people:
            raise _unknown("person of this scenario", name, list(people))
    if not names:
        return None
    seats = () if exercise.player in names else (exercise.player,)
    return tuple(dict.fromkeys((*seats, *names)))


def _unknown(what: str, name: str, known: list[str]) -> click.UsageError:
    from gameday.core.text import clean_line, did_you_mean

    hint = did_you_mean(name, known) or f"; there is {', '.join(known) or 'none'}"
    return usage_error(f'"{clean_line(name, 60)}" is no {what}{hint}')
