from __future__ import annotations

from gameday.trials.job import Job
from gameday.trials.pool import run_many


def jobs_of(tiny, count):
    return [Job(tiny, seed, "deploy", "idle") for seed in range(count)]


def test_results_come_in_the_order_of_the_jobs_whatever_the_number_of_processes(tiny):
    told: list[tuple[int, int]] = []
    alone = list(run_many(jobs_of(tiny, 5), processes=1, progress=lambda done, of: told.append((done, of))))
    together = list(run_many(jobs_of(tiny, 5), processes=2))
    assert [result.seed for result in together] == [0, 1, 2, 3, 4]
    assert [result.digest for result in together] == [result.digest for result in alone]
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_no_jobs_start_no_process():
    assert list(run_many([])) == []
