import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gameday.tui.drawing.line import Line, column, cut, fit, safe, spread, squeeze, wrap

anything = st.text(st.characters(), max_size=40)


def test_wide_characters_count_two_cells_and_are_never_halved():
    assert cut("漢字漢字", 5) == "漢字…"
    assert fit([("漢字", "value")], 3) == Line((("漢 ", "value"),))


def test_a_cut_text_says_that_something_is_missing():
    assert (cut("payments", 8), cut("payments", 7), cut("payments", 1), cut("payments", 0)) == (
        "payments",
        "paymen…",
        "…",
        "",
    )


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [
        ("product-catalog", 15, "product-catalog"),
        ("product-catalog", 10, "prod-catal"),
        ("recommendation", 8, "recomme…"),
        ("a-b-c-d-e-f-g", 5, "a-b-…"),
        ("日本語-サービス", 8, "日本語-…"),
    ],
)
def test_a_name_of_parts_keeps_the_beginning_of_each(name, width, shown):
    assert squeeze(name, width) == shown


def test_text_that_would_steer_a_terminal_becomes_visible():
    assert safe("a\x1b]52;c;x\x07b") == "a\\x1b]52;c;x\\x07b"
    assert safe("[@click=app.quit]x[/]") == "[@click=app.quit]x[/]"


def test_both_ends_of_a_line_keep_their_place():
    assert spread([("left", "value")], [("right", "dim")], 12).plain == "left   right"
    assert spread([("much too long", "value")], [("right", "dim")], 12).plain == "much toright"
    assert spread([("left", "value")], [("much longer than that", "dim")], 6).plain == "left  "


def test_a_long_text_wraps_at_blanks():
    assert wrap("hello wide world of words", 9, 3) == ["hello", "wide", "world of…"]
    assert wrap("unbreakable", 4, 5) == ["unbr", "eaka", "ble"]
    assert wrap("", 4, 5) == [""]


@given(st.lists(st.tuples(anything, st.sampled_from(["ok", "dim"])), max_size=5), st.integers(0, 50))
def test_a_fitted_line_has_exactly_its_width_and_nothing_unsafe(pieces, width):
    line = fit(pieces, width)
    assert line.width == width
    assert line.plain == safe(line.plain)


@given(anything, st.integers(0, 30))
def test_no_way_of_shortening_exceeds_its_width(text, width):
    assert cell_len(cut(text, width)) <= width
    assert cell_len(squeeze(text, width)) <= width
    assert cell_len(column(text, width)) == width
    assert all(cell_len(row) <= max(width, 1) for row in wrap(text, max(width, 1), 4))
