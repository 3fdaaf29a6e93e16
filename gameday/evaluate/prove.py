"""Proves a scenario: par, what nothing costs, labels, and the claims that every shipped scenario makes.

Owns the order of the work and the sample that CI runs again. Does not write files: the verb does.
"""

from __future__ import annotations

from dataclasses import dataclass

from gameday.evaluate.claims import claim_problems, claims_of, label_problems, moved_problems
from gameday.evaluate.evidence import SAMPLE, Bench, Progress, gather, prove_variant
from gameday.scenario.exercise import Exercise
from gameday.scoring.proof import ENGINE_VERSION, Proof, staleness

SEEDS = 200
LABEL_SEEDS = 20

_SAME = 1e-9


@dataclass(frozen=True)
class Proved:
    """The proof, and everything that is wrong with the scenario by it, as sentences."""

    proof: Proof
    problems: tuple[str, ...]


def prove(
    exercise: Exercise,
    seeds: int = SEEDS,
    label_seeds: int = LABEL_SEEDS,
    progress: Progress | None = None,
    *,
    processes: int | None = None,
    previous: Proof | None = None,
) -> Proved:
    """Runs the reference responder and nobody over the same `seeds`, the mitigations over `label_seeds`.

    `previous` is the proof that was there: a par that moved by more than 10 % is a problem. Raises SessionBroken.
    """
    evidence = gather(Bench(exercise, processes, progress), seeds, label_seeds)
    variants = {variant: prove_variant(evidence, variant) for variant in evidence.runs}
    proof = Proof(
        scenario=exercise.name,
        scenario_digest=exercise.digest,
        engine_version=ENGINE_VERSION,
        seeds=seeds,
        label_seeds=min(label_seeds, seeds),
        horizon=evidence.horizon,
        variants=variants,
        cpu_seconds=round(evidence.cpu, 1),
    )
    claims = claims_of(evidence, proof)
    problems = claim_problems(claims)
    problems += label_problems(exercise, variants)
    problems += moved_problems(proof, previous)
    return Proved(proof.model_copy(update={"claims": claims}), tuple(problems))


def recheck(
    exercise: Exercise,
    proof: Proof,
    seeds: int = 3,
    progress: Progress | None = None,
    *,
    processes: int | None = None,
) -> list[str]:
    """Whether the proof is today's: its digests, and the B of the first `seeds` (at most 5) run again. For CI."""
    if stale := staleness(proof, exercise):
        return [stale]
    bench, count = Bench(exercise, processes, progress), min(seeds, SAMPLE)
    problems = []
    for responder in ("playbook", "idle"):
        found = bench.run(f"a sample of {responder}", responder, list(proof.variants), count, proof.horizon)
        for variant, results in found.items():
            proved = proof.variants[variant]
            stored = proved.first_playbook if responder == "playbook" else proved.first_idle
            for result, bad in zip(results, stored, strict=False):
                if abs(result.bad - bad) > _SAME * max(1.0, abs(bad)):
                    problems.append(
                        f"variant {variant}, {responder}, seed {result.seed}: {bad:.6g} bad requests are stored, "
                        f"{result.bad:.6g} come out; run gameday prove"
                    )
    return problems


def unkept(exercise: Exercise, proof: Proof) -> list[str]:
    """What a proof of today says against its scenario: claims that do not hold, labels that are not those claimed."""
    return [*claim_problems(proof.claims), *label_problems(exercise, proof.variants)]
