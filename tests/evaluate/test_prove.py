"""A whole proof of a tiny scenario, once; then what it says, what it stores and when it is not today's any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameday.evaluate.claims import moved_problems
from gameday.evaluate.evidence import without_faults
from gameday.evaluate.prove import prove, recheck
from gameday.scoring.proof import Proof, horizon_of
from gameday.scoring.score import score
from gameday.trials.job import run_one


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def proved(tiny, told):
    return prove(tiny, seeds=7, label_seeds=6, progress=lambda *line: told.append(line), processes=1)


def test_par_and_nothing_are_medians_over_the_same_seeds(proved):
    variant = proved.proof.variants["deploy"]
    assert 0 < variant.bad_par < variant.bad_nothing < variant.baseline
    assert variant.par.impact_began == 30.0
    assert variant.par.acknowledged < variant.par.mitigated < variant.par.recovered
    assert variant.floor == pytest.approx(variant.baseline / 100)
    assert variant.hurt == ("order",)
    assert 0.4 < variant.served < 0.7


def test_labels_come_out_of_the_runs(proved):
    labels = {name: label.label for name, label in proved.proof.variants["deploy"].labels.items()}
    assert labels == {"back": "right", "again": "useless", "reports": "harmful"}


def test_a_label_that_is_not_what_the_scenario_says_is_a_problem_in_a_sentence(proved):
    wrong = [problem for problem in proved.problems if "reports" in problem]
    assert len(wrong) == 1
    assert 'mitigation "reports" in variant "deploy" is said to be right, and simulation says harmful' in wrong[0]


def test_all_claims_of_a_shipped_scenario_are_checked(proved):
    failed = [claim.text for claim in proved.proof.claims if not claim.holds]
    assert failed == []
    assert len(proved.proof.claims) == 9
    assert len(proved.problems) == 1


def test_progress_is_told_stage_by_stage(proved, told):
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages[0] == "the playbook"
    assert stages[-1] == "no fault"
    assert ("nobody", 7, 7) in told


def test_the_proof_sets_the_horizon_and_scores_a_session(tiny, proved):
    assert horizon_of(tiny.scenario, proved.proof) == proved.proof.horizon <= tiny.scenario.duration
    result = run_one(tiny, 3, "deploy", "playbook", horizon=proved.proof.horizon, keep=True)
    found = score(result.record, proved.proof)
    assert found.total is not None
    assert found.total > 80
    assert found.coverage == 0.9


def test_a_proof_survives_its_file_and_a_sample_run_again(tiny, proved, tmp_path):
    proved.proof.write(tmp_path / "tiny.proof.json")
    read = Proof.read(tmp_path / "tiny.proof.json")
    assert read == proved.proof
    assert recheck(tiny, read, seeds=2, processes=1) == []


def test_a_sample_that_comes_out_otherwise_is_a_problem(tiny, proved):
    variant = proved.proof.variants["deploy"]
    changed = variant.model_copy(update={"first_idle": (variant.first_idle[0] + 1, *variant.first_idle[1:])})
    proof = proved.proof.model_copy(update={"variants": {"deploy": changed}})
    problems = recheck(tiny, proof, seeds=1, processes=1)
    assert len(problems) == 1
    assert problems[0].startswith("variant deploy, idle, seed 1:")


def test_a_stale_proof_says_so_and_runs_nothing(tiny, proved):
    another = replace(tiny, scenario=tiny.scenario.model_copy(update={"title": "Another"}))
    assert recheck(another, proved.proof, processes=1) == [
        "the proof of tiny is of another state of the scenario or its playbooks; run gameday prove"
    ]


def test_a_par_that_moved_by_more_than_a_tenth_is_a_problem(proved):
    variant = proved.proof.variants["deploy"]
    before = proved.proof.model_copy(
        update={"variants": {"deploy": variant.model_copy(update={"bad_par": variant.bad_par * 1.2})}}
    )
    assert moved_problems(proved.proof, before)[0].startswith('par\'s bad requests in variant "deploy" moved')
    assert moved_problems(proved.proof, proved.proof) == []
    assert moved_problems(proved.proof, None) == []


def test_the_steady_state_has_no_fault_and_no_impact(tiny):
    result = run_one(without_faults(tiny), 3, "deploy", "idle")
    assert (result.times.impact_began, result.alerts, result.ending) == (None, (), "recovered")
