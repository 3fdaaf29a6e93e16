"""Rows to select from and text to read, as plain text."""

from __future__ import annotations

import pytest

from gameday.tui.drawing import prose, rows
from gameday.tui.drawing.prose import Paragraph, ProseState, line_of, paragraphs_of
from gameday.tui.drawing.rows import Row, RowsState

STEPS = tuple(Row(f"s{place}", "○", f"step {place}") for place in range(9))


def plain(lines: list[rows.Line]) -> list[str]:
    return [line.plain.rstrip() for line in lines]


def test_a_row_has_its_mark_its_time_and_what_stands_at_the_end() -> None:
    row = Row("a", "✖", "it fails", at="01:02", right="2 s")
    assert plain(rows.draw(RowsState((row,)), 24, 3)) == ["✖ 01:02 it fails     2 s"]


def test_the_focus_stays_in_view_with_what_comes_next_and_the_rest_is_counted() -> None:
    drawn = plain(rows.draw(RowsState(STEPS, focus="s5"), 20, 4))
    assert drawn[1] == "○ step 5"
    assert drawn[-1] == "  +2 more"


def test_where_there_is_little_height_the_text_gives_way_to_the_details() -> None:
    row = Row("a", "▶", "a long text that takes several lines", details=((": ack", "accent"),), most=4)
    assert plain(rows.draw(RowsState((row,)), 16, 9))[-1] == "  : ack"
    assert plain(rows.draw(RowsState((row,)), 16, 3))[1] == "  : ack"


def test_moving_goes_row_by_row_and_stops_at_both_ends() -> None:
    state = RowsState(STEPS, selected="s0")
    assert rows.stepped(state, 1) == "s1"
    assert rows.stepped(state, -1) == "s0"
    assert rows.stepped(state, 100) == "s8"
    assert rows.stepped(RowsState(), 1) is None


def test_the_row_under_the_pointer_is_the_one_that_is_drawn_there() -> None:
    two = RowsState((Row("a", "", "x", details=(("y", "dim"),)), Row("b", "", "z")))
    assert [rows.row_at(two, 20, 9, y) for y in range(4)] == ["a", "a", "b", None]


def test_paragraphs_wrap_at_words_and_hang() -> None:
    lines = prose.laid([line_of("one two three four", hang=2)], 9)
    assert plain(lines) == ["one two", "  three", "  four"]


def test_a_word_that_is_wider_than_the_panel_is_broken() -> None:
    assert plain(prose.laid([line_of("abcdefghij", hang=1)], 4)) == ["abcd", " efg", " hij"]


def test_lines_that_follow_one_another_are_one_paragraph() -> None:
    assert len(paragraphs_of("one\ntwo\n\nthree\n")) == 3


def test_scrolling_past_the_end_shows_the_end() -> None:
    text = ProseState(tuple(line_of(str(number)) for number in range(9)), top=100)
    assert plain(prose.draw(text, 5, 3)) == ["6", "7", "8"]


@pytest.mark.parametrize("width", [0, 1, 2, 3, 5, 40])
@pytest.mark.parametrize("height", [0, 1, 2, 7])
def test_any_size_is_filled_and_never_exceeded(width: int, height: int) -> None:
    row = Row("a", "✖", "日本語 text\x1b[2J", at="01:02", right="end", details=(("détails " * 5, "dim"),), most=3)
    paragraph = Paragraph((("日本語 \x1b]52;c;x\x07", "title"), (" and more words", "base")), 4)
    drawn = [rows.draw(RowsState((row, row)), width, height), prose.draw(ProseState((paragraph,)), width, height)]
    for lines in drawn:
        assert len(lines) <= height
        assert all(line.width == width for line in lines)
        assert "\x1b" not in "".join(line.plain for line in lines)
