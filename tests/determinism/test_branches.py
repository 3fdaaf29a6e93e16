"""A branch where nothing is done is the original; another command changes nothing before it."""

from __future__ import annotations

import json
import os

import pytest

from gameday.core.units import MICRO
from tests.determinism.branches import OTHER, POINTS, Played, points
from tests.determinism.children import Child


@pytest.fixture(scope="module")
def branched() -> dict[str, object]:
    if not hasattr(os, "fork"):
        pytest.skip("no fork here: branches are run again from zero")
    return json.loads(Child("tests.determinism.branches", hash_seed=1).answer())


def test_a_branch_where_nothing_is_done_equals_the_original_second_by_second(branched) -> None:
    assert branched["trunk"] == branched["original"]
    assert len(branched["branches"]) == POINTS
    assert [one["at"] for one in branched["branches"] if one["same"] != branched["original"]] == []


def test_another_command_in_a_branch_changes_nothing_before_it_and_something_after(branched) -> None:
    states, digest = branched["original"]
    changed = 0
    for one in branched["branches"]:
        known = one["at"] // MICRO + 1
        assert one["other"][0][:known] == states[:known]
        changed += one["other"][1] != digest
    assert changed > POINTS // 2, "commands that are refused change nothing; most are not"


def test_run_again_from_zero_another_command_changes_nothing_before_it_and_something_after() -> None:
    states, _ = Played().finish()
    changed = 0
    for number, point in enumerate(points()):
        again = Played()
        again.run_to(point)
        other, _ = again.finish(OTHER[number % len(OTHER)])
        assert other[: point // MICRO + 1] == states[: point // MICRO + 1]
        changed += other != states
    assert changed > POINTS // 2
