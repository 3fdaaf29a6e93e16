"""The least value that a schema takes: what stands in for a value that cannot be used, so that the rest can be checked.

It means nothing. Names in it are `STAND_IN`, so that what refers to it can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import SchemaError, SchemaValidator

from gameday.scenario.source.document import Value
from gameday.scenario.source.walk import LISTS, CoreSchema, SchemaWalk, fields

STAND_IN = "stand-in-for-what-was-wrong"
"""The name, and the text, that stands for one that is not known."""

_SCALARS: tuple[Value, ...] = (STAND_IN, "1d", "1/s", "50%", 1, 0.5, True, "09:00", "2026-01-01T00:00:00Z", "UTC")
_EXTREMES: tuple[Value, ...] = (0, "0.1%", "100%", 1e5, 100, "1us", "30s", "1h", "9/s", False, "2100-01-01T00:00:00Z")
"""What differs from those as much as can be: where rules compare, they differ too."""
_LIKENESSES = 12
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


def spread(walk: SchemaWalk, schema: CoreSchema, depth: int = 0) -> tuple[Value, ...]:
    """Values for `schema`, as unlike each other as there can be: every word, the least and the most.

    Lists and mappings among them may be refused: they are tried for what a rule says of them. Nothing where not one
    value is known, or so few that they say little.
    """
    core = schema
    while core["type"] != "model" and (inner := walk.inner(core)) is not None:
        core = inner
    found = [least(walk, schema, depth), *(_collections(walk, core, depth + 1) if depth < _DEEPEST else ())]
    if found[0] is None or found[0] in ([], {}):
        return ()
    if not isinstance(found[0], dict | list):
        found += _taken(schema, [*_words(schema), *_limits(core), *_SCALARS, *_EXTREMES])
    values: list[Value] = []
    for value in found:
        if value is not None and not any(value == one and type(value) is type(one) for one in values):
            values.append(value)
    return tuple(values)


def _collections(walk: SchemaWalk, core: CoreSchema, depth: int) -> list[Value]:
    """None at all, and one of each."""
    if core["type"] == "model":
        return list(_likenesses(cast(type[BaseModel], core["cls"]), depth))
    if core["type"] == "dict":
        values = spread(walk, core.get("values_schema", {"type": "any"}), depth)
        return [{}, *({STAND_IN: value} for value in values)]
    if core["type"] not in (*LISTS, "tuple"):
        return []
    item = core["items_schema"][0] if core["type"] == "tuple" else core.get("items_schema", {"type": "any"})
    return [[], *([value] for value in spread(walk, item, depth))]


@cache
def _likenesses(cls: type[BaseModel], depth: int) -> tuple[Value, ...]:
    """Models that differ from each other in as many parts as are taken so. They are made once."""
    walk = SchemaWalk(cls)
    schema: CoreSchema = TypeAdapter(cls).core_schema
    start = least(walk, schema, depth)
    members = [(written, (*spread(walk, member, depth), None)) for _, written, member in fields(walk.unwrap(schema))]
    made: list[Value] = []
    for row in range(_LIKENESSES if isinstance(start, dict) else 0):
        value = cast(dict[str, Value], start)
        for at, (written, choices) in enumerate(members):
            choice = choices[(row + at) % len(choices)]
            others = {key: part for key, part in value.items() if key != written}
            changed = others if choice is None else {**others, written: choice}
            value = changed if takes(cls, changed) else value
        made.append(value)
    return tuple(made)


def _taken(schema: CoreSchema, values: Iterable[Value]) -> Iterator[Value]:
    """Those of the values that the schema takes."""
    try:
        validator = SchemaValidator(cast(Any, schema))
    except SchemaError:  # it refers to a definition, so it is no scalar
        return
    yield from (value for value in values if _is_taken(validator, value))


def _is_taken(validator: SchemaValidator, value: Value) -> bool:
    try:
        validator.validate_python(value)
    except ValidationError:
        return False
    return True


def _limits(core: CoreSchema) -> list[Value]:
    return [core[name] for name in ("ge", "le") if name in core]


def _first(walk: SchemaWalk, choices: Iterable[CoreSchema], depth: int) -> Value:
    made = (least(walk, choice, depth + 1) for choice in choices)
    return next((value for value in made if value is not None), None)


def _list(schema: CoreSchema, item: Value) -> Value:
    """One item, or as many as are asked for; without one, an empty list where that will do."""
    least_length = int(schema.get("min_length") or 0)
    if item is None:
        return None if least_length else []
    return [item] * max(1, least_length)


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
    if takes(cls, value):
        return value
    return dict(_pair(cls)) or None if not value and depth < _DEEPEST else None


@cache
def _pair(cls: type[BaseModel]) -> tuple[tuple[str, Value], ...]:
    """Two keys of a model that takes none alone, and no others beside them; nothing where there are none."""
    walk = SchemaWalk(cls)
    schema: CoreSchema = TypeAdapter(cls).core_schema
    parts = [(written, least(walk, member, _DEEPEST)) for _, written, member in fields(walk.unwrap(schema))]
    return next((pair for pair in combinations(parts, 2) if takes(cls, dict(pair))), ())


def _scalar(schema: CoreSchema) -> Value:
    return next(_taken(schema, [*_words(schema), *_SCALARS]), None)


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
