from __future__ import annotations

import gc

import pytest

from gameday.session import collector


@pytest.fixture(autouse=True)
def as_before():
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_a_process_that_runs_sessions_collects_seldom():
    before = gc.get_threshold()
    collector.relax()
    assert all(now > then for now, then in zip(gc.get_threshold(), before, strict=True))
    assert gc.isenabled()


def test_what_is_there_already_is_not_looked_at_again():
    collector.freeze()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 10_000
