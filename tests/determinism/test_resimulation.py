"""The same exercise, seed and commands give the same session: in another process, and under any hash seed."""

from __future__ import annotations

import json

from gameday.scenario.load import library_names
from tests.determinism.children import Child
from tests.determinism.fingerprints import SEEDS


def test_three_processes_with_three_hash_seeds_play_the_library_to_equal_digests() -> None:
    children = [Child("tests.determinism.fingerprints", hash_seed=seed) for seed in (0, 1, 4242)]
    first, *others = (json.loads(child.answer()) for child in children)
    assert len(first) == 2 * len(library_names()) * SEEDS >= 6
    assert len(set(first.values())) == len(first)
    assert others == [first, first]
