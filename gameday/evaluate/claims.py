"""What every shipped scenario promises, checked on the runs of its proof. Each claim is one function.

A claim that fails is a problem; so is a label that is not what the scenario says. Where a fault hurts nobody, there is
nothing to recover from or to save: that is the first problem, and no other claim about its effect holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gameday.evaluate.evidence import Evidence
from gameday.evaluate.labels import UNCLEAR
from gameday.evaluate.statistics import median, median_or_never
from gameday.scenario.exercise import Exercise
from gameday.scoring.customer_impact import WAITING_IS_RIGHT
from gameday.scoring.proof import Claim, Proof, VariantProof
from gameday.scoring.score import score
from gameday.trials.job import TrialResult

SEEDS = 20
"""Runs over which the playbook has to recover and idle must not."""
COSTS_MORE = 3.0
SERVED_LEAST = 0.35
"""Share of the weighted demand that must still be served if nobody acts, so that there is room for harm."""
PAGES_WITHIN = 60.0
"""Seconds between the first pages of the variants."""
PAR_MOVES = 0.1
COST_MOST = 5.0
"""CPU seconds of a run in which nobody acts."""
OTHERS_LEAST = 2
"""Mitigations that are not right, whose label is clear: what one might try and should not, or not alone."""
HURTS_NOBODY = "the fault hurts nobody: no entry ever misses its objective"


def claims_of(evidence: Evidence, proof: Proof) -> tuple[Claim, ...]:
    """All claims; `proof` is the proof so far, which the ranking of responders is scored with."""
    found = [_hurts(variant, proved) for variant, proved in proof.variants.items()]
    found += [_no_false_alert(evidence), _same_first_page(evidence)]
    for variant, proved in proof.variants.items():
        about_effect = [
            _playbook_recovers(evidence, variant),
            _idle_does_not(evidence, variant, proved),
            _room_for_harm(variant, proved),
            _moves(variant, proved),
            _ranks(evidence, proof, variant),
        ]
        found += about_effect if proved.hurt else [_vacuous(claim) for claim in about_effect]
        found.append(_cheap(variant, proved))
    return tuple(found)


def claim_problems(claims: Sequence[Claim]) -> list[str]:
    """A sentence for each claim that does not hold; for a fault that hurts nobody one for all that it takes along."""
    return [
        claim.detail if claim.detail.endswith(HURTS_NOBODY) else f"{claim.text}: it is not so ({claim.detail})"
        for claim in claims
        if not claim.holds and claim.detail != HURTS_NOBODY
    ]


def label_problems(exercise: Exercise, variants: Mapping[str, VariantProof]) -> list[str]:
    """Where a computed label is not the one that the scenario claims."""
    problems = []
    for name, mitigation in exercise.scenario.mitigations.items():
        for variant, claimed in mitigation.labels.items():
            proved = variants[variant].labels.get(name)
            if proved is None:
                problems.append(f'there is no label of mitigation "{name}" in variant "{variant}"; run gameday prove')
            elif proved.label != claimed:
                problems.append(
                    f'mitigation "{name}" in variant "{variant}" is said to be {claimed}, '
                    f"and simulation says {proved.label}: {proved.reason}"
                )
    return problems


def waiting_note(variants: Mapping[str, VariantProof]) -> str | None:
    """What to tell an author in whose scenario nobody gains by acting."""
    if not variants or not all(_waiting_is_right(proved) for proved in variants.values()):
        return None
    return "waiting is right in every variant: whoever acts gains nothing by it, and learns nothing from it"


def moved_problems(now: Proof, before: Proof | None) -> list[str]:
    """Where par is more than 10 % away from the proof that was there."""
    problems = []
    for variant, proved in now.variants.items():
        old = None if before is None else before.variants.get(variant)
        if old is None:
            continue
        pairs = (
            ("bad requests", old.bad_par, proved.bad_par),
            ("recovery", old.par.recovered, proved.par.recovered),
        )
        for what, was, value in pairs:
            if was is None or value is None:
                if was is not value:
                    problems.append(f'par\'s {what} in variant "{variant}" was {_text(was)} and is {_text(value)}')
            elif abs(value - was) > PAR_MOVES * abs(was):
                problems.append(
                    f'par\'s {what} in variant "{variant}" moved by more than 10 %: {was:.0f} to {value:.0f}'
                )
    return problems


def _text(value: float | None) -> str:
    return "never" if value is None else f"{value:.0f}"


def _hurts(variant: str, proved: VariantProof) -> Claim:
    text = f"{variant}: if nobody acts, some entry misses its objective in two windows in a row"
    detail = ", ".join(proved.hurt) if proved.hurt else f"{variant}: {HURTS_NOBODY}"
    return Claim(text=text, holds=bool(proved.hurt), detail=detail)


def _vacuous(claim: Claim) -> Claim:
    return claim.model_copy(update={"holds": False, "detail": HURTS_NOBODY})


def _no_false_alert(evidence: Evidence) -> Claim:
    fired = [result for result in evidence.steady if result.alerts]
    detail = f"seed {fired[0].seed}: {fired[0].alerts[0]}" if fired else f"{len(evidence.steady)} runs"
    return Claim(text="without a fault no alert fires", holds=not fired, detail=detail)


def _same_first_page(evidence: Evidence) -> Claim:
    pages = {name: median_or_never([r.first_page for r in runs.idle]) for name, runs in evidence.runs.items()}
    known = [at for at in pages.values() if at is not None]
    holds = len(known) == len(pages) and max(known) - min(known) <= PAGES_WITHIN
    detail = ", ".join(f"{name} {'never' if at is None else f'{at:.0f} s'}" for name, at in pages.items())
    return Claim(text="the first pages of the variants come within a minute of each other", holds=holds, detail=detail)


def _playbook_recovers(evidence: Evidence, variant: str) -> Claim:
    runs = evidence.runs[variant].playbook[:SEEDS]
    late = [result for result in runs if not _recovers_by(result, evidence.horizon)]
    detail = f"not with seed {', '.join(str(result.seed) for result in late[:5])}" if late else f"{len(runs)} seeds"
    return Claim(text=f"{variant}: the playbook recovers within the horizon", holds=not late, detail=detail)


def _recovers_by(result: TrialResult, horizon: int) -> bool:
    """A run without impact has nothing to recover from and ends as recovered, as `run` says it."""
    if result.times.impact_began is None:
        return result.ending == "recovered"
    at = result.times.instant("recovered")
    return at is not None and at <= horizon


def _idle_does_not(evidence: Evidence, variant: str, proved: VariantProof) -> Claim:
    runs = evidence.runs[variant].idle[:SEEDS]
    healed = sum(result.ending == "recovered" for result in runs)
    dear = proved.bad_nothing > 0.0 and proved.bad_nothing >= COSTS_MORE * proved.bad_par
    detail = f"{healed} of {len(runs)} runs recover, {proved.bad_nothing:.0f} against par's {proved.bad_par:.0f}"
    if healed and not dear and _waiting_is_right(proved):
        text = f"{variant}: waiting is right, so it may recover if nobody acts"
        return Claim(text=text, holds=True, detail=f"{_saves(proved)}; {detail}")
    text = f"{variant}: if nobody acts it does not recover, or costs three times par"
    return Claim(text=text, holds=not healed or dear, detail=detail)


def _room_for_harm(variant: str, proved: VariantProof) -> Claim:
    text = f"{variant}: at least {SERVED_LEAST:.0%} of the weighted demand is still served if nobody acts"
    return Claim(text=text, holds=proved.served >= SERVED_LEAST, detail=f"{proved.served:.0%}")


def _moves(variant: str, proved: VariantProof) -> Claim:
    labels = [label.label for label in proved.labels.values()]
    right = labels.count("right")
    others = len(labels) - right - labels.count(UNCLEAR)
    waiting = not right and _waiting_is_right(proved)
    lacks = []
    if not right and not waiting:
        lacks.append("none is right")
    if others < OTHERS_LEAST:
        lacks.append(f"{others} of the others {'is' if others == 1 else 'are'} plausible")
    found = ", ".join(labels) or "there is none"
    if waiting:
        text = f"{variant}: waiting is right, and {OTHERS_LEAST} mitigations are plausible (clearly labelled)"
        found = f"{_saves(proved)}; {found}"
    else:
        others_are = f"{OTHERS_LEAST} others are plausible (clearly labelled, and not right)"
        text = f"{variant}: a mitigation is right, and {others_are}"
    return Claim(text=text, holds=not lacks, detail=": ".join([" and ".join(lacks), found]) if lacks else found)


def _ranks(evidence: Evidence, proof: Proof, variant: str) -> Claim:
    runs = evidence.runs[variant]
    totals = {
        name: _median_score(results, proof)
        for name, results in (("playbook", runs.playbook), ("idle", runs.idle), ("random", runs.random))
    }
    holds = max(totals["idle"], totals["random"]) < totals["playbook"]
    detail = ", ".join(f"{name} {total:.0f}" for name, total in totals.items())
    return Claim(text=f"{variant}: idle and random score below the playbook", holds=holds, detail=detail)


def _median_score(results: Sequence[TrialResult], proof: Proof) -> float:
    scores = [score(result.record, proof).total for result in results if result.record is not None]
    return median([total for total in scores if total is not None] or [0.0])


def _cheap(variant: str, proved: VariantProof) -> Claim:
    text = f"{variant}: a run in which nobody acts costs at most {COST_MOST:.0f} CPU seconds"
    return Claim(text=text, holds=proved.cpu_idle <= COST_MOST, detail=f"{proved.cpu_idle:.1f} s")


def _waiting_is_right(proved: VariantProof) -> bool:
    saved = proved.bad_nothing - proved.bad_par
    return proved.bad_nothing > 0.0 and saved <= WAITING_IS_RIGHT * proved.bad_nothing


def _saves(proved: VariantProof) -> str:
    """How little acting gains."""
    saved = 1.0 - proved.bad_par / proved.bad_nothing
    return "the playbook saves nothing" if saved < 0.005 else f"the playbook saves {saved:.0%} of the bad requests"
