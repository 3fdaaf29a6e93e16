"""The proof of a scenario: what is computed about it, stored as JSON beside it, and never in it.

Owns the model, its file and whether it is still today's. Does not own how it is computed (`gameday.evaluate.prove`).
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from gameday import __version__
from gameday.core.errors import GamedayError
from gameday.core.kinds.base import Model
from gameday.core.text import clean
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Scenario

ENGINE_VERSION = __version__
"""What a proof says it was computed by."""

MINUTE = 60 * MICRO

Seconds = Annotated[float, Field(allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
"""What is divided by, or compared with, must be a number."""


class ProofUnreadable(GamedayError):
    """A proof file that is not one; the text says what is wrong with it."""


class Par(Model):
    """Medians over the reference responder's runs: seconds since impact began, which is in seconds since the start.

    A time is None where at least half of the runs never came to it.
    """

    impact_began: Seconds | None = None
    detected: Seconds | None = None
    acknowledged: Seconds | None = None
    engaged: Seconds | None = None
    diagnosed: Seconds | None = None
    mitigated: Seconds | None = None
    recovered: Seconds | None = None


class LabelProof(Model):
    """What a mitigation did over the labelling seeds, against doing nothing on the same seeds.

    `ratio` is the median of B / B_nothing seed by seed, `interval` its 95 % interval from order statistics,
    `recovers` the share of runs that recovered.
    """

    label: str
    median: float
    least: float
    most: float
    ratio: float
    interval: tuple[float, float]
    recovers: float
    reason: str


class VariantProof(Model):
    """Everything about one variant: medians over the same seeds each, in the unit of B (weighted, scaled requests)."""

    par: Par
    bad_par: Amount
    bad_nothing: Amount
    floor: Annotated[Amount, Field(description="1 % of the baseline demand up to the horizon")]
    baseline: Annotated[Amount, Field(description="weighted planned demand up to the horizon")]
    served: Annotated[float, Field(description="share of the weighted demand that is served if nobody acts")]
    hurt: Annotated[tuple[str, ...], Field(description="entries that miss their objectives if nobody acts")] = ()
    labels: dict[str, LabelProof] = Field(default_factory=dict)
    first_playbook: Annotated[tuple[float, ...], Field(description="B of the first seeds, for a sample in CI")] = ()
    first_idle: tuple[float, ...] = ()
    cpu_idle: Annotated[float, Field(description="CPU seconds of a run in which nobody acts")] = 0.0


class Claim(Model):
    """Something that every shipped scenario promises, and whether it holds."""

    text: str
    holds: bool
    detail: str = ""


class Proof(Model):
    """NAME.proof.json. `horizon` in microseconds; the same for every variant, so that it tells nothing about them."""

    gameday_proof: Annotated[int, Field(ge=1, le=1)] = 1
    scenario: str
    scenario_digest: str
    engine_version: str
    seeds: int
    label_seeds: int
    horizon: Annotated[int, Field(gt=0)]
    variants: dict[str, VariantProof]
    claims: tuple[Claim, ...] = ()
    cpu_seconds: Annotated[float, Field(description="what computing all of this cost")] = 0.0

    def write(self, path: Path) -> None:
        """Sorted and indented, so that a change can be read."""
        text = json.dumps(self.model_dump(mode="json"), indent=1, sort_keys=True, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Proof:
        """Raises ProofUnreadable where the file is there and is not a proof, and FileNotFoundError where it is not."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the file"
            reason = f"{where}: {error.errors()[0]['msg']}"
            raise ProofUnreadable(
                clean(f"{path.name} is not a proof ({reason}); run gameday prove", limit=500)
            ) from error


def staleness(proof: Proof, exercise: Exercise) -> str | None:
    """Why the proof is not this scenario's, or not any more; None where it is."""
    if proof.scenario_digest != exercise.plain_digest:
        return f"the proof of {exercise.name} is of another state of the scenario or its playbooks; run gameday prove"
    if proof.engine_version != ENGINE_VERSION:
        return (
            f"the proof of {exercise.name} was computed by version {proof.engine_version}, "
            f"this is {ENGINE_VERSION}; run gameday prove"
        )
    if sorted(proof.variants) != sorted(exercise.scenario.variants):
        return f"the proof of {exercise.name} has not the variants of the scenario; run gameday prove"
    return None


def horizon_of(scenario: Scenario, proof: Proof | None) -> int:
    """Microseconds up to which impact is counted: the scenario's, else the proof's, else the whole duration."""
    if scenario.horizon is not None:
        return min(scenario.horizon, scenario.duration)
    return min(proof.horizon, scenario.duration) if proof is not None else scenario.duration


def default_horizon(scenario: Scenario, pars: list[Par]) -> int:
    """min(duration, impact start of par + 2 x its recovery, rounded up to a minute), the longest over the variants.

    The duration where a variant has no par for its recovery, and never beyond it.
    """
    if scenario.horizon is not None:
        return min(scenario.horizon, scenario.duration)
    horizon = 0
    for par in pars:
        if par.impact_began is None or par.recovered is None:
            return scenario.duration
        needed = round((par.impact_began + 2.0 * par.recovered) * MICRO)
        horizon = max(horizon, math.ceil(needed / MINUTE) * MINUTE)
    return min(horizon, scenario.duration) if pars else scenario.duration
