"""One trial: a session played by a responder to its end, and what is measured of it as plain values.

Owns what a trial is. Does not own processes (`gameday.trials.pool`) or what many trials mean (`gameday.evaluate`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gameday.core.errors import GamedayError
from gameday.core.events import Paged
from gameday.core.units import MICRO
from gameday.response.policy import Policy
from gameday.response.responder import make_policy, mitigate
from gameday.scenario.exercise import Exercise
from gameday.scoring.impact import bad_requests, weighted_arrivals
from gameday.scoring.outcome import ending_of
from gameday.scoring.times import Times, alerts_with_reason, measure_times
from gameday.scoring.windows import entries_missed
from gameday.session.drive import drive
from gameday.session.record import SessionRecord
from gameday.session.session import Session

MITIGATION = "mitigation:"
"""Before the name of a mitigation, where the responder tries that."""


@dataclass(frozen=True)
class Job:
    """What is to be run. `responder`: idle, playbook, random or mitigation:NAME. `keep` returns the whole record.

    `horizon` in microseconds; the scenario's, or its duration, if None.
    """

    exercise: Exercise
    seed: int
    variant: str
    responder: str
    horizon: int | None = None
    keep: bool = False


@dataclass(frozen=True)
class TrialResult:
    """What came of it. `bad` is B, `arrived` the demand as B weighs it; `hurt` the entries that missed a window twice
    in a row; `first_page` in seconds since the session began; `cpu` in seconds."""

    seed: int
    variant: str
    responder: str
    times: Times
    ending: str
    bad: float
    arrived: float
    hurt: tuple[str, ...]
    alerts: tuple[str, ...]
    first_page: float | None
    digest: str
    cpu: float
    record: SessionRecord | None = None


class UnknownResponder(GamedayError):
    """A responder's name that is none; the text says which there are."""


def run_one(
    exercise: Exercise,
    seed: int,
    variant: str,
    responder: str,
    *,
    horizon: int | None = None,
    keep: bool = False,
) -> TrialResult:
    """Plays one session without a journal, to its end. Raises UnknownResponder and SessionBroken."""
    return run_job(Job(exercise, seed, variant, responder, horizon, keep))


def run_job(job: Job) -> TrialResult:
    """`run_one` for a job."""
    began = time.process_time()
    session = Session(job.exercise, job.seed, variant=job.variant, responder=job.responder, horizon=job.horizon)
    drive(session, policy_of(job))
    record = session.finish()
    times = measure_times(record)
    pages = [event.at for event in record.events if isinstance(event, Paged)]
    return TrialResult(
        seed=job.seed,
        variant=job.variant,
        responder=job.responder,
        times=times,
        ending=ending_of(record, times),
        bad=bad_requests(record),
        arrived=weighted_arrivals(record),
        hurt=hurt_entries(record),
        alerts=tuple(event.alert for event in alerts_with_reason(record)),
        first_page=pages[0] / MICRO if pages else None,
        digest=record.digest,
        cpu=time.process_time() - began,
        record=record if job.keep else None,
    )


def policy_of(job: Job) -> Policy[Any]:
    """The policy that a responder's name means. Raises UnknownResponder."""
    name = job.responder
    try:
        if name.startswith(MITIGATION):
            return mitigate(job.exercise, name.removeprefix(MITIGATION), job.seed)
        return make_policy(name, job.exercise, job.seed)
    except KeyError:
        raise UnknownResponder(
            f'"{name}" is not a responder; there are idle, playbook, random, mitigation:NAME'
        ) from None


def hurt_entries(record: SessionRecord) -> tuple[str, ...]:
    """Entries that missed their objective in two windows in a row."""
    return tuple(
        name for name, missed in entries_missed(record).items() if any(one and other for one, other in pairwise(missed))
    )
