"""The runs that a proof rests on, and what is made of them: par, what nothing costs, labels.

Owns which runs there are and the medians over them. Does not own what a scenario has to promise (`claims`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gameday.core.units import MICRO
from gameday.evaluate.labels import prove_label
from gameday.evaluate.statistics import median, median_or_never
from gameday.scenario.exercise import Exercise
from gameday.scoring.impact import baseline_demand
from gameday.scoring.proof import LabelProof, Par, VariantProof, default_horizon
from gameday.scoring.times import TIME_NAMES
from gameday.trials.job import MITIGATION, Job, TrialResult
from gameday.trials.pool import run_many

Progress = Callable[[str, int, int], None]
"""Told what is being run, how many runs of it are done, and of how many."""

SAMPLE = 5
"""Seeds whose B is stored one by one, so that CI can run them again."""

FLOOR = 0.01
"""Share of the baseline demand below which differences do not count."""


@dataclass(frozen=True)
class VariantRuns:
    """The runs of one variant, each in the order of its seeds. `random` and the mitigations have fewer seeds."""

    playbook: Sequence[TrialResult]
    idle: Sequence[TrialResult]
    random: Sequence[TrialResult]
    mitigations: Mapping[str, Sequence[TrialResult]]


@dataclass(frozen=True)
class Evidence:
    """All runs, the horizon (microseconds) that they were counted to, and par's times by variant."""

    exercise: Exercise
    horizon: int
    pars: Mapping[str, Par]
    runs: Mapping[str, VariantRuns]
    steady: Sequence[TrialResult]

    @property
    def cpu(self) -> float:
        """CPU seconds of all the runs."""
        total = 0.0
        for runs in self.runs.values():
            for results in (runs.playbook, runs.idle, runs.random, *runs.mitigations.values()):
                for result in results:
                    total += result.cpu
        return total


@dataclass(frozen=True)
class Bench:
    """How runs are made: on how many processes, and who is told of their progress."""

    exercise: Exercise
    processes: int | None = None
    progress: Progress | None = None

    def run(
        self, what: str, responder: str, variants: Sequence[str], seeds: int, horizon: int, keep: int = 0
    ) -> dict[str, list[TrialResult]]:
        """The results by variant, of seeds 1 to `seeds`; the first `keep` of them with their records."""
        jobs = [
            Job(self.exercise, seed, variant, responder, horizon, keep=seed <= keep)
            for variant in variants
            for seed in range(1, seeds + 1)
        ]
        tell = self.progress
        told = None if tell is None else lambda done, total: tell(what, done, total)
        results: dict[str, list[TrialResult]] = {variant: [] for variant in variants}
        for result in run_many(jobs, self.processes, told):
            results[result.variant].append(result)
        return results


def gather(bench: Bench, seeds: int, label_seeds: int) -> Evidence:
    """Runs everything. The reference plays twice where its own times shorten the horizon."""
    scenario = bench.exercise.scenario
    variants, few = list(scenario.variants), min(label_seeds, seeds)
    first = default_horizon(scenario, [])
    playbook = bench.run("the playbook", "playbook", variants, seeds, first, few)
    pars = {variant: par_of(results) for variant, results in playbook.items()}
    horizon = default_horizon(scenario, list(pars.values()))
    if horizon != first:
        playbook = bench.run("the playbook, to the horizon", "playbook", variants, seeds, horizon, few)
    idle = bench.run("nobody", "idle", variants, seeds, horizon, few)
    scattered = bench.run("random commands", "random", variants, few, horizon, few)
    tried = {
        name: bench.run(f"mitigation {name}", MITIGATION + name, list(mitigation.labels) or variants, few, horizon)
        for name, mitigation in scenario.mitigations.items()
    }
    calm = replace(bench, exercise=without_faults(bench.exercise))
    steady = calm.run("no fault", "idle", variants[:1], few, horizon)[variants[0]]
    runs = {
        variant: VariantRuns(
            playbook[variant],
            idle[variant],
            scattered[variant],
            {name: results[variant] for name, results in tried.items() if variant in results},
        )
        for variant in variants
    }
    return Evidence(bench.exercise, horizon, pars, runs, steady)


def without_faults(exercise: Exercise) -> Exercise:
    """The same exercise in its steady state: every variant without its faults, the harmless changes still there."""
    scenario = exercise.scenario
    variants = {name: variant.model_copy(update={"faults": ()}) for name, variant in scenario.variants.items()}
    return replace(exercise, scenario=scenario.model_copy(update={"variants": variants}))


def par_of(results: Sequence[TrialResult]) -> Par:
    """The median of each time over the reference's runs; None where at least half never came to it."""
    began = [result.times.impact_began for result in results]
    medians = {name: median_or_never([result.times.of(name) for result in results]) for name in TIME_NAMES}
    start = median_or_never([None if at is None else at / MICRO for at in began])
    return Par.model_validate({"impact_began": start, **medians})


def prove_variant(evidence: Evidence, variant: str) -> VariantProof:
    """The medians of one variant and the labels of the mitigations in it."""
    runs, scenario = evidence.runs[variant], evidence.exercise.scenario
    baseline = baseline_demand(scenario, evidence.horizon)
    bad_par = round(median([result.bad for result in runs.playbook]), 6)
    bad_nothing = round(median([result.bad for result in runs.idle]), 6)
    arrived = median([result.arrived for result in runs.idle])
    return VariantProof(
        par=evidence.pars[variant],
        bad_par=bad_par,
        bad_nothing=bad_nothing,
        floor=round(FLOOR * baseline, 6),
        baseline=baseline,
        served=round(1.0 - bad_nothing / arrived, 4) if arrived else 1.0,
        hurt=tuple(name for name in scenario.slos if any(name in result.hurt for result in runs.idle)),
        labels={name: _label(runs, tried, bad_par, bad_nothing) for name, tried in runs.mitigations.items()},
        first_playbook=tuple(result.bad for result in runs.playbook[:SAMPLE]),
        first_idle=tuple(result.bad for result in runs.idle[:SAMPLE]),
        cpu_idle=round(median([result.cpu for result in runs.idle]), 2),
    )


def _label(runs: VariantRuns, tried: Sequence[TrialResult], bad_par: float, bad_nothing: float) -> LabelProof:
    idle = [result.bad for result in runs.idle[: len(tried)]]
    par_ratio = bad_par / bad_nothing if bad_nothing else 1.0
    return prove_label([r.bad for r in tried], idle, [r.ending == "recovered" for r in tried], par_ratio)
