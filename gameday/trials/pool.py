"""Many trials: over the cores here, in the order in which they were asked for. The only place that starts processes.

Processes are spawned, not forked, so that it does not matter which threads the caller has.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence

from gameday.session import collector
from gameday.trials.job import Job, TrialResult, run_job

Progress = Callable[[int, int], None]
"""Told how many trials are done, and of how many."""

CHUNK = 4


def run_many(
    jobs: Sequence[Job], processes: int | None = None, progress: Progress | None = None
) -> Iterator[TrialResult]:
    """The results of the jobs, in their order, as they come. With one process, in this one."""
    count = min(processes or os.cpu_count() or 1, len(jobs))
    for done, result in enumerate(_results(jobs, count), start=1):
        if progress is not None:
            progress(done, len(jobs))
        yield result


def _results(jobs: Sequence[Job], processes: int) -> Iterator[TrialResult]:
    if processes <= 1:
        yield from map(_run, jobs)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, initializer=_prepare) as pool:
        yield from pool.imap(_run, jobs, chunksize=min(CHUNK, -(-len(jobs) // processes)))


def _run(job: Job) -> TrialResult:
    """One trial, and no trace of it: a session's parts know each other, so only a collection takes it away."""
    result = run_job(job)
    collector.collect()
    return result


def _prepare() -> None:
    """A worker's settings: an interrupt is its parent's business, and what is loaded now is never collected."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collector.relax()
    collector.freeze()
