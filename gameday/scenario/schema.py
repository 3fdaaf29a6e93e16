"""JSON Schema of the files that people write, for editors: completion, hover texts, problems while typing.

Owns what differs from the models' own schema: defaults as files write them, words that come from registries. The
committed copies are docs/schema/*.json; a test fails when they are not what this gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema, SchemaSerializer, core_schema

from gameday.core.kinds.base import Model
from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.verbs import VERBS
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.models.roster import OncallFile

MODELS: Mapping[str, type[Model]] = {"scenario": Scenario, "playbook": Playbook, "oncall": OncallFile}
"""What `gameday schema` can print."""

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The draft that every editor's YAML support knows."""

_WORDS: Mapping[tuple[str, str], list[str]] = {
    ("Cause", "mechanism"): list(MECHANISMS),
    ("Cause", "sustaining"): list(SUSTAINING),
    ("ActionRule", "verb"): [verb.name for verb in VERBS.values() if verb.group == "act"],
}
"""Keys whose words stand in a registry: (model, key) -> words."""


class _FileSchema(GenerateJsonSchema):
    """Shows numbers inside as they are written in files: 30000000 as `30s`."""

    def get_default_value(self, schema: core_schema.WithDefaultSchema) -> Any:  # noqa: ANN401 (pydantic's signature)
        value = super().get_default_value(schema)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return SchemaSerializer(_plain(schema["schema"])).to_python(value, mode="json")
        return value


def _plain(schema: CoreSchema) -> CoreSchema:
    """Without the wrapper that allows None, which the serializer does not need."""
    return schema["schema"] if schema["type"] == "nullable" else schema


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of scenario files."""
    return _schema("scenario")


def playbook_schema() -> dict[str, Any]:
    """The JSON Schema of playbook files."""
    return _schema("playbook")


def oncall_schema() -> dict[str, Any]:
    """The JSON Schema of files of only people, schedules and escalation policies."""
    return _schema("oncall")


def schema_text(kind: str) -> str:
    """The schema of a kind of file as the committed copy holds it. Raises KeyError for another kind."""
    return json.dumps(_schema(kind), indent=1) + "\n"


def _schema(kind: str) -> dict[str, Any]:
    schema = MODELS[kind].model_json_schema(by_alias=True, schema_generator=_FileSchema)
    for definition in schema.get("$defs", {}).values():
        _tidy(definition)
    _tidy(schema)
    return {"$schema": DIALECT, **schema, "title": f"gameday {kind}"}


def _tidy(definition: JsonSchemaValue) -> None:
    """Drops what only repeats a key's name, and "or null", which nobody should write."""
    for key, member in definition.get("properties", {}).items():
        member.pop("title", None)
        if member.get("default", 0) is None:
            del member["default"]
        choices = member.get("anyOf", [])
        if {"type": "null"} in choices:
            choices.remove({"type": "null"})
        if len(choices) == 1:
            only = member.pop("anyOf")[0]
            member.update({name: value for name, value in only.items() if name not in member})
        words = _WORDS.get((str(definition.get("title")), key))
        if words is not None:
            member["enum"] = words
