"""A file that is wrong in places, as it could have been meant: other values in every place where something stands in.

What is said of each of them does not come from what stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar
from zlib import crc32

from pydantic import BaseModel, ValidationError

from gameday.scenario.source.document import Document, Node, Path, Value
from gameday.scenario.source.faults import faults_of
from gameday.scenario.source.nodes import copied, doubts, grown, restore
from gameday.scenario.source.walk import SchemaWalk

ROWS = 12
"""Versions that are made: every word of most choices comes once, and of any two places each comes first in some."""
_ROTATED = 8

_Model = TypeVar("_Model", bound=BaseModel)


def versions(document: Document, model: type[_Model]) -> Iterator[tuple[Document, _Model]]:
    """Other readings of a document that stands in for values; none where nothing is in doubt."""
    found = [(path, choices) for path, choices in doubts(document.root) if choices]
    walk = SchemaWalk(model)
    for row in range(1, ROWS + 1) if found else ():
        chosen = {path: choices[_index(row, at, len(choices))] for at, (path, choices) in enumerate(found)}
        made = _made(document, chosen, model, walk)
        if made is not None:
            yield made


def _index(row: int, at: int, length: int) -> int:
    """Rotated by the place at first; then mixed, so that no two places always go together."""
    return (row + at if row <= _ROTATED else crc32(b"%d/%d" % (row, at))) % length


def _made(
    document: Document, chosen: dict[Path, Value], model: type[_Model], walk: SchemaWalk
) -> tuple[Document, _Model] | None:
    """With these choices; once more without those that the model refuses."""
    for _ in range(2):
        version = _with(document, chosen)
        try:
            return version, model.model_validate(version.value)
        except ValidationError as error:
            refused = [fault.trace.path for fault in faults_of(error, walk)]
            chosen = {path: value for path, value in chosen.items() if not any(_meet(path, one) for one in refused)}
    return None


def _meet(path: Path, other: Path) -> bool:
    """Whether one of the places lies within the other."""
    short = min(len(path), len(other))
    return path[:short] == other[:short]


def _with(document: Document, chosen: dict[Path, Value]) -> Document:
    root = copied(document.root)
    version = replace(document, root=root)
    for path, value in chosen.items():
        parent, node, step = version.node(path[:-1]), version.node(path), path[-1]
        assert parent is not None
        assert node is not None
        if isinstance(step, int):
            parent.items[step] = grown(value, node.position, node.choices or ())
        else:
            parent.members[step] = grown(value, node.position, node.choices or ())
    restore(root)
    return version


def is_known_but_for_doubts(document: Document, path: Path) -> bool:
    """Whether what stands at `path` was written, but for places in it where all that could stand there is known."""
    node: Node | None = document.root
    for step in path:
        node = node.child(step) if node is not None and node.choices is None else None
    return node is not None and node.choices is None and all(choices for _, choices in doubts(node))
