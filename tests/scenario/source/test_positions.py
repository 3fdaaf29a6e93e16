from __future__ import annotations

from gameday.scenario.source import Position, read_text

TEXT = """\
a: 1
list: [1, 2.50, "x y"]
map:
  flow: {z: 1, y: 'q'}
  empty:
  block:
    - a
    - b: 1
      c: |
        hello
alias: &it
  k: v
used: *it
"""
DOCUMENT = read_text(TEXT, "x.yaml")


def test_values_stand_where_they_begin():
    assert DOCUMENT.position(("a",)) == Position(1, 4, 1)
    assert DOCUMENT.position(("list", 1)) == Position(2, 11, 4)
    assert DOCUMENT.position(("list", 2)) == Position(2, 17, 5)
    assert DOCUMENT.position(("map", "flow", "y")) == Position(4, 19, 3)
    assert DOCUMENT.position(("map", "block", 1, "b")) == Position(8, 10, 1)


def test_keys_stand_where_they_begin():
    assert DOCUMENT.position(("list",), key=True) == Position(2, 1, 4)
    assert DOCUMENT.position(("map", "flow", "y"), key=True) == Position(4, 16, 1)
    assert DOCUMENT.position(("map", "block", 1, "c"), key=True) == Position(9, 7, 1)


def test_collections_stand_where_they_begin_and_are_underlined_to_their_end_on_that_line():
    assert DOCUMENT.position(("list",)) == Position(2, 7, 16)
    assert DOCUMENT.position(("map", "flow")) == Position(4, 9, 14)
    assert DOCUMENT.position(("map", "block")) == Position(7, 5, 1)
    assert DOCUMENT.position(("map", "block", 1)) == Position(8, 7, 1)


def test_an_empty_value_stands_at_its_key():
    assert DOCUMENT.position(("map", "empty")) == Position(5, 3, 5)


def test_what_does_not_exist_stands_at_its_nearest_parent():
    assert DOCUMENT.position(("a", "b", "c")) == Position(1, 4, 1)
    assert DOCUMENT.position(("list", 9)) == Position(2, 7, 16)
    assert DOCUMENT.position(("nope",)) == DOCUMENT.position(())


def test_an_alias_stands_where_it_is_used_and_its_parts_where_they_are_written():
    assert DOCUMENT.position(("used",)) == Position(13, 7, 3)
    assert DOCUMENT.position(("used", "k")) == Position(12, 6, 1)


def test_a_scalar_keeps_what_was_written():
    assert DOCUMENT.written(("list", 1)) == "2.50"
    assert DOCUMENT.written(("list",)) is None
    assert DOCUMENT.written(("nope", 3)) is None


def test_columns_count_characters_also_after_wide_unsafe_and_tab_characters():
    document = read_text('"é過\t\u202e": [x, y]\n', "x")
    (key,) = document.value
    assert document.position((key, 1)) == Position(1, 13, 1)
    assert document.lines[0][12] == "y"


def test_lines_end_where_the_parser_ends_them():
    document = read_text("a: 1\r\nb: 'x\u2028y'\r\nc: 3", "x")
    line = document.position(("c",)).line
    assert document.lines[line - 1] == "c: 3"
