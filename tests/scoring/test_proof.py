from __future__ import annotations

import re

import pytest

from gameday.core.units import parse_duration
from gameday.scenario.library import proof_path
from gameday.scoring.proof import (
    Par,
    Proof,
    ProofUnreadable,
    default_horizon,
    horizon_of,
    staleness,
)


def test_a_proof_is_read_back_as_it_was_written(tmp_path, make_proof):
    path = proof_path(tmp_path / "small.yaml")
    make_proof().write(path)
    assert path.name == "small.proof.json"
    assert Proof.read(path) == make_proof()


def test_a_proof_of_another_state_or_version_is_stale(make_proof, exercise, make_exercise):
    proof = make_proof()
    assert staleness(proof, exercise) is None
    assert "run gameday prove" in (staleness(proof, make_exercise(title="Another")) or "")
    assert "0.0.9" in (staleness(proof.model_copy(update={"engine_version": "0.0.9"}), exercise) or "")


def test_a_proof_of_other_variants_is_of_something_else(make_proof, exercise):
    proof = make_proof()
    foreign = {f"other-{name}": variant for name, variant in proof.variants.items()}
    assert "has not the variants" in (staleness(proof.model_copy(update={"variants": foreign}), exercise) or "")
    assert "has not the variants" in (staleness(proof.model_copy(update={"variants": {}}), exercise) or "")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"gameday_proof": 1}', '"\\u001b[2J"', "\udcff"])
def test_a_file_that_is_no_proof_is_refused_in_words(tmp_path, text):
    path = tmp_path / "x.proof.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ProofUnreadable, match=r"x\.proof\.json is not a proof") as refused:
        Proof.read(path)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"), [("bad_par", "NaN"), ("bad_nothing", "-1"), ("floor", "Infinity"), ("horizon", "0")]
)
def test_a_proof_with_figures_that_cannot_be_is_refused(tmp_path, make_proof, name, value):
    path = tmp_path / "x.proof.json"
    make_proof().write(path)
    path.write_text(re.sub(rf'"{name}": [^,\n]+', f'"{name}": {value}', path.read_text()))
    with pytest.raises(ProofUnreadable, match=name):
        Proof.read(path)


@pytest.mark.parametrize(
    ("pars", "horizon"),
    [
        ([Par(impact_began=60, recovered=200)], "8m"),
        ([Par(impact_began=60, recovered=30)], "2m"),
        ([Par(impact_began=60, recovered=30), Par(impact_began=61, recovered=30)], "3m"),
        ([Par(impact_began=60, recovered=900)], "10m"),
        ([Par(impact_began=60, recovered=None)], "10m"),
        ([], "10m"),
    ],
)
def test_the_horizon_is_twice_pars_recovery_rounded_up_to_a_minute_and_within_the_session(exercise, pars, horizon):
    assert default_horizon(exercise.scenario, pars) == parse_duration(horizon)


def test_the_scenarios_own_horizon_comes_first(make_exercise, make_proof):
    scenario = make_exercise(horizon="4m").scenario
    assert horizon_of(scenario, make_proof()) == parse_duration("4m")
    assert default_horizon(scenario, [Par(impact_began=60, recovered=30)]) == parse_duration("4m")


def test_then_the_proofs_then_the_duration(exercise, make_proof):
    proof = make_proof().model_copy(update={"horizon": parse_duration("7m")})
    assert horizon_of(exercise.scenario, proof) == parse_duration("7m")
    assert horizon_of(exercise.scenario, None) == parse_duration("10m")
