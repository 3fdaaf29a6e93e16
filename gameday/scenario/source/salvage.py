"""A file as its model, also where parts of it are wrong: what is wrong is told, left out or stood in for, and the rest
can still be checked.

A mistyped key is read as the one that was most likely meant, and spoken of as it was written. Every value that is not
what was written is marked (`Node.lacking`), with all that it stands in, so that nothing is said about it twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, cast

from pydantic import BaseModel, ValidationError

from gameday.core.errors import Problem
from gameday.scenario.source.document import Document, Node, Path, Value, in_file_order
from gameday.scenario.source.faults import (
    MAX_ERRORS,
    Fault,
    discriminator,
    faults_of,
    meant_paths,
    meant_tag,
    mistyped_tag,
)
from gameday.scenario.source.least import STAND_IN, least, spread, takes
from gameday.scenario.source.nodes import copied, grown, restore
from gameday.scenario.source.rules import going_together
from gameday.scenario.source.validation import validation_problems
from gameday.scenario.source.walk import CoreSchema, SchemaWalk, fields

ROUNDS = 10

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True)
class Reading(Generic[_Model]):
    """`model` is None where too much is wrong; `document` is what it was made from, with the file's positions."""

    model: _Model | None
    document: Document
    problems: list[Problem]


def read_as(document: Document, model: type[_Model]) -> Reading[_Model]:
    """The document as a model, and everything that is wrong with it by the model, in file order."""
    if STAND_IN in repr(document.value):  # nothing that refers to it could be checked
        message = f'"{STAND_IN}" cannot stand in a file; write something else'
        return Reading(None, document, [document.problem((), message, "reserved-name")])
    problems: list[Problem] = []
    walk = SchemaWalk(model)
    for _ in range(ROUNDS):
        try:
            made = model.model_validate(document.value)
        except RecursionError:
            return Reading(None, document, [Problem(document.name, 0, 0, "nested too deeply", "too-deep")])
        except ValidationError as error:
            found = validation_problems(document, error, model)
            problems += [problem for problem in found if STAND_IN not in problem.message]
            if error.error_count() > MAX_ERRORS or not isinstance(document.value, dict):
                break
            document = _Mending(document, walk).mended(error)
        else:
            return Reading(made, document, in_file_order(problems))
    return Reading(None, document, in_file_order(problems))


class _Mending:
    """One round over a copy of the document."""

    def __init__(self, document: Document, walk: SchemaWalk) -> None:
        self._document = replace(document, root=copied(document.root))
        self._walk = walk
        self._left_out: list[Path] = []

    def mended(self, error: ValidationError) -> Document:
        faults = faults_of(error, self._walk)
        meant = meant_paths(faults, self._walk)
        for fault in sorted(faults, key=lambda fault: fault.trace.is_key):  # what a bad name holds before the name
            self._mend(fault, meant)
        for path in sorted(dict.fromkeys(self._left_out), key=_last_first):
            self._drop_items(path)
        restore(self._document.root)
        return self._document

    def _mend(self, fault: Fault, meant: dict[Path, Path]) -> None:
        path = fault.trace.path
        if fault.code == "unknown-key":
            self._rename(path, str(meant[path][-1]) if path in meant else None)
        elif fault.trace.is_key:
            self._rename(path, STAND_IN)
            self._mark(path[:-1])
        elif fault.kind.startswith("union_tag_"):
            self._mend_tag(fault)
        elif fault.code == "missing-key":
            self._stand_in(path, fault.trace.whole)
        else:
            self._mend_value(fault)

    def _mark(self, path: Path) -> None:
        """What stands at `path`, and all that it stands in, is not what was written."""
        node = self._document.root
        node.lacking = True
        for step in path:
            child = node.child(step)
            if child is None:
                return
            child.lacking = True
            node = child

    def _rename(self, path: Path, name: str | None) -> None:
        """The value of a key under another one, or left out where that is there already."""
        parent, key = self._document.node(path[:-1]), str(path[-1])
        if parent is None or key not in parent.members:
            return
        node, position = parent.members.pop(key), parent.keys.pop(key)
        if name is not None and name in parent.members:
            parent.choices = ()
        elif name is not None:
            parent.members[name], parent.keys[name] = node, position
            parent.spellings[name] = key

    def _mend_tag(self, fault: Fault) -> None:
        """The key that says of which kind a value is: as it was most likely meant, else another value altogether."""
        path, tag = fault.trace.path, discriminator(fault)
        node = self._document.node(path)
        if node is None:
            return
        if fault.kind == "union_tag_not_found":
            mistyped = mistyped_tag(fault, self._walk)
            if mistyped is not None:
                self._rename((*path, mistyped), tag)
                return
        else:
            kind = meant_tag(fault, self._walk)
            if kind is not None:
                self._put((*path, tag), kind, (kind,))
                return
        self._stand_in(path, fault.trace.whole)

    def _mend_value(self, fault: Fault) -> None:
        path, whole = fault.trace.path, fault.trace.whole
        if places := going_together(self._document, fault, self._walk):
            for steps, value in places:
                standing = self._document.node((*path, *steps))
                self._put((*path, *steps), value, (standing.choices if standing else None) or ())
            return
        node, cls = self._document.node(path), self._walk.model_of(whole)
        if node is not None and whole is not None and cls is not None and isinstance(node.value, dict):
            for key, value in self._changes(cls, node, whole):
                if value is None:
                    self._leave_out((*path, key))
                else:
                    self._put((*path, key), value)
                return
        self._stand_in(path, whole)

    def _changes(self, cls: type[BaseModel], node: Node, whole: CoreSchema) -> Iterator[tuple[str, Value]]:
        """Single changes that make a model of a mapping whose keys contradict each other; None leaves a key out.

        First those that replace nothing that was written.
        """
        data = cast(dict[str, Value], node.value)
        members = sorted(fields(self._walk.unwrap(whole)), key=lambda member: member[1] in data)
        for _, key, schema in members:
            value = least(self._walk, schema)
            if value is not None and takes(cls, {**data, key: value}):
                yield key, value
        for _, key, _ in members:
            if key in data and takes(cls, {name: part for name, part in data.items() if name != key}):
                yield key, None

    def _stand_in(self, path: Path, schema: CoreSchema | None) -> None:
        value = None if schema is None else least(self._walk, schema)
        if value is None:
            self._leave_out(path)
        else:
            self._put(path, value, spread(self._walk, schema) if schema is not None else ())

    def _put(self, path: Path, value: Value, choices: tuple[Value, ...] = ()) -> None:
        """A value in place of what stands at `path`, or where nothing does; the whole file is never replaced."""
        parent = self._document.node(path[:-1])
        if parent is None or not path:
            return
        node = grown(value, self._document.position(path), choices)
        if isinstance(path[-1], int):
            if path[-1] < len(parent.items):
                parent.items[path[-1]] = node
        elif isinstance(parent.value, dict):
            parent.keys.setdefault(path[-1], parent.position)
            parent.members[path[-1]] = node
        self._mark(path)

    def _leave_out(self, path: Path) -> None:
        """Without what stands at `path`; without its parent, where it is missed there."""
        parent, step = self._document.node(path[:-1]), path[-1] if path else ""
        if parent is None or not path:
            return
        if parent.child(step) is None:
            self._leave_out(path[:-1])
            return
        self._mark(path[:-1])
        parent.choices = ()
        if isinstance(step, int):
            self._left_out.append(path)
        else:
            self._rename(path, None)

    def _drop_items(self, path: Path) -> None:
        parent, index = self._document.node(path[:-1]), path[-1]
        if parent is not None and isinstance(index, int) and index < len(parent.items):
            del parent.items[index]


def _last_first(path: Path) -> tuple[int, int]:
    """Orders items so that leaving one out does not move those that are still to be left out: the deepest first."""
    return -len(path), -int(path[-1])
