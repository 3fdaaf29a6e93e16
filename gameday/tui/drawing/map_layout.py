"""Where the nodes of a service map stand and which lane each line takes: layers from left to right.

Longest-path layers, placeholders for edges that skip a layer (one chain per caller, so each caller draws one line),
barycentre sweeps against crossings (Sugiyama, Tagawa and Toda, 1981), rows that keep lines straight, and one lane
per caller in the gutter between two layers, ordered so that no two lines can be taken for one. Owns no coordinates
in cells and no characters (`service_map`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

import networkx as nx

from gameday.tui.drawing.map_lanes import Gutter, gutter
from gameday.tui.drawing.state import Topology

MOST_NODES = 20
"""Above this a map says less than a table does."""

_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a layer: a node, or where the line of `name` passes through."""

    name: str
    layer: int
    passing: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The map of one topology, without a size. Compared by identity: there is one per topology."""

    topology: Topology
    layers: tuple[tuple[Slot, ...], ...]
    rows: Mapping[Slot, int]
    routes: Mapping[tuple[str, str], tuple[Slot, ...]]
    gutters: tuple[Gutter[Slot], ...]
    cycles: tuple[str, ...]
    height: int


def lay_out(topology: Topology) -> Layout | None:
    """The layout of `topology`, or None when it has no nodes or more than `MOST_NODES`."""
    nodes = tuple(dict.fromkeys(topology.nodes))
    if not 0 < len(nodes) <= MOST_NODES:
        return None
    known = frozenset(nodes)
    edges = tuple(dict.fromkeys(edge for edge in topology.edges if edge[0] in known and edge[1] in known))
    forward, cycles = _without_cycles(nodes, edges)
    layers, routes = _layer(nodes, forward)
    hops = sorted({hop for route in routes.values() for hop in pairwise(route)}, key=_hop_key)
    ordered = _fewest_crossings(layers, hops)
    rows, gutters = _best_rows(ordered, hops)
    return Layout(
        Topology(nodes, edges),
        tuple(tuple(layer) for layer in ordered),
        rows,
        routes,
        gutters,
        cycles,
        1 + max(rows.values()),
    )


Hop = tuple[Slot, Slot]


def _hop_key(hop: Hop) -> tuple[int, str, bool, str, bool]:
    start, end = hop
    return start.layer, start.name, start.passing, end.name, end.passing


def _without_cycles(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]]
) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """The edges without those that close a cycle on a depth-first walk, and the callers of the latter."""
    callees: dict[str, list[str]] = {node: [] for node in nodes}
    called = set()
    for caller, callee in edges:
        callees[caller].append(callee)
        called.add(callee)
    state: dict[str, int] = {}
    forward: list[tuple[str, str]] = []
    cycles: dict[str, None] = {}

    def walk(node: str) -> None:
        state[node] = 1
        for callee in callees[node]:
            if state.get(callee) == 1:
                cycles[node] = None
                continue
            forward.append((node, callee))
            if callee not in state:
                walk(callee)
        state[node] = 2

    for node in sorted(nodes, key=lambda name: name in called):
        if node not in state:
            walk(node)
    return forward, tuple(cycles)


def _layer(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]]
) -> tuple[list[list[Slot]], dict[tuple[str, str], tuple[Slot, ...]]]:
    """Slots by layer, and for every edge the slots it goes through."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    depth = {name: level for level, names in enumerate(nx.topological_generations(graph)) for name in names}
    layers: list[list[Slot]] = [[] for _ in range(1 + max(depth.values()))]
    sources = (name for name in nodes if not graph.in_degree(name))
    walked = (name for source in sources for name in nx.dfs_preorder_nodes(graph, source))
    for name in dict.fromkeys(walked):
        layers[depth[name]].append(Slot(name, depth[name]))
    routes: dict[tuple[str, str], tuple[Slot, ...]] = {}
    for caller, callee in edges:
        passing = [Slot(caller, level, True) for level in range(depth[caller] + 1, depth[callee])]
        for slot in passing:
            if slot not in layers[slot.layer]:
                layers[slot.layer].append(slot)
        routes[caller, callee] = (Slot(caller, depth[caller]), *passing, Slot(callee, depth[callee]))
    return layers, routes


def _fewest_crossings(layers: list[list[Slot]], hops: Sequence[Hop]) -> list[list[Slot]]:
    best = [list(layer) for layer in layers]
    fewest = _crossings(best, hops)
    current = [list(layer) for layer in layers]
    for sweep in range(_SWEEPS):
        forwards = sweep % 2 == 0
        order = range(1, len(current)) if forwards else range(len(current) - 2, -1, -1)
        for index in order:
            _sort_by_neighbours(current, index, hops, forwards)
        _swap_while_better(current, hops)
        crossings = _crossings(current, hops)
        if crossings < fewest:
            fewest, best = crossings, [list(layer) for layer in current]
        if not fewest:
            break
    return best


def _sort_by_neighbours(layers: list[list[Slot]], index: int, hops: Sequence[Hop], forwards: bool) -> None:
    other = {slot: place for place, slot in enumerate(layers[index - 1 if forwards else index + 1])}
    here = {slot: place for place, slot in enumerate(layers[index])}

    def centre(slot: Slot) -> float:
        near = [other[a] for a, b in hops if b == slot] if forwards else [other[b] for a, b in hops if a == slot]
        return fmean(near) if near else float(here[slot])

    layers[index].sort(key=centre)


def _swap_while_better(layers: list[list[Slot]], hops: Sequence[Hop]) -> None:
    for layer in layers:
        for place in range(len(layer) - 1):
            before = _crossings(layers, hops)
            layer[place], layer[place + 1] = layer[place + 1], layer[place]
            if _crossings(layers, hops) >= before:
                layer[place], layer[place + 1] = layer[place + 1], layer[place]


def _crossings(layers: Sequence[Sequence[Slot]], hops: Sequence[Hop]) -> int:
    place = {slot: row for layer in layers for row, slot in enumerate(layer)}
    by_layer: list[list[tuple[int, int]]] = [[] for _ in layers]
    for start, end in hops:
        by_layer[start.layer].append((place[start], place[end]))
    return sum((a - c) * (b - d) < 0 for ends in by_layer for at, (a, b) in enumerate(ends) for c, d in ends[at + 1 :])


def _best_rows(
    layers: Sequence[Sequence[Slot]], hops: Sequence[Hop]
) -> tuple[dict[Slot, int], tuple[Gutter[Slot], ...]]:
    """Rows and lanes with no line that could be misread, then the fewest crossings, bends and rows.

    Tries heights from the tallest layer up. When lanes contradict each other at every height, layers take even and
    odd rows in turn: then no line begins in a row where another ends, and lanes are free.
    """
    tallest = max(len(layer) for layer in layers)
    candidates: list[tuple[tuple[float, ...], dict[Slot, int], tuple[Gutter[Slot], ...]]] = []
    for height in range(tallest, tallest + 4):
        for rows in _row_sweeps(layers, hops, height):
            gutters = _gutters(layers, rows, hops)
            if all(one.sound for one in gutters):
                candidates.append((_cost(rows, hops, gutters, height - tallest), rows, gutters))
    if not candidates:
        rows = {slot: 2 * row + slot.layer % 2 for layer in layers for row, slot in enumerate(layer)}
        return rows, _gutters(layers, rows, hops)
    _, rows, gutters = min(candidates, key=lambda candidate: candidate[0])
    return _from_zero(rows), _gutters(layers, _from_zero(rows), hops)


def _from_zero(rows: Mapping[Slot, int]) -> dict[Slot, int]:
    lowest = min(rows.values())
    return {slot: row - lowest for slot, row in rows.items()}


def _cost(
    rows: Mapping[Slot, int], hops: Iterable[Hop], gutters: Sequence[Gutter[Slot]], extra: int
) -> tuple[float, ...]:
    lengths = [abs(rows[start] - rows[end]) for start, end in hops]
    bends = sum(length > 0 for length in lengths)
    lanes = sum(one.columns for one in gutters)
    return (4 * sum(one.crossings for one in gutters) + bends + 0.5 * sum(lengths) + lanes + 2 * extra,)


def _gutters(
    layers: Sequence[Sequence[Slot]], rows: Mapping[Slot, int], hops: Sequence[Hop]
) -> tuple[Gutter[Slot], ...]:
    return tuple(
        gutter({slot: (rows[slot], [rows[end] for start, end in hops if start == slot]) for slot in layer})
        for layer in layers[:-1]
    )


def _row_sweeps(layers: Sequence[Sequence[Slot]], hops: Sequence[Hop], height: int) -> list[dict[Slot, int]]:
    """Row assignments within `height`, one after each pass that pulls every layer towards its neighbours."""
    rows: dict[Slot, int] = {}
    for layer in layers:
        top = (height - len(layer)) // 2
        rows.update({slot: top + place for place, slot in enumerate(layer)})
    found = [dict(rows)]
    for sweep in range(6):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            _pull(layer, rows, hops, height)
        found.append(dict(rows))
    return found


def _pull(layer: Sequence[Slot], rows: dict[Slot, int], hops: Sequence[Hop], height: int) -> None:
    """Rows in the same order with the least distance to the median neighbour (exact, by dynamic programming)."""
    wanted = []
    for slot in layer:
        near = [rows[a] for a, b in hops if b == slot] + [rows[b] for a, b in hops if a == slot]
        wanted.append(median(near) if near else float(rows[slot]))
    best: list[list[tuple[float, list[int]]]] = [[(0.0, [])] * (height + 1)]
    for place in range(len(layer)):
        line: list[tuple[float, list[int]]] = [(float("inf"), [])]
        for row in range(height):
            distance, taken = best[-1][row]
            here = (distance + abs(row - wanted[place]), [*taken, row])
            line.append(min(line[-1], here, key=lambda option: option[0]))
        best.append(line)
    rows.update(zip(layer, best[-1][height][1], strict=True))
