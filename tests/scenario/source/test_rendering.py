from __future__ import annotations

from gameday.core.errors import Problem
from gameday.scenario.source import read_text, render, render_all, render_github


def problem(
    line: int = 14, column: int = 9, width: int = 7, excerpt: str = "    at: paymnts", message: str = ""
) -> Problem:
    message = message or 'service "paymnts" is not defined; did you mean "payments"?'
    return Problem("scenarios/retry-storm.yaml", line, column, message, "unknown-service", width, excerpt)


def test_a_problem_is_shown_with_its_line_and_a_caret():
    assert render(problem()) == (
        'scenarios/retry-storm.yaml:14:9: error: service "paymnts" is not defined; did you mean "payments"? '
        "[unknown-service]\n"
        "   |\n"
        "14 |     at: paymnts\n"
        "   |         ^~~~~~~"
    )


def test_a_problem_without_a_place_has_no_numbers():
    assert render(problem(line=0, column=0, message="x")) == "scenarios/retry-storm.yaml: error: x [unknown-service]"


def test_a_long_line_is_shortened_around_the_caret():
    line = "x" * 5000 + "HERE" + "y" * 5000
    shown = render(problem(column=5001, width=4, excerpt=line)).split("\n")
    assert all(len(each) < 120 for each in shown[1:])
    start = shown[3].index("^")
    assert shown[2][start : start + 4] == "HERE"
    assert shown[2].count("…") == 2


def test_a_caret_stands_under_wide_characters_on_a_terminal():
    shown = render(problem(line=1, column=3, width=1, excerpt="過負x")).split("\n")
    assert shown[3] == "  |     ^"


def test_no_control_character_of_a_file_is_shown():
    hostile = Problem("a\x1b[2J", 1, 1, "m\x1b]52;c;x\x07\n", "c\x1b", 1, "\x1b[31mred\x9b")
    for text in (render(hostile), render_github(hostile)):
        assert not any(ord(c) < 32 and c != "\n" for c in text)
        assert "\x9b" not in text


def test_a_file_gets_forty_lines_at_most_and_the_rest_is_counted():
    for count in (1, 9, 10, 11, 20, 39, 40, 1000):
        lines = render_all([problem(line=n + 1) for n in range(count)]).split("\n")
        shown = sum(line.startswith("scenarios/") for line in lines)
        assert len(lines) <= 40
        assert shown == count or lines[-1] == f"... and {count - shown} more"
        drawn = sum(set(line.strip(" |")) == {"^", "~"} for line in lines)
        assert drawn == count or shown < count or lines[-1] == f"(source lines of the first {drawn} only)"
    assert len(render_all([problem()] * 10).split("\n")) == 40


def test_github_annotations_are_escaped_as_github_reads_them():
    annotation = render_github(Problem("a,b:c.yaml", 3, 4, "100% of\nit: x, y", "bad-value"))
    assert annotation == "::error file=a%2Cb%3Ac.yaml,line=3,col=4::100%25 of\\nit: x, y [bad-value]"


def test_a_duplicate_key_is_shown_at_its_second_line():
    document = read_text("a: 1\na: 2\n", "x.yaml")
    assert render_all(document.problems) == (
        'x.yaml:2:1: error: key "a" stands twice, in line 1 and in line 2; keep one [duplicate-key]\n'
        "  |\n2 | a: 2\n  | ^"
    )
