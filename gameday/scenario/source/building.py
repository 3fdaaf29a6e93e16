"""From YAML events to nodes, in one pass with its own stack: every limit holds before anything is built beyond it.

Refuses what is deep, what expands (aliases count as often as they are used), merge keys, tags, second documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from gameday.core.errors import InputError, Problem
from gameday.core.text import clean, clean_line
from gameday.scenario.source.document import Document, Node, Position, Source
from gameday.scenario.source.scalars import resolve

MAX_DEPTH = 50
MAX_WEIGHT = 100_000
"""Values and keys with aliases written out, and one more for every `TEXT_PER_WEIGHT` characters of text."""
TEXT_PER_WEIGHT = 20

_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    f"{_CORE}int": (int,),
    f"{_CORE}float": (float, int),
    f"{_CORE}bool": (bool,),
    f"{_CORE}null": (type(None),),
}
_TEXT_TAGS = ("!", f"{_CORE}str")


@dataclass(slots=True)
class _Frame:
    """A collection that is still open. `height` counts the levels below it, aliases written out."""

    node: Node
    anchor: str | None
    weight: int = 1
    height: int = 1
    key: str | None = None
    duplicate: bool = False

    @property
    def wants_key(self) -> bool:
        return isinstance(self.node.value, dict) and self.key is None


@dataclass(slots=True)
class _Anchored:
    """What an alias stands for; `node` is None while the anchored value is still open."""

    node: Node | None
    weight: int = 0
    height: int = 0


def _span(event: yaml.Event) -> tuple[int, int, int, int]:
    """First line and column, last line and column, counted from 0; every event of a parser has them."""
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return start.line, start.column, end.line, end.column


class Builder:
    """Takes the events of one file. Raises InputError (fatal) at the first thing that is refused."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Anchored] = {}
        self._weight = 0
        self._documents = 0
        self._root: Node | None = None
        self._problems: list[Problem] = []

    def build(self, events: Iterable[yaml.Event]) -> Document:
        """The document of all events; an empty file is a document whose value is None."""
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.CollectionStartEvent():
                    self._open(event)
                case yaml.CollectionEndEvent():
                    self._close(event)
                case yaml.DocumentStartEvent():
                    self._document(event)
        root = self._root or Node(Position(1, 1, 1), None, "")
        return Document(self._source, root, self._problems)

    def _refuse(self, position: Position, message: str, code: str) -> InputError:
        return InputError([self._source.problem(position, message, code)], fatal=True)

    def _place(self, event: yaml.Event) -> Position:
        """Where an event stands; `width` ends with the line for what goes on beyond it."""
        first, column, last, stop = _span(event)
        if last != first:
            stop = len(self._source.lines[first].rstrip()) if first < len(self._source.lines) else 0
        return Position(first + 1, column + 1, max(1, stop - column))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document begins here (---); a file holds one, so put the rest in a file of its own"
            raise self._refuse(self._place(event), message, "several-documents")

    def _count(self, weight: int, event: yaml.Event) -> None:
        self._weight += weight
        if self._weight <= MAX_WEIGHT:
            return
        if isinstance(event, yaml.AliasEvent):
            message = f'alias "*{clean_line(event.anchor or "", 40)}" multiplies the file beyond {MAX_WEIGHT:,} values'
            raise self._refuse(self._place(event), f"{message}; write out what is needed", "alias-bomb")
        message = f"the file holds more than {MAX_WEIGHT:,} values; split it"
        raise self._refuse(self._place(event), message, "too-big")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(1 + len(event.value) // TEXT_PER_WEIGHT, event)
        position = self._place(event)
        text = clean(event.value, len(event.value))
        if self._frames and self._frames[-1].wants_key:
            self._key(event, text, position)
            return
        frame = self._frames[-1] if self._frames else None
        if not event.style and not event.value and frame and frame.key is not None:
            position = frame.node.keys[frame.key]
        node = Node(position, self._typed(event, text, position), text)
        self._remember(event.anchor, _Anchored(node, 1 + len(text) // TEXT_PER_WEIGHT, 1))
        self._attach(node, 1 + len(text) // TEXT_PER_WEIGHT, 1)

    def _typed(self, event: yaml.ScalarEvent, text: str, position: Position) -> str | int | float | bool | None:
        tag = event.tag
        if tag is None:
            return text if event.style else resolve(text)
        if tag in _TEXT_TAGS:
            return text
        if tag not in _SCALAR_TAGS:
            raise self._refused_tag(tag, position)
        value = resolve(text)
        if type(value) not in _SCALAR_TAGS[tag]:
            message = f'"{clean_line(text, 60)}" is not of the type that its tag !!{tag.removeprefix(_CORE)} asks for'
            raise self._refuse(position, f"{message}; leave the tag out", "bad-tag")
        return value

    def _refused_tag(self, tag: str, position: Position) -> InputError:
        shown = f"!!{tag.removeprefix(_CORE)}" if tag.startswith(_CORE) else tag
        message = f'tag "{clean_line(shown, 60)}" is not allowed: files hold plain values only; leave the tag out'
        return self._refuse(position, message, "unsafe-tag")

    def _key(self, event: yaml.ScalarEvent, text: str, position: Position) -> None:
        frame = self._frames[-1]
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            raise self._refused_tag(event.tag, position)
        if not event.style and text == "<<":
            message = 'merge keys ("<<") are not read; write the keys out, or use an alias for a whole value'
            raise self._refuse(position, message, "merge-key")
        if not text:
            raise self._refuse(position, 'there is no key before the ":"; write one', "empty-key")
        first = frame.node.keys.get(text)
        frame.key, frame.duplicate = text, first is not None
        if first is not None:
            message = f'key "{clean_line(text, 60)}" stands twice, in line {first.line} and in line {position.line}'
            self._problems.append(self._source.problem(position, f"{message}; keep one", "duplicate-key"))
            return
        if not frame.node.keys and frame.node.position[:2] == position[:2]:
            frame.node.position = position
        frame.node.keys[text] = position
        self._remember(event.anchor, _Anchored(Node(position, text, text), 1 + len(text) // TEXT_PER_WEIGHT, 1))

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        position, shown = self._place(event), clean_line(name, 40)
        if self._frames and self._frames[-1].wants_key:
            raise self._refuse(position, "an alias cannot be a key; write the key out", "alias-key")
        if name not in self._anchors:
            raise self._refuse(position, f'alias "*{shown}" has no anchor "&{shown}" before it', "unknown-alias")
        anchored = self._anchors[name]
        if anchored.node is None:
            raise self._refuse(position, f'alias "*{shown}" stands inside its own anchor', "recursive-alias")
        self._count(anchored.weight, event)
        self._check_depth(anchored.height, position)
        target = anchored.node
        node = Node(position, target.value, target.source, target.keys, target.members, target.items)
        self._attach(node, anchored.weight, anchored.height)

    def _check_depth(self, levels: int, position: Position) -> None:
        if len(self._frames) + levels > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep; is there a bracket too many?"
            raise self._refuse(position, message, "too-deep")

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        position = self._place(event)
        if self._frames and self._frames[-1].wants_key:
            message = "a key must be text, found a list or a mapping; quote text that begins with [ or {"
            raise self._refuse(position, message, "complex-key")
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, f"{_CORE}map" if is_mapping else f"{_CORE}seq"):
            raise self._refused_tag(str(event.tag), position)
        self._check_depth(1, position)
        self._count(1, event)
        self._remember(event.anchor, _Anchored(None))
        self._frames.append(_Frame(Node(position, {} if is_mapping else []), event.anchor))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._frames.pop()
        start, (_, _, last, stop) = frame.node.position, _span(event)
        if last + 1 == start.line and stop > start.column:
            frame.node.position = Position(start.line, start.column, stop + 1 - start.column)
        self._remember(frame.anchor, _Anchored(frame.node, frame.weight, frame.height))
        self._attach(frame.node, frame.weight, frame.height)

    def _remember(self, anchor: str | None, anchored: _Anchored) -> None:
        if anchor is not None:
            self._anchors[anchor] = anchored

    def _attach(self, node: Node, weight: int, height: int) -> None:
        """Put a finished value into the open collection; the second value of a duplicate key is left out."""
        if not self._frames:
            self._root = node
            return
        frame = self._frames[-1]
        frame.weight += weight + (1 if frame.key is not None else 0)
        frame.height = max(frame.height, height + 1)
        if isinstance(frame.node.value, list):
            frame.node.value.append(node.value)
            frame.node.items.append(node)
        elif isinstance(frame.node.value, dict) and frame.key is not None:
            if not frame.duplicate:
                frame.node.value[frame.key] = node.value
                frame.node.members[frame.key] = node
            frame.key = None
