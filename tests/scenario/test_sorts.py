"""Files of another sort than the one that is asked for: said to be one, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gameday.core.errors import InputError
from gameday.scenario.importers import Assumed
from gameday.scenario.load import check_paths, load
from gameday.scenario.rosters import load_roster
from tests.scenario.small import PLAYBOOK, SCENARIO, codes, problems_of, write

ROSTER = """\
gameday: 1
people:
  ana: {}
escalation_policies:
  web: {rules: [{escalation_delay: 5m, targets: [ana]}]}
"""


def message_of(path: Path, way) -> str:
    with pytest.raises(InputError) as caught:
        way(path)
    (problem,) = caught.value.problems
    assert problem.code == "other-sort"
    return problem.message


@pytest.mark.parametrize("way", [load, lambda path: load_roster(path, Assumed())], ids=["played", "on call"])
def test_a_playbook_is_said_to_be_a_playbook(tmp_path, way):
    path = tmp_path / "steps.yaml"
    path.write_text(PLAYBOOK, encoding="utf-8")
    assert message_of(path, lambda path: way(str(path))).startswith("this is a playbook, not a scenario: a scenario")


def test_an_on_call_file_cannot_be_played_and_says_what_takes_it(tmp_path):
    path = tmp_path / "people.yaml"
    path.write_text(ROSTER, encoding="utf-8")
    assert "gameday oncall simulate takes it" in message_of(path, lambda path: load(str(path)))


def test_a_scenario_among_the_playbooks_is_said_to_be_one(tmp_path):
    (found,) = problems_of(tmp_path, "playbooks: [small]", "playbooks: [small, other]")
    assert found.code == "unknown-playbook"
    (tmp_path / "playbooks" / "other.yaml").write_text(SCENARIO, encoding="utf-8")
    (found,) = check_paths([tmp_path / "scenarios"])[0]
    assert found.message == '"other" is no playbook, but a scenario'


def test_a_recording_is_said_to_be_one(tmp_path):
    path = tmp_path / "session.jsonl"
    path.write_text('{"k":"header","started":"x"}\n{"k":"tick"}\n', encoding="utf-8")
    assert check_paths([path])[0][0].message == "this is the recording of a session; gameday replay takes it"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"gameday_proof": 1, "variants": {}, "scenario": "x"}, "the proof of a scenario"),
        ({"escalation_policies": [], "limit": 25}, "PagerDuty"),
        ({"terraform_version": "1", "values": {}}, "terraform show"),
    ],
)
def test_json_that_is_no_file_of_ours_is_said_to_be_what_it_is(tmp_path, data, words):
    path = tmp_path / "other.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    (found,) = check_paths([path])[0]
    assert found.code == "other-sort"
    assert words in found.message


def test_a_file_without_any_known_key_is_answered_in_one_line(tmp_path):
    path = tmp_path / "compose.yaml"
    path.write_text("version: '3'\nx-default: {a: 1}\nnetworks: {b: 2}\n", encoding="utf-8")
    (found,) = check_paths([path])[0]
    assert "none of its keys is known" in found.message


def test_mistyped_steps_are_still_those_of_a_playbook(tmp_path):
    path = tmp_path / "steps.yaml"
    path.write_text(PLAYBOOK.replace("steps:", "stesp:"), encoding="utf-8")
    assert [problem.message for problem in check_paths([path])[0]] == ['unknown key "stesp"; did you mean "steps"?']


def test_a_file_that_forgot_its_version_is_still_checked_as_what_it_is(tmp_path):
    path = write(tmp_path, SCENARIO.replace("gameday: 1\n", "").replace("[restart store]", "[restart stor]"))
    assert codes(check_paths([path])[0]) == ["missing-key", "unknown-service"]
