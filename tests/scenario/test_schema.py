"""The JSON Schema for editors: it takes what the models take, and the committed copy is today's."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from gameday.scenario.library import library_names, library_path, playbooks_dir
from gameday.scenario.schema import MODELS, playbook_schema, scenario_schema, schema_text
from gameday.scenario.source import read
from tests.scenario.small import PLAYBOOK, SCENARIO

DOCS = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize("kind", MODELS)
def test_the_committed_schema_is_todays(kind):
    assert (DOCS / f"{kind}.json").read_text(encoding="utf-8") == schema_text(kind)


@pytest.mark.parametrize("name", library_names())
def test_the_schema_takes_every_scenario_of_the_library(name):
    path = library_path(name)
    assert path is not None
    jsonschema.validate(read(path).value, scenario_schema())


@pytest.mark.parametrize("path", sorted(playbooks_dir().glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_takes_every_playbook_of_the_library(path):
    jsonschema.validate(read(path).value, playbook_schema())


def test_the_schema_refuses_a_key_that_does_not_exist():
    data = yaml.safe_load(SCENARIO.replace("summary: One", "sumary: One"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, scenario_schema())


def test_defaults_are_shown_as_files_write_them():
    definitions = scenario_schema()["$defs"]
    assert definitions["Service"]["properties"]["start_up"]["default"] == "20s"
    assert definitions["Communication"]["properties"]["every"]["default"] == "8m"
    assert "default" not in definitions["Dependency"]["properties"]["timeout"]


def test_a_mechanism_is_completed_from_the_words_of_a_diagnosis():
    cause = scenario_schema()["$defs"]["Cause"]["properties"]
    assert "bad-deploy" in cause["mechanism"]["enum"]
    assert "retry-storm" in cause["sustaining"]["enum"]


def test_every_model_says_what_it_is():
    for schema in (scenario_schema(), playbook_schema()):
        json.dumps(schema)
        assert all(part.get("description") for part in schema["$defs"].values())


def test_the_small_playbook_is_taken():
    jsonschema.validate(yaml.safe_load(PLAYBOOK), playbook_schema())
