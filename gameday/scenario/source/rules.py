"""Rules about a whole block of which some values are wrong: whether they are broken whatever was meant there.

A rule is told at once where it is broken with each value that could stand in the place of each wrong one; where that
depends on one of them, nobody knows yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import cast

from pydantic import BaseModel, ValidationError

from gameday.scenario.source.document import Document, Path, Value
from gameday.scenario.source.faults import Fault
from gameday.scenario.source.least import spread
from gameday.scenario.source.nodes import doubts
from gameday.scenario.source.walk import SchemaWalk, fields

MOST_TRIED = 2_000
"""Combinations of values that are tried for one rule; where there are more, it waits."""

MOST_MENDED = 20
"""Combinations for which every single change of a key is tried."""


def is_rule(fault: Fault) -> bool:
    """Whether a fault is about values that do not go together."""
    return fault.kind == "value_error" and isinstance(fault.value, dict)


def is_broken_anyway(document: Document, fault: Fault, walk: SchemaWalk) -> bool:
    """Whether a fault is a rule about a whole block that does not depend on what is wrong within it."""
    versions = _versions(document, fault) if is_rule(fault) else None
    cls = walk.model_of(fault.trace.whole)
    if versions is None or cls is None:
        return False
    return all(said in (fault.text, None) for said in (_said(cls, value) for value in versions))


def further_rules(document: Document, fault: Fault, walk: SchemaWalk) -> list[Fault]:
    """Another rule that the block breaks as well: one that stays broken whichever single key mends the first."""
    versions = _versions(document, fault) if is_rule(fault) else None
    cls, whole = walk.model_of(fault.trace.whole), fault.trace.whole
    if versions is None or cls is None or whole is None:
        return []
    keys = [(key, (None, *spread(walk, schema))) for _, key, schema in fields(walk.unwrap(whole))]
    said: set[str] = set()
    for version in islice(versions, MOST_MENDED):
        for key, choices in keys:
            others = {_said(cls, _with(version, (key,), choice)) for choice in choices} - {fault.text, None}
            if others and isinstance(cast(dict[str, Value], version).get(key), dict | list):
                return []  # nobody knows what else it could be
            said |= cast(set[str], others)
            if len(said) > 1:
                return []
    second = min(said, default="")
    return [replace(fault, text=second, others=())] if second and next(versions, None) is None else []


def going_together(document: Document, fault: Fault, walk: SchemaWalk) -> list[tuple[Path, Value]]:
    """Values for the places of doubt in a block with which its rules hold; nothing where none are known."""
    node, cls = document.node(fault.trace.path), walk.model_of(fault.trace.whole)
    if node is None or cls is None or not is_rule(fault):
        return []
    found = list(doubts(node))
    for chosen in islice(product(*(choices for _, choices in found)), MOST_TRIED):
        places = [(path, choice) for (path, _), choice in zip(found, chosen, strict=True)]
        if _said(cls, _filled(node.value, places)) == "":
            return places
    return []


def _versions(document: Document, fault: Fault) -> Iterator[Value] | None:
    """All that a block could be whose rule is broken; None where nobody knows, or there are too many."""
    node = document.node(fault.trace.path)
    if node is None or node.choices is not None:
        return None
    found = list(doubts(node))
    if not 0 < prod(len(choices) for _, choices in found) <= MOST_TRIED:
        return None
    paths = [path for path, _ in found]
    combinations = product(*(choices for _, choices in found))
    return (_filled(node.value, list(zip(paths, chosen, strict=True))) for chosen in combinations)


def _filled(value: Value, places: list[tuple[Path, Value]]) -> Value:
    """The value with others in these places."""
    for path, choice in places:
        value = _with(value, path, choice)
    return value


def _with(value: Value, steps: Path, choice: Value) -> Value:
    """A copy of the value with another one at the end of the steps; None leaves a key out."""
    if not steps:
        return choice
    first, rest = steps[0], steps[1:]
    if isinstance(value, dict):
        part = _with(value.get(str(first)), rest, choice)
        others = {key: other for key, other in value.items() if key != first}
        return others if part is None else {**others, str(first): part}
    items = list(cast(list[Value], value))
    items[cast(int, first)] = _with(items[cast(int, first)], rest, choice)
    return items


def _said(cls: type[BaseModel], value: Value) -> str | None:
    """What the model's rules say of the value: nothing (empty); None where its parts keep them from being asked."""
    try:
        cls.model_validate(value)
    except ValidationError as error:
        (first, *others) = error.errors(include_url=False)
        is_rule_alone = not others and not first["loc"]
        return str(first.get("ctx", {}).get("error", first["msg"])) if is_rule_alone else None
    return ""
