"""A YAML file as read: plain values, and where each of them and each key stands.

Owns positions and the making of `Problem`s from them. Knows nothing about models (`validation`) or about how a
file was read (`reading`, `building`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from gameday.core.errors import Problem

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"
Path: TypeAlias = tuple[str | int, ...]


class Position(NamedTuple):
    """Line and column count from 1, in characters of the file; `width` is what a caret underlines on that line."""

    line: int
    column: int
    width: int


@dataclass(slots=True)
class Node:
    """One value with its place. `source` is the text of a scalar as written; None for collections.

    `lacking`: it is not what was written, or a part of it is not (`salvage`). `spellings`: key -> as it was written,
    of mistyped keys. `choices`: where it stands in for something, all that could stand there; none where
    nobody knows.
    """

    position: Position
    value: Value
    source: str | None = None
    keys: dict[str, Position] = field(default_factory=dict)
    members: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    lacking: bool = False
    spellings: dict[str, str] = field(default_factory=dict)
    choices: tuple[Value, ...] | None = None

    def child(self, step: str | int) -> Node | None:
        if isinstance(step, str):
            return self.members.get(step)
        return self.items[step] if 0 <= step < len(self.items) else None


@dataclass(frozen=True, slots=True)
class Source:
    """The name and the lines of a file. Lines are made harmless one character for one, so that columns stay true."""

    name: str
    lines: tuple[str, ...]

    def problem(self, position: Position, message: str, code: str) -> Problem:
        excerpt = self.lines[position.line - 1] if 0 < position.line <= len(self.lines) else ""
        return Problem(self.name, position.line, position.column, message, code, position.width, excerpt)


@dataclass(slots=True)
class Document:
    """What `read` gives: `value` is made of dicts with text keys, lists, text, numbers, booleans and None.

    `problems` are those found while reading that do not keep the rest from being checked (duplicate keys).
    Aliased parts of `value` are shared objects: do not change it in place.
    """

    source: Source
    root: Node
    problems: list[Problem]

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def lines(self) -> tuple[str, ...]:
        return self.source.lines

    @property
    def value(self) -> Value:
        return self.root.value

    def position(self, path: Path, key: bool = False) -> Position:
        """Where the value at `path` stands, or with `key` its key; of the nearest parent that exists otherwise.

        A list item has no key: its own place stands for it.
        """
        node, place = self.root, self.root.position
        for depth, step in enumerate(path):
            child = node.child(step)
            if child is None:
                break
            wants_key = key and depth == len(path) - 1 and isinstance(step, str)
            place = node.keys[str(step)] if wants_key else child.position
            node = child
        return place

    def lacks_part(self, path: Path) -> bool:
        """Whether what stands at `path`, or the nearest parent that exists, is not all that was written there."""
        node = self.root
        for step in path:
            child = node.child(step)
            if child is None:
                break
            node = child
        return node.lacking

    def node(self, path: Path) -> Node | None:
        """What stands at `path`, if anything does."""
        node: Node | None = self.root
        for step in path:
            node = node.child(step) if node else None
        return node

    def spelled(self, path: Path) -> Path:
        """The path in the keys that were written, where some of them were mistyped."""
        node: Node | None = self.root
        steps: list[str | int] = []
        for step in path:
            steps.append(node.spellings.get(step, step) if node and isinstance(step, str) else step)
            node = node.child(step) if node else None
        return tuple(steps)

    def written(self, path: Path) -> str | None:
        """The scalar at `path` as it was written (`1.50` where the value is 1.5), None where there is none."""
        node = self.node(path)
        return node.source if node else None

    def problem(self, path: Path, message: str, code: str, *, key: bool = False) -> Problem:
        """A problem that points at the value at `path`, or at its key."""
        return self.source.problem(self.position(path, key), message, code)


def in_file_order(problems: list[Problem]) -> list[Problem]:
    """Errors before advice, each by line and column, without repetitions; those that have no place come last."""

    def order(problem: Problem) -> tuple[bool, bool, int, int]:
        return problem.severity != "error", not problem.line, problem.line, problem.column

    return sorted(dict.fromkeys(problems), key=order)
