"""What every verb that runs a scenario does first: the exercise, its proof where there is one of today, its variant."""

from __future__ import annotations

from dataclasses import dataclass

import click

from gameday.cli.output import tell
from gameday.core.text import clean_line, did_you_mean
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import find_scenario, load
from gameday.scoring.finding import find_proof, source_of
from gameday.scoring.proof import Proof, horizon_of


@dataclass(frozen=True)
class Opened:
    """An exercise that can be run. `proof` is today's or None; `source` is for a journal; `horizon` in microseconds."""

    source: str
    exercise: Exercise
    proof: Proof | None

    @property
    def horizon(self) -> int:
        return horizon_of(self.exercise.scenario, self.proof)


def open_exercise(name_or_path: str, *, scored: bool = True) -> Opened:
    """Loads a scenario. Where it will be `scored` and there is no proof of it, says so. Raises InputError."""
    source = source_of(find_scenario(name_or_path))
    exercise = load(name_or_path)
    found = find_proof(exercise, source)
    if scored and found.note:
        tell(f"note: {found.note}")
    return Opened(source, exercise, found.proof)


def chosen_variant(exercise: Exercise, name: str | None) -> str | None:
    """The variant that was asked for, None for the one that the seed draws. Raises click.BadParameter."""
    variants = list(exercise.scenario.variants)
    if name is None or name in variants:
        return name
    hint = did_you_mean(name, variants) or f"; there is {', '.join(variants)}"
    raise click.BadParameter(f'"{clean_line(name, 60)}" is not a variant of {exercise.name}{hint}')
