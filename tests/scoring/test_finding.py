from __future__ import annotations

import os

import pytest

from gameday.core.units import parse_duration
from gameday.scenario.library import library_path, proof_path
from gameday.scoring.finding import find_proof, source_of
from gameday.scoring.proof import horizon_of


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text("gameday: 1\n")
    return path


def test_the_proof_beside_the_file_of_a_scenario_is_found(scenario, make_proof, exercise):
    make_proof().write(proof_path(scenario))
    found = find_proof(exercise, source_of(scenario))
    assert (found.proof, found.note) == (make_proof(), "")


def test_a_path_is_kept_absolute_and_a_built_in_scenario_by_its_name(scenario, monkeypatch):
    monkeypatch.chdir(scenario.parent)
    assert source_of(scenario.relative_to(scenario.parent)) == str(scenario)
    assert source_of(library_path("retry-storm")) == ""


def test_what_keeps_a_proof_from_being_used_is_said(scenario, make_proof, exercise, make_exercise):
    source = source_of(scenario)
    assert find_proof(exercise, source).note.startswith("there is no proof of ")
    proof_path(scenario).write_text("")
    assert "small.proof.json is not a proof" in find_proof(exercise, source).note
    make_proof().write(proof_path(scenario))
    proof_path(scenario).write_text(proof_path(scenario).read_text()[:100])
    assert "is not a proof" in find_proof(exercise, source).note
    make_proof().write(proof_path(scenario))
    assert "another state" in find_proof(make_exercise(title="Another"), source).note
    assert find_proof(make_exercise(title="Another"), source).proof is None


def test_a_scenario_that_has_moved_has_no_proof(scenario, exercise):
    scenario.unlink()
    assert f"is no longer at {scenario}" in find_proof(exercise, str(scenario)).note


@pytest.mark.parametrize("source", ["/", "small.yaml", "..", "/nowhere/\\x00.yaml", "~"])
def test_a_journal_may_say_anything_about_where_it_came_from(source, exercise):
    found = find_proof(exercise, source)
    assert found.proof is None
    assert found.note


def test_what_is_no_ordinary_file_is_no_proof(scenario, exercise):
    proof_path(scenario).mkdir()
    assert "there is no proof" in find_proof(exercise, str(scenario)).note


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_a_pipe_in_place_of_a_proof_is_not_opened(scenario, exercise):
    os.mkfifo(proof_path(scenario))
    assert "there is no proof" in find_proof(exercise, str(scenario)).note


def test_only_the_horizon_with_which_a_session_began_can_judge_it(scenario, make_proof, exercise):
    make_proof().write(proof_path(scenario))
    began_with = horizon_of(exercise.scenario, make_proof())
    assert find_proof(exercise, str(scenario), horizon=began_with).proof is not None
    later = find_proof(exercise, str(scenario), horizon=began_with + parse_duration("1s"))
    assert later.proof is None
    assert "after this session began" in later.note
