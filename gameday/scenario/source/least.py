"""The least value that a schema takes: what stands in for a value that cannot be used, so that the rest can be checked.

It means nothing. Names in it are `STAND_IN`, so that what refers to it can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaError, SchemaValidator

from gameday.scenario.source.document import Value
from gameday.scenario.source.walk import LISTS, CoreSchema, SchemaWalk, fields

STAND_IN = "stand-in-for-what-was-wrong"
"""The name, and the text, that stands for one that is not known."""

_SCALARS: tuple[Value, ...] = (STAND_IN, "1d", "1/s", "50%", 1, 0.5, True, "09:00", "2026-01-01T00:00:00Z", "UTC")
_DEEPEST = 12
"""Levels down to which optional parts are made."""


def least(walk: SchemaWalk, schema: CoreSchema, depth: int = 0) -> Value:
    """A value that `schema` takes, with as many names in it as there can be; None where none is found."""
    core = schema
    while core["type"] != "model" and (inner := walk.inner(core)) is not None:
        core = inner
    match core["type"]:
        case "model":
            return _model(walk, core, depth)
        case "dict":
            return _mapping(walk, core, depth)
        case "tagged-union":
            return _first(walk, core["choices"].values(), depth)
        case "union":
            choices = (one[0] if isinstance(one, tuple) else one for one in core["choices"])
            return _scalar(schema) or _first(walk, choices, depth)
        case kind if kind in LISTS:
            return _list(core, least(walk, core.get("items_schema", {"type": "any"}), depth + 1))
        case "tuple":
            return _list(core, least(walk, core["items_schema"][0], depth + 1))
    return _scalar(schema)


def _first(walk: SchemaWalk, choices: Iterable[CoreSchema], depth: int) -> Value:
    made = (least(walk, choice, depth + 1) for choice in choices)
    return next((value for value in made if value is not None), None)


def _list(schema: CoreSchema, item: Value) -> Value:
    """One item is enough wherever one is asked for; without one, an empty list where that will do."""
    if item is None:
        return None if schema.get("min_length") else []
    return [item]


def _mapping(walk: SchemaWalk, schema: CoreSchema, depth: int) -> Value:
    key = _scalar(schema.get("keys_schema", {"type": "any"}))
    value = least(walk, schema.get("values_schema", {"type": "any"}), depth + 1)
    if key is None or value is None:
        return None if schema.get("min_length") else {}
    return {str(key): value}


def _model(walk: SchemaWalk, schema: CoreSchema, depth: int) -> Value:
    """With every key that goes with those before it, the required ones first."""
    cls = cast(type[BaseModel], schema["cls"])
    optional: dict[str, CoreSchema] = {}
    value: dict[str, Value] = {}
    for _, written, member in fields(walk.unwrap(schema)):
        if member["type"] == "default":
            optional[written] = member
        elif (part := least(walk, member, depth + 1)) is not None:
            value[written] = part
    for written, member in optional.items() if depth < _DEEPEST else ():
        part = least(walk, member, depth + 1)
        if part is not None and takes(cls, {**value, written: part}):
            value[written] = part
    return value if takes(cls, value) else None


def _scalar(schema: CoreSchema) -> Value:
    try:
        validator = SchemaValidator(cast(Any, schema))
    except SchemaError:  # it refers to a definition, so it is no scalar
        return None
    words: list[Value] = list(_words(schema))
    for value in (*words, *_SCALARS):
        try:
            validator.validate_python(value)
        except ValidationError:
            continue
        return value
    return None


def _words(schema: CoreSchema) -> list[str]:
    """What a literal allows, wherever it stands in the schema."""
    if schema["type"] == "literal":
        return [str(word) for word in schema["expected"]]
    inside = schema.get("schema")
    return _words(inside) if isinstance(inside, Mapping) else []


def takes(cls: type[BaseModel], value: Value) -> bool:
    """Whether the model takes the value."""
    try:
        cls.model_validate(value)
    except ValidationError:
        return False
    return True
