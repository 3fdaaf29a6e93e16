"""What holds for every drawing at every size, with ordinary and with hostile names."""

import dataclasses
import os
import unicodedata

import pytest

from gameday.tui.drawing import chart, frame, gauge, header, log, service_map, signals, table
from gameday.tui.drawing.glyphs import ASCII, UNICODE
from gameday.tui.drawing.map_layout import lay_out
from gameday.tui.drawing.state import (
    ChartState,
    EntryRow,
    Gauge,
    GaugesState,
    HeaderState,
    LogLine,
    LogState,
    MapState,
    Series,
    ServiceRow,
    SignalsState,
    TableState,
    Topology,
)
from gameday.tui.drawing.themes import THEMES, look_for

SIZES = [(0, 0), (1, 1), (2, 2), (20, 5), (5, 20), (80, 24), (118, 10), (300, 100)]
HOSTILE = [
    "\x1b]52;c;aGFjaw==\x07",
    "\x9b31m\x00\x08\x7f",
    "[/]",
    "[@click=app.quit]name[/]",
    "日本語サービス名前",
    "x" * 10_000,
    "\u202egnp.exe\u2066\u200b",
    "e\u0301\u0301\u0301" * 50,
    "",
    "a\nb\tc",
    "👨‍👩‍👧‍👦🏳️‍🌈",
]


def everything(states, width, height, glyphs):
    yield "map", service_map.draw(states["layout"], states["map"], width, height, glyphs)
    yield "no map", service_map.draw(None, states["map"], width, height, glyphs)
    yield "table", table.draw(states["table"], width, height, glyphs)
    yield "signals", signals.draw(states["signals"], width, height, glyphs)
    yield "log", log.draw(states["log"], width, height)
    yield "wrapped log", log.draw(dataclasses.replace(states["log"], wrap=True, query="a"), width, height)
    yield "header", header.draw(states["header"], width, height, glyphs)
    yield "gauges", gauge.draw(states["gauges"], width, height, glyphs)
    yield "chart", chart.draw(states["chart"], width, height, glyphs)
    body = log.draw(states["log"], *frame.inside(width, height))
    yield "box", frame.box(body, states["header"].scenario, "hint", width, height, True, glyphs)


def hostile_states(name):
    nodes = (name, f"{name}2", "plain")
    edges = ((name, f"{name}2"), (f"{name}2", "plain"))
    series = (Series(name, (1.0, None, 2.0), name, name),)
    return {
        "layout": lay_out(Topology(nodes, edges)),
        "map": MapState(tuple((node, name) for node in nodes), edges[:1], name, ((name, name),), (name,)),
        "table": TableState((ServiceRow(name, name, team=name),), (EntryRow(name, "ok", objective=name),), name),
        "signals": SignalsState(name, name, series, name, (), 0.5),
        "log": LogState((LogLine(name, "value", name),), empty=name),
        "header": HeaderState(name, name, name, name, (name, name), name, True, name, name, name, name),
        "gauges": GaugesState((Gauge(name, 0.5, name), Gauge(name, None, name)), name),
        "chart": ChartState(name, ((name, (1.0, None, 3.0)),), name, name, name, 2.0),
    }


def assert_sound(drawn, width, height):
    for what, lines in drawn:
        assert len(lines) <= height, what
        for line in lines:
            assert line.width == width, (what, line.plain)
            unsafe = [one for one in line.plain if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
            assert not unsafe, (what, unsafe)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_line_is_as_wide_as_its_panel(
    width, height, glyphs, otel, map_state, table_state, signals_state, log_state, header_state, gauges_state
):
    states = {
        "layout": lay_out(otel),
        "map": map_state,
        "table": table_state,
        "signals": signals_state,
        "log": log_state,
        "header": header_state,
        "gauges": gauges_state,
        "chart": ChartState("p99", (("web", (1.0, 2.0, None, 3.0)),), "00:00", "07:42", "s", 2.5),
    }
    assert_sound(everything(states, width, height, glyphs), width, height)
    if glyphs is ASCII:
        for _, lines in everything(states, width, height, glyphs):
            assert all(glyphs.spell(line.plain).isascii() for line in lines)


@pytest.mark.parametrize("place", range(len(HOSTILE)))
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_hostile_name_anywhere_neither_breaks_a_line_nor_steers_the_terminal(place, width, height):
    assert_sound(everything(hostile_states(HOSTILE[place]), width, height, UNICODE), width, height)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_theme_knows_every_style_that_is_drawn(
    theme, otel, map_state, table_state, signals_state, log_state, header_state, gauges_state
):
    states = hostile_states("name") | {"layout": lay_out(otel), "map": map_state, "table": table_state}
    states |= {"signals": signals_state, "log": log_state, "header": header_state, "gauges": gauges_state}
    used = {style for _, lines in everything(states, 118, 20, UNICODE) for line in lines for _, style in line.pieces}
    assert used - {"name"} <= set(theme.styles)
    assert set(theme.styles) == set(THEMES["default"].styles)
    assert all(style.color and style.bgcolor and not style.dim for style in theme.styles.values())
    assert theme.style("no such style") is theme.style("base")


def test_status_and_selection_differ_without_colour():
    mono = THEMES["mono"]
    assert mono.style("selected").reverse
    assert mono.style("down") != mono.style("degraded") != mono.style("ok")


def test_no_color_means_mono_unless_it_is_empty():
    assert look_for({"NO_COLOR": "1"}, "default").theme is THEMES["mono"]
    assert look_for({"NO_COLOR": ""}, "high-contrast").theme is THEMES["high-contrast"]
    assert look_for({}, ascii_only=True).glyphs is ASCII
    with pytest.raises(KeyError):
        look_for({}, "no such theme")


def test_drawing_reads_nothing_from_the_environment(monkeypatch, table_state):
    before = table.draw(table_state, 80, 10)
    for name in list(os.environ):
        monkeypatch.delenv(name)
    assert table.draw(table_state, 80, 10) == before
