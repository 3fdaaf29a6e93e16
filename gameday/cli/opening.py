"""What every verb that runs a scenario does first: the exercise, its proof where there is one of today, its variant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from gameday.cli.output import tell
from gameday.core.text import clean_line, did_you_mean
from gameday.scenario.exercise import Exercise
from gameday.scenario.library import proof_path
from gameday.scenario.load import find_scenario, load
from gameday.scoring.proof import Proof, horizon_of, staleness


@dataclass(frozen=True)
class Opened:
    """An exercise that can be run. `proof` is today's or None; `horizon` in microseconds."""

    path: Path
    exercise: Exercise
    proof: Proof | None

    @property
    def horizon(self) -> int:
        return horizon_of(self.exercise.scenario, self.proof)


def open_exercise(name_or_path: str, *, scored: bool = True) -> Opened:
    """Loads a scenario. Where it will be `scored` and there is no proof of it, says so. Raises InputError."""
    path = find_scenario(name_or_path)
    exercise = load(name_or_path)
    proof, reason = find_todays_proof(path, exercise)
    if scored and proof is None:
        tell(f"note: {reason}; without it recovery time and customer impact are not scored")
    return Opened(path, exercise, proof)


def find_todays_proof(scenario_path: Path, exercise: Exercise) -> tuple[Proof | None, str]:
    """The proof beside the scenario, or None and why. Raises ProofUnreadable."""
    path = proof_path(scenario_path)
    if not path.is_file():
        return None, f"there is no proof of {exercise.name}; run gameday prove"
    proof = Proof.read(path)
    reason = staleness(proof, exercise)
    return (proof, "") if reason is None else (None, reason)


def chosen_variant(exercise: Exercise, name: str | None) -> str | None:
    """The variant that was asked for, None for the one that the seed draws. Raises click.BadParameter."""
    variants = list(exercise.scenario.variants)
    if name is None or name in variants:
        return name
    hint = did_you_mean(name, variants) or f"; there is {', '.join(variants)}"
    raise click.BadParameter(f'"{clean_line(name, 60)}" is not a variant of {exercise.name}{hint}')
