"""What every shipped scenario promises. The proofs are computed by `make prove`; here a sample is run again."""

from __future__ import annotations

import pytest

from gameday.evaluate.prove import recheck
from gameday.scenario.library import library_names, library_path, proof_path
from gameday.scenario.load import check_paths, load
from gameday.scoring.proof import Proof
from gameday.trials.job import run_one

NAMES = library_names()


def test_the_library_is_there():
    assert set(NAMES) >= {"retry-storm", "otel-shop", "nobody-answers"}


@pytest.fixture(params=NAMES, scope="module")
def exercise(request):
    return load(request.param)


@pytest.fixture(scope="module")
def proof(exercise):
    return Proof.read(proof_path(library_path(exercise.name)))


def test_it_has_no_error(exercise):
    problems, unreadable = check_paths([library_path(exercise.name)])
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert not unreadable


def test_it_has_variants_behind_the_same_first_page(exercise, proof):
    assert len(exercise.scenario.variants) >= 2
    assert set(proof.variants) == set(exercise.scenario.variants)


def test_its_proof_is_whole_and_holds(exercise, proof):
    assert proof.seeds >= 200
    assert proof.label_seeds >= 20
    assert [claim.text for claim in proof.claims if not claim.holds] == []


def test_its_labels_are_those_that_simulation_gives(exercise, proof):
    for name, mitigation in exercise.scenario.mitigations.items():
        found = {variant: proved.labels[name].label for variant, proved in proof.variants.items()}
        assert found == dict(mitigation.labels), name


def test_its_proof_is_todays(exercise, proof):
    assert recheck(exercise, proof, seeds=1, processes=1) == []


def test_the_playbook_recovers_and_nobody_does_not(exercise):
    variant = exercise.draw_variant(7)
    assert run_one(exercise, 7, variant, "playbook").ending == "recovered"
    assert run_one(exercise, 7, variant, "idle").ending == "unresolved"


def test_it_cites_its_sources(exercise):
    assert exercise.scenario.sources
    assert exercise.scenario.debrief
    assert exercise.scenario.objectives
