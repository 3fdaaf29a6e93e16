"""Claims say what they mean, and hold for no variant whose fault hurts nobody."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from gameday.evaluate.claims import HURTS_NOBODY, claim_problems, claims_of, waiting_note
from gameday.evaluate.evidence import Bench, gather, prove_variant
from gameday.evaluate.prove import prove
from gameday.scenario.exercise import Exercise
from gameday.scoring.proof import LabelProof


@pytest.fixture(scope="module")
def harmless(tiny):
    """The tiny scenario, whose bad deploy is as good as the version before."""
    data = tiny.to_json()
    data["scenario"]["variants"]["deploy"]["faults"][0]["effects"] = [{"service": "db", "errors": 0.0}]
    return Exercise.from_json("harmless", data)


@pytest.fixture(scope="module")
def proved_harmless(harmless):
    return prove(harmless, seeds=2, label_seeds=2, processes=1)


def test_a_fault_that_hurts_nobody_is_the_first_problem_said_plainly(proved_harmless):
    assert proved_harmless.problems[0] == f"deploy: {HURTS_NOBODY}"
    assert "no entry ever misses its objective" in proved_harmless.problems[0]
    assert sum(HURTS_NOBODY in problem for problem in proved_harmless.problems) == 1


def test_where_nobody_is_hurt_no_claim_about_the_effect_holds(proved_harmless):
    claims = [claim for claim in proved_harmless.proof.claims if claim.text.startswith("deploy: ")]
    holding = [claim.text for claim in claims if claim.holds]
    assert holding == ["deploy: a run in which nobody acts costs at most 5 CPU seconds"]


def test_a_page_that_never_comes_is_called_never(proved_harmless):
    (claim,) = [claim for claim in proved_harmless.proof.claims if "first pages" in claim.text]
    assert (claim.holds, claim.detail) == (False, "deploy never")


@pytest.fixture(scope="module")
def evidence(tiny):
    return gather(Bench(tiny, processes=1), 2, 2)


@pytest.fixture(scope="module")
def proof(tiny):
    return prove(tiny, seeds=2, label_seeds=2, processes=1).proof


def claim_of(evidence, proof, part, **changes):
    variant = prove_variant(evidence, "deploy").model_copy(update=changes)
    claims = claims_of(evidence, proof.model_copy(update={"variants": {"deploy": variant}}))
    return next(claim for claim in claims if part in claim.text)


def labelled(*labels):
    return {
        f"m{number}": LabelProof(
            label=label, median=1, least=1, most=1, ratio=1, interval=(1, 1), recovers=1.0, reason=""
        )
        for number, label in enumerate(labels)
    }


@pytest.mark.parametrize(
    "labels",
    [
        ("useless", "useless", "right", "useless", "useless", "harmful"),
        ("useless", "right", "right", "useless", "useless", "harmful"),
        ("right", "useless", "stop-gap", "useless", "harmful", "useless"),
        ("right", "stop-gap", "right", "harmful"),
        ("right", "useless", "right", "useless"),
        ("right", "partial", "harmful"),
    ],
)
def test_a_right_move_among_two_plausible_ones_is_what_a_scenario_needs(evidence, proof, labels):
    assert claim_of(evidence, proof, "plausible", labels=labelled(*labels)).holds


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (("right", "unclear", "useless"), "1 of the others is plausible: right, unclear, useless"),
        (("right", "right", "right"), "0 of the others are plausible: right, right, right"),
        (("useless", "harmful"), "none is right: useless, harmful"),
        ((), "none is right and 0 of the others are plausible: there is none"),
    ],
)
def test_moves_that_teach_nothing_fail_with_a_reason(evidence, proof, labels, reason):
    claim = claim_of(evidence, proof, "plausible", labels=labelled(*labels))
    assert (claim.holds, claim.detail) == (False, reason)


def test_nothing_against_nothing_is_not_three_times_as_much(evidence, proof):
    recovering = [replace(result, ending="recovered") for result in evidence.runs["deploy"].idle]
    healed = replace(evidence, runs=MappingProxyType({"deploy": replace(evidence.runs["deploy"], idle=recovering)}))
    assert not claim_of(healed, proof, "three times par", bad_nothing=0.0, bad_par=0.0).holds
    assert claim_of(healed, proof, "three times par", bad_nothing=30.0, bad_par=10.0).holds


def test_where_waiting_is_right_a_claim_that_holds_for_that_says_so(evidence, proof):
    recovering = [replace(result, ending="recovered") for result in evidence.runs["deploy"].idle]
    healed = replace(evidence, runs=MappingProxyType({"deploy": replace(evidence.runs["deploy"], idle=recovering)}))
    waiting = {"bad_nothing": 117195.0, "bad_par": 117385.0, "labels": labelled("useless", "useless")}
    idle, moves = (claim_of(healed, proof, part, **waiting) for part in ("waiting is right, so", "plausible"))
    assert idle.text == "deploy: waiting is right, so it may recover if nobody acts"
    assert idle.detail.startswith("the playbook saves nothing; 2 of 2 runs recover, 117195 against par's 117385")
    assert moves.text == "deploy: waiting is right, and 2 mitigations are plausible (clearly labelled)"
    assert moves.detail == "the playbook saves nothing; useless, useless"
    assert idle.holds and moves.holds
    waiting |= {"bad_par": 109000.0, "labels": labelled("right", "useless", "useless")}
    assert claim_of(healed, proof, "plausible", **waiting).detail == "right, useless, useless"
    assert "saves 7% of the bad requests" in claim_of(healed, proof, "waiting is right, so", **waiting).detail


def test_where_waiting_is_right_in_every_variant_the_author_is_told(proof):
    right = proof.variants["deploy"].model_copy(update={"bad_nothing": 100.0, "bad_par": 95.0})
    wrong = proof.variants["deploy"].model_copy(update={"bad_nothing": 100.0, "bad_par": 50.0})
    assert "learns nothing" in (waiting_note({"one": right, "two": right}) or "")
    assert waiting_note({"one": right, "two": wrong}) is None


def test_a_run_without_impact_counts_as_recovered_as_run_says_it(evidence, proof, harmless):
    calm = gather(Bench(harmless, processes=1), 2, 2).runs["deploy"].playbook
    assert {(result.times.impact_began, result.ending) for result in calm} == {(None, "recovered")}
    some = replace(evidence, runs={"deploy": replace(evidence.runs["deploy"], playbook=calm)})
    assert claim_of(some, proof, "playbook recovers").holds


def test_the_share_that_is_served_is_said_with_its_threshold(evidence, proof):
    claim = claim_of(evidence, proof, "still served", served=0.34)
    assert claim.text == "deploy: at least 35% of the weighted demand is still served if nobody acts"
    assert (claim.holds, claim.detail) == (False, "34%")
    assert claim_problems([claim]) == [f"{claim.text}: it is not so (34%)"]
