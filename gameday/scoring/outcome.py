"""The outcome of a session: how it ended, its times, its impact and its score; what `gameday run --json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gameday.scoring.closing import closed_at
from gameday.scoring.impact import Impact, measure_impact
from gameday.scoring.proof import Proof
from gameday.scoring.score import Score, case_of, score_case
from gameday.scoring.times import Times, measure_times
from gameday.session.record import SessionRecord

Ending = Literal["recovered", "unresolved", "false-recovery", "aborted"]


@dataclass(frozen=True)
class Outcome:
    """All that is measured about a finished session."""

    scenario: str
    variant: str
    scenario_digest: str
    seed: int
    responder: str
    ending: Ending
    times: Times
    impact: Impact
    score: Score
    digest: str
    hat: str = ""
    modifiers: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The object of the command line's contract."""
        return {
            "scenario": self.scenario,
            "variant": self.variant,
            "scenario_digest": self.scenario_digest,
            "seed": self.seed,
            "responder": self.responder,
            "hat": self.hat or None,
            "modifiers": list(self.modifiers),
            "ending": self.ending,
            "times": self.times.to_json(),
            "impact": self.impact.to_json(),
            "score": self.score.to_json(),
            "digest": self.digest,
        }


def outcome_of(record: SessionRecord, proof: Proof | None) -> Outcome:
    """Measures and scores a session; without a proof part of the score stays open."""
    times, impact = measure_times(record), measure_impact(record)
    return Outcome(
        scenario=record.exercise.name,
        variant=record.variant,
        scenario_digest=record.exercise.digest,
        seed=record.seed,
        responder=record.responder,
        ending=ending_of(record, times),
        times=times,
        impact=impact,
        score=score_case(case_of(record, proof, times, impact)),
        digest=record.digest,
        hat=record.exercise.hat,
        modifiers=record.exercise.modifiers,
    )


def ending_of(record: SessionRecord, times: Times) -> Ending:
    """`recovered` where it did, or where there was no impact and nobody stopped it; else what became of it."""
    if times.recovered is not None or (times.impact_began is None and not record.aborted):
        return "recovered"
    if times.impact_began is not None and closed_at(record) is not None:
        return "false-recovery"
    return "aborted" if record.aborted else "unresolved"
