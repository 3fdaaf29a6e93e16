"""From pydantic's location of an error to the place in the data, and to what the model says there.

pydantic's locations mix keys of the data with names of union branches; only the model's schema tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import SchemaError, SchemaValidator

from gameday.scenario.source.document import Path

CoreSchema = Mapping[str, Any]
"""A node of pydantic's own schema, whose shape pydantic_core.core_schema documents."""

_WRAPPERS = {
    "default": "schema",
    "nullable": "schema",
    "function-before": "schema",
    "function-after": "schema",
    "function-wrap": "schema",
    "model": "schema",
    "dataclass": "schema",
    "lax-or-strict": "strict_schema",
    "json-or-python": "python_schema",
}
LISTS = ("list", "set", "frozenset", "generator")


@dataclass(frozen=True, slots=True)
class Fork:
    """A union on the way: where in the data it stands, and the name of the branch that was tried."""

    path: Path
    branch: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a location leads: the data's path, the unions passed, the schemas there and just above."""

    path: Path
    forks: tuple[Fork, ...]
    schema: CoreSchema | None
    parent: CoreSchema | None = None
    is_key: bool = False
    whole: CoreSchema | None = None
    """`schema` with all that wraps it: its model's class, its limits."""


class SchemaWalk:
    """Walks the schema of one model."""

    def __init__(self, model: type) -> None:
        self._definitions: dict[str, CoreSchema] = {}
        self._root: CoreSchema = TypeAdapter(model).core_schema

    def trace(self, loc: Path) -> Trace:
        """Where `loc` leads; the location itself as the path where the schema cannot follow it."""
        return self._walk(self._root, loc, Trace((), (), None)) or Trace(loc, (), None)

    def field_names(self, schema: CoreSchema | None) -> list[str]:
        """The keys that a mapping of this schema may have, as they are written in files."""
        if schema is None:
            return []
        schema = self.unwrap(schema)
        return [written for _, written, _ in fields(schema)]

    def members(self, schema: CoreSchema | None) -> dict[str, CoreSchema]:
        """What each key of a mapping of this schema holds."""
        if schema is None:
            return {}
        return {written: member for _, written, member in fields(self.unwrap(schema))}

    def branch(self, schema: CoreSchema | None, tag: str) -> CoreSchema | None:
        """What a tagged union takes for this tag."""
        choices = self.unwrap(schema)["choices"] if schema else {}
        return next((self.unwrap(choice) for name, choice in choices.items() if str(name) == tag), None)

    def fits(self, schema: CoreSchema, value: object) -> bool:
        """Whether a value is of the kind that `schema` takes: keys and values, a list, or a scalar that it accepts."""
        schema = self.unwrap(schema)
        kind = schema["type"]
        if kind == "union":
            return any(self.fits(_plain_choice(choice), value) for choice in schema["choices"])
        if kind in ("dict", "tagged-union", "typed-dict", "model-fields", "dataclass-args"):
            return isinstance(value, Mapping)
        if kind in (*LISTS, "tuple"):
            return isinstance(value, list)
        try:
            SchemaValidator(cast(Any, schema)).validate_python(value)
        except (ValidationError, SchemaError):
            return False
        return True

    def choices(self, schema: CoreSchema | None) -> list[str]:
        """The words that a literal, an enumeration or a union of them allows."""
        if schema is None:
            return []
        schema = self.unwrap(schema)
        match schema["type"]:
            case "literal":
                return [str(word) for word in schema["expected"]]
            case "enum":
                return [str(member.value) for member in schema["members"]]
            case "union":
                return [word for choice in schema["choices"] for word in self.choices(_plain_choice(choice))]
        return []

    def tags(self, schema: CoreSchema | None) -> list[str]:
        """The tags of a tagged union."""
        schema = self.unwrap(schema) if schema else {}
        return [str(tag) for tag in schema["choices"]] if schema.get("type") == "tagged-union" else []

    def inner(self, schema: CoreSchema) -> CoreSchema | None:
        """What a schema that adds nothing to a location wraps; None for one that does not wrap."""
        kind = schema["type"]
        if kind == "definitions":
            self._definitions.update({entry["ref"]: entry for entry in schema["definitions"]})
            return cast(CoreSchema, schema["schema"])
        if kind == "definition-ref":
            return self._definitions[schema["schema_ref"]]
        if kind == "chain":
            return cast(CoreSchema, schema["steps"][0])
        return cast(CoreSchema, schema[_WRAPPERS[kind]]) if kind in _WRAPPERS else None

    def model_of(self, schema: CoreSchema | None) -> type[BaseModel] | None:
        """The model that a schema is of, if it is of one."""
        while schema is not None and schema["type"] != "model":
            schema = self.inner(schema)
        return cast(type[BaseModel], schema["cls"]) if schema is not None else None

    def unwrap(self, schema: CoreSchema) -> CoreSchema:
        """What stands inside all wrappers, a model's class among them."""
        while (inner := self.inner(schema)) is not None:
            schema = inner
        return schema

    def _walk(self, whole: CoreSchema, loc: Path, so_far: Trace) -> Trace | None:
        schema = self.unwrap(whole)
        if not loc:
            return Trace(so_far.path, so_far.forks, schema, so_far.parent, whole=whole)
        step, rest = loc[0], loc[1:]
        kind = schema["type"]
        if kind in ("union", "tagged-union"):
            return self._walk_union(schema, step, rest, so_far)
        deeper = Trace((*so_far.path, step), so_far.forks, None, schema)
        if kind == "dict" and rest[:1] == ("[key]",):
            keys = self.unwrap(schema.get("keys_schema", {"type": "any"}))
            return Trace(deeper.path, deeper.forks, keys, schema, is_key=True)
        member = self._member(schema, step)
        if member is not None:
            return self._walk(member, rest, deeper)
        return deeper if not rest and any(True for _ in fields(schema)) else None

    def _member(self, schema: CoreSchema, step: str | int) -> CoreSchema | None:
        kind = schema["type"]
        if kind == "dict":
            return cast(CoreSchema, schema.get("values_schema", {"type": "any"}))
        if kind in LISTS and isinstance(step, int):
            return cast(CoreSchema, schema.get("items_schema", {"type": "any"}))
        if kind == "tuple" and isinstance(step, int):
            items = schema["items_schema"]
            return cast(CoreSchema, items[min(step, len(items) - 1)])
        return next((member for name, written, member in fields(schema) if step in (written, name)), None)

    def _walk_union(self, schema: CoreSchema, branch: str | int, rest: Path, so_far: Trace) -> Trace | None:
        deeper = Trace(so_far.path, (*so_far.forks, Fork(so_far.path, str(branch))), None, so_far.parent)
        if schema["type"] == "tagged-union":
            chosen = {str(tag): choice for tag, choice in schema["choices"].items()}.get(str(branch))
            return self._walk(chosen, rest, Trace(so_far.path, so_far.forks, None, so_far.parent)) if chosen else None
        ranked = sorted(schema["choices"], key=lambda choice: self._unlikeness(choice, str(branch)))
        traces = (self._walk(_plain_choice(choice), rest, deeper) for choice in ranked)
        return next((trace for trace in traces if trace is not None), None)

    def _unlikeness(self, choice: object, branch: str) -> int:
        """0 where a branch is surely the one that pydantic names `branch`, 1 where its name is part of it, else 2.

        pydantic makes names such as `function-after[check(), Ramp]` and `literal['never']`.
        """
        name = str(choice[1]) if isinstance(choice, tuple) else self._name(_plain_choice(choice))
        if branch == name:
            return 0
        return 1 if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", branch) else 2

    def _name(self, schema: CoreSchema) -> str:
        """The class of a model however wrapped, the kind of schema otherwise."""
        inner: CoreSchema | None = schema
        while inner is not None and inner["type"] not in ("model", "dataclass"):
            inner = self.inner(inner)
        return str(inner["cls"].__name__ if inner else schema["type"])


def _plain_choice(choice: object) -> CoreSchema:
    return cast(CoreSchema, choice[0] if isinstance(choice, tuple) else choice)


def fields(schema: CoreSchema) -> Iterator[tuple[str, str, CoreSchema]]:
    """Name, name in files and schema of each field of a model, a dataclass or a typed dict."""
    found = schema.get("fields", {})
    pairs = found.items() if isinstance(found, Mapping) else ((entry["name"], entry) for entry in found)
    for name, entry in pairs:
        alias = entry.get("validation_alias")
        yield name, alias if isinstance(alias, str) else name, entry["schema"]
