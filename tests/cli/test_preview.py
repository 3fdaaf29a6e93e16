"""`gameday preview`: what happens if nobody acts."""

from __future__ import annotations

import json

from tests.cli.shell import gameday

TINY = "tests/data/scenarios/tiny.yaml"


def test_it_tells_the_truth_and_says_so():
    done = gameday("preview", TINY, "--variant", "slow")
    assert done.returncode == 0
    assert "keep it from players" in done.stderr
    assert "the cause: db, slow" in done.stdout
    assert "00:05 * fault" in done.stdout
    assert "order misses its objective" in done.stdout
    assert "came   00:08" in done.stdout


def test_json_has_the_timeline_and_the_list():
    done = gameday("preview", TINY, "--seed", "3", "--modifier", "executive-swoop", "--json")
    data = json.loads(done.stdout)
    assert data["modifiers"] == ["executive-swoop"]
    assert data["cause"]["component"] == "db"
    assert {"t", "kind", "text", "visible"} == set(data["timeline"][0])
    states = {inject["name"]: inject["state"] for inject in data["injects"]}
    assert states["I1"] == "came"
    assert states["swoop-severity"] == "armed", "it waits for somebody to declare"


def test_the_same_seed_is_told_the_same():
    first, second = (gameday("preview", TINY, "--seed", "4").stdout for _ in range(2))
    assert first == second


def test_an_unknown_modifier_is_a_usage_error():
    done = gameday("preview", TINY, "--modifier", "executive-swop")
    assert done.returncode == 2
    assert 'did you mean "executive-swoop"' in done.stderr
