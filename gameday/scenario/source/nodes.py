"""Nodes that are not what was written: copies to change, and what stands in for a value."""

from __future__ import annotations

from collections.abc import Iterator

from gameday.scenario.source.document import Node, Path, Position, Value


def copied(node: Node) -> Node:
    """The node and all below it, to be changed."""
    members = {key: copied(member) for key, member in node.members.items()}
    items = [copied(item) for item in node.items]
    keys, spellings = dict(node.keys), dict(node.spellings)
    return Node(node.position, node.value, node.source, keys, members, items, node.lacking, spellings, node.choices)


def grown(value: Value, position: Position, choices: tuple[Value, ...] = ()) -> Node:
    """A value that was not written, as a node, with all that could stand there; it all stands where it was missed."""
    node = Node(position, value, lacking=True, choices=choices)
    if isinstance(value, dict):
        node.members = {key: grown(member, position) for key, member in value.items()}
        node.keys = dict.fromkeys(value, position)
    elif isinstance(value, list):
        node.items = [grown(item, position) for item in value]
    return node


def restore(node: Node) -> Value:
    """Sets the values of collections to what their members are now."""
    if isinstance(node.value, dict):
        node.value = {key: restore(member) for key, member in node.members.items()}
    elif isinstance(node.value, list):
        node.value = [restore(item) for item in node.items]
    return node.value


def doubts(node: Node, path: Path = ()) -> Iterator[tuple[Path, tuple[Value, ...]]]:
    """Every place below the node where something stands in, and all that could stand there; nothing if unknown."""
    children: list[tuple[str | int, Node]] = [*node.members.items(), *enumerate(node.items)]
    for step, child in children if node.lacking else ():
        if child.choices is not None:
            yield (*path, step), child.choices
        yield from doubts(child, (*path, step)) if child.choices is None else ()
