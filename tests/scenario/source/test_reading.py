from __future__ import annotations

import pytest

from gameday.core.errors import InputError
from gameday.scenario.source import read, read_bytes, read_text


def refusal(text: str | bytes):
    """The one problem for which a text is refused."""
    with pytest.raises(InputError) as caught:
        read_bytes(text, "x.yaml") if isinstance(text, bytes) else read_text(text, "x.yaml")
    assert caught.value.fatal
    (problem,) = caught.value.problems
    return problem


def where(text: str | bytes) -> tuple[int, int, str]:
    problem = refusal(text)
    return problem.line, problem.column, problem.code


def test_plain_scalars_are_what_they_look_like_and_nothing_else():
    written = "[no, 010, 1:30, 2024-02-31, 1e3, 1_000, +5, ~, True, .5, 0x1f]"
    texts = ["no", "010", "1:30", "2024-02-31", "1e3", "1_000", "+5", "~", "True", ".5", "0x1f"]
    assert read_text(written, "x").value == texts
    typed = [True, False, None, 5, -5, 0, 2.5, -0.25]
    assert read_text("[true, false, null, 5, -5, 0, 2.50, -0.25]", "x").value == typed
    assert read_text("""['5', "true", 'null', ""]""", "x").value == ["5", "true", "null", ""]


def test_a_number_has_eighteen_digits_at_most_and_is_text_beyond():
    assert read_text("a: " + "9" * 18, "x").value == {"a": 10**18 - 1}
    assert read_text("a: " + "9" * 19, "x").value == {"a": "9" * 19}
    assert read_text("a: " + "9" * 5000, "x").value == {"a": "9" * 5000}


def test_keys_are_always_text():
    assert read_text("1: a\ntrue: b\n2.50: c\n", "x").value == {"1": "a", "true": "b", "2.50": "c"}


def test_every_text_is_cleaned():
    assert read_text('"k\\x1b": "\\e]52;c;AAAA\\a \\u202e"', "x").value == {"k\\x1b": "\\x1b]52;c;AAAA\\x07 \\u202e"}


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert read_bytes(b"\xef\xbb\xbfa: 1\n", "x").value == {"a": 1}


def test_an_empty_file_is_a_document_without_a_value():
    for text in ("", "\n\n", "# only a comment\n"):
        assert read_text(text, "x").value is None


def test_a_list_at_the_top_is_read_as_a_list():
    assert read_text("- 1\n- 2\n", "x").value == [1, 2]


def test_aliases_stand_for_their_anchors():
    document = read_text("a: &a {k: [1, x]}\nb: *a\nc: [*a, *a]\n", "x")
    assert document.value == {"a": {"k": [1, "x"]}, "b": {"k": [1, "x"]}, "c": [{"k": [1, "x"]}] * 2}


def test_a_duplicate_key_names_both_lines_and_the_first_one_counts():
    document = read_text("a: 1\nb: 2\na: {x: 3}\n", "x.yaml")
    assert document.value == {"a": 1, "b": 2}
    (problem,) = document.problems
    assert (problem.line, problem.column, problem.width, problem.code) == (3, 1, 1, "duplicate-key")
    assert "line 1" in problem.message
    assert "line 3" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: !!python/object/apply:os.system [ls]", 1, 4, "unsafe-tag"),
        ("a:\n  - !mine x", 2, 5, "unsafe-tag"),
        ("a: !!binary aGk=", 1, 4, "unsafe-tag"),
        ("a: !!int x", 1, 4, "bad-tag"),
        ("a: &x {k: 1}\nb:\n  <<: *x\n", 3, 3, "merge-key"),
        ("a: 1\n---\nb: 2\n", 2, 1, "several-documents"),
        ("a: *nope", 1, 4, "unknown-alias"),
        ("a: &a [1, *a]", 1, 11, "recursive-alias"),
        ("? [a, b]\n: c", 1, 3, "complex-key"),
        ("a: &a x\n*a : y", 2, 1, "alias-key"),
        ('"": x', 1, 1, "empty-key"),
        ("%YAML 1.1\n---\na: 1", 1, 1, "directive"),
        ("a: 1\nb: x\x07y", 2, 5, "control"),
        ("a: \ud800", 1, 4, "control"),
        ("a:\n\tb: 1", 2, 1, "syntax"),
        ("a: b: c", 1, 5, "syntax"),
        ("a: 1\nb: [1, 2\nc: 3", 2, 4, "syntax"),
        ('x: 1\na: "never closed\n', 2, 4, "syntax"),
        ("a: @x", 1, 4, "syntax"),
    ],
)
def test_what_is_refused_is_refused_where_it_stands(text, line, column, code):
    assert where(text) == (line, column, code)


def test_a_tab_for_indentation_is_named():
    assert "tab" in refusal("a:\n\tb: 1").message


def test_core_tags_are_harmless():
    assert read_text("a: !!str 5\nb: !!int 5\nc: !!map {d: !!seq [1]}\n", "x").value == {
        "a": "5",
        "b": 5,
        "c": {"d": [1]},
    }


def test_bytes_that_are_not_utf8_are_named_with_their_place_and_a_guess():
    problem = refusal("title: ok\nname: caf\xe9\n".encode("latin-1"))
    assert (problem.line, problem.column, problem.code) == (2, 10, "encoding")
    assert "byte 0xe9 at offset 19" in problem.message
    assert "é" in problem.message
    assert "UTF-8" in problem.message
    assert "UTF-16" in refusal("a: 1".encode("utf-16")).message


def test_a_file_that_cannot_be_opened_is_an_input_error_with_its_path(tmp_path):
    for path in (tmp_path, tmp_path / "missing.yaml", f"{tmp_path}/a\0b", "/dev/zero", f"{tmp_path}/{'n' * 5000}"):
        with pytest.raises(InputError) as caught:
            read(path)
        assert caught.value.fatal
        (problem,) = caught.value.problems
        assert (problem.path, problem.line) == (str(path), 0)


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n")
    document = read(path)
    assert (document.name, document.value, document.lines) == (str(path), {"a": 1}, ("a: 1", ""))


@pytest.mark.parametrize("text", ["text: Four times: booking", "steps: [{id: a, text: Four times: booking}]"])
def test_an_unquoted_colon_in_a_text_is_answered_with_quotes(text):
    with pytest.raises(InputError) as caught:
        read_text(text, "f.yaml")
    (problem,) = caught.value.problems
    assert text[problem.column - 1 :].startswith(": booking")
    assert "quote a text that contains ': '" in problem.message
