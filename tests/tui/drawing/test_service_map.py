import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.tui.drawing.glyphs import ASCII, UNICODE
from gameday.tui.drawing.map_layout import MOST_NODES, lay_out
from gameday.tui.drawing.service_map import draw, fits, neighbour, node_at
from gameday.tui.drawing.state import MapState, Topology

UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8
SIDES = {glyph: sides for sides, glyph in enumerate(UNICODE.light) if glyph != " "}


def test_a_name_is_only_cut_where_something_stands_right_of_it():
    layers = ("www-entry", "edge-gateway", "booking-desk", "seat-replica-1")
    topology = Topology((*layers, "ticket-queue"), (*pairwise(layers), ("www-entry", "ticket-queue")))
    layout = lay_out(topology)
    widths = [width for width in range(1, 100) if fits(layout, width, layout.height)]
    shown = "\n".join(texts(topology, widths[0], layout.height))
    assert "ticket-queue" in shown
    assert "booking-desk" not in shown


def healthy(topology, **more):
    return MapState(tuple((name, "ok") for name in topology.nodes), **more)


def texts(topology, width, height, glyphs=UNICODE, **more):
    return [line.plain for line in draw(lay_out(topology), healthy(topology, **more), width, height, glyphs)]


def traced(topology, rows):
    """The edges that a reader finds who follows lines to the right and passes under lanes that break a line."""
    at = {}
    for y, row in enumerate(rows):
        for x, glyph in enumerate(row):
            if glyph == "●":
                at[x, y] = re.match(r"[\w-]+", row[x + 2 :])[0]
    return {
        (name, at[end])
        for (x, y), name in at.items()
        for end in followed(rows, beginning(rows[y], x + 2 + len(name)), y)
    }


def beginning(row, x):
    """Where the line after a name begins, or None: at the name or after one blank, with an arm to the left."""
    return next((at for at in (x, x + 1) if SIDES.get(row[at : at + 1], 0) & LEFT), None)


def followed(rows, x, y):
    """The places right of the arrow heads that can be reached from the line that begins at `x`."""
    seen, left, ends = set(), [] if x is None else [(x, y, "right")], []
    while left:
        step = left.pop()
        if step in seen:
            continue
        seen.add(step)
        x, y, heading = step
        glyph = rows[y][x] if x < len(rows[y]) else " "
        if heading == "right" and glyph == "▸":
            ends.append((x + 1, y))
        else:
            left += onwards(x, y, heading, SIDES.get(glyph, 0))
    return ends


def onwards(x, y, heading, sides):
    if heading == "right" and not sides & LEFT:
        return [(x + 1, y, "right")] if sides & (UP | DOWN) else []
    exits = [(x + 1, y, "right")] if sides & RIGHT else []
    exits += [(x, y - 1, "up")] if sides & UP and heading != "down" else []
    return exits + ([(x, y + 1, "down")] if sides & DOWN and heading != "up" else [])


def test_four_services_of_a_retry_storm(storm):
    assert texts(storm, 52, 4) == [
        "● gateway ─┬─────▸● catalog                         ",
        "           │                                        ",
        "           └─────▸● auth ─────────▸● sessions-db    ",
        "● ok ▲ degraded ✖ down ? no data ━━ retries ⟳ acting",
    ]


def test_the_legend_says_only_what_fits_whole(storm):
    assert texts(storm, 60, 4)[-1].rstrip() == "● ok  ▲ degraded  ✖ down  ? no data  ━━ retries  ⟳ acting"
    assert texts(storm, 45, 4)[-1].rstrip() == "● ok ▲ degraded ✖ down ? no data ━━ retries"


def test_the_same_in_plain_ascii(storm):
    assert texts(storm, 40, 2, ASCII, hot=(("auth", "sessions-db"),)) == [
        "o gateway -+->o catalog                 ",
        "           +->o auth =====>o sessions-db",
    ]


def test_a_hot_edge_is_heavy_and_only_that_edge(storm):
    rows = texts(storm, 52, 4, hot=(("gateway", "auth"),))
    assert rows[0].startswith("● gateway ━┳─────▸● catalog")
    assert rows[2].startswith("           ┗━━━━━▸● auth ──────")


def test_the_fifteen_services_of_the_otel_demo_fit_a_wide_panel(otel):
    rows = texts(otel, 118, 12)
    assert traced(otel, rows[:-1]) == set(otel.edges)
    assert all(name in " ".join(rows) for name in otel.nodes)
    assert fits(lay_out(otel), 64, 6)
    assert not fits(lay_out(otel), 60, 6) and not fits(lay_out(otel), 118, 5)


def test_a_line_that_crosses_a_lane_breaks(otel):
    assert any("─│─" in row for row in texts(otel, 118, 12))


def test_in_ascii_a_line_that_passes_under_a_branching_shows_a_blank():
    topology = Topology(("a", "b", "c", "d"), (("a", "c"), ("b", "c"), ("b", "d")))
    assert texts(topology, 15, 2) == ["● a ─┌─────▸● c", "● b ─┴─────▸● d"]
    assert texts(topology, 15, 2, ASCII) == ["o a  +----->o c", "o b -+----->o d"]


def test_two_callers_of_one_service_join_before_it():
    topology = Topology(("a", "b", "c"), (("a", "c"), ("b", "c")))
    assert texts(topology, 16, 2) == ["● a ─┬─────▸● c ", "● b ─┘          "]


def test_a_call_back_is_a_sign_on_its_caller():
    topology = Topology(("a", "b", "c"), (("a", "b"), ("b", "c"), ("c", "a"), ("b", "b")))
    assert texts(topology, 40, 1) == ["● a ──────▸● b ↩ ──────▸● c ↩           "]


def test_the_selected_node_is_in_reverse_and_its_edges_stand_out(storm):
    lines = draw(lay_out(storm), healthy(storm, selected="auth"), 52, 3)
    pieces = [piece for line in lines for piece in line.pieces]
    assert ("auth", "selected") in pieces
    assert any(style == "edge-selected" for _, style in pieces) and any(style == "edge" for _, style in pieces)


def test_notes_and_actions_stand_at_their_node(storm):
    rows = texts(storm, 52, 5, notes=(("catalog", "pool 40/40"),), acting=("auth",))
    assert rows[1].index("pool 40/40") == rows[0].index("catalog")
    assert "●⟳auth" in rows[2]


def test_what_does_not_fit_is_listed_worst_first(otel):
    statuses = tuple((name, "down" if name == "quote" else "ok") for name in otel.nodes)
    lines = draw(lay_out(otel), MapState(statuses), 40, 3)
    assert lines[0].plain == "✖ quote            ● frontend-proxy     "
    assert len(lines) == 3


def test_more_nodes_than_a_map_can_say_anything_about_have_no_layout():
    nodes = tuple(f"n{number}" for number in range(MOST_NODES + 1))
    assert lay_out(Topology(nodes, ())) is None
    assert lay_out(Topology((), ())) is None
    assert lay_out(Topology(nodes[:-1], ())) is not None


def test_the_layout_of_a_topology_is_always_the_same(otel):
    assert texts(otel, 118, 12) == texts(otel, 118, 12)
    assert dict(lay_out(otel).rows) == dict(lay_out(otel).rows)


def test_every_cell_of_a_label_finds_its_node(storm):
    layout = lay_out(storm)
    rows = texts(storm, 52, 4)
    for name in storm.nodes:
        y = next(y for y, row in enumerate(rows) if name in row)
        x = rows[y].index(name)
        assert {node_at(layout, 52, 4, x + at, y) for at in (-2, -1, 0, len(name) - 1)} == {name}
    assert node_at(layout, 52, 4, 11, 1) is None
    assert node_at(layout, 52, 4, 0, 3) is None


@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        (None, "down", "gateway"),
        ("gateway", "right", "catalog"),
        ("catalog", "down", "auth"),
        ("auth", "down", "auth"),
        ("auth", "right", "sessions-db"),
        ("sessions-db", "left", "auth"),
        ("gateway", "left", "gateway"),
    ],
)
def test_arrows_lead_from_node_to_node(storm, start, direction, end):
    assert neighbour(lay_out(storm), start, direction) == end


@st.composite
def topologies(make):
    count = make(st.integers(1, 12))
    names = [f"n{number}" for number in range(count)]
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    edges = make(st.lists(st.sampled_from(pairs), max_size=18, unique=True)) if pairs else []
    back = make(st.lists(st.sampled_from([(b, a) for a, b in pairs]), max_size=2, unique=True)) if pairs else []
    return Topology(tuple(names), tuple(edges)), tuple(edge for edge in back if edge not in edges)


@given(topologies())
def test_following_the_lines_finds_every_edge_and_no_other(made):
    topology, _ = made
    layout = lay_out(topology)
    for step in (1, 2):
        rows = texts(topology, 400, step * layout.height)
        assert traced(topology, rows) == set(topology.edges)
    narrowest = next(width for width in range(1, 400) if fits(layout, width, layout.height))
    assert traced(topology, texts(topology, narrowest, layout.height)) == set(topology.edges)


@given(topologies(), st.integers(1, 120), st.integers(1, 30))
def test_maps_with_cycles_keep_their_size_at_any_size(made, width, height):
    topology, back = made
    lines = draw(lay_out(Topology(topology.nodes, topology.edges + back)), healthy(topology), width, height)
    assert len(lines) <= height
    assert {line.width for line in lines} == {width}
