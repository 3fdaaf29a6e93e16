from __future__ import annotations

import gc

from gameday.engine.world import World
from gameday.session import collector
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


def count_worlds():
    return len([one for one in gc.get_objects() if isinstance(one, World)])


def test_a_trial_that_is_over_leaves_no_world_behind(tiny):
    gc.collect()
    before = count_worlds()
    collector.relax()
    try:
        worlds = [count_worlds() for _ in run_many(jobs_of(tiny, 4), processes=1)]
    finally:
        gc.set_threshold(700, 10, 10)
    assert worlds == [before] * 4
