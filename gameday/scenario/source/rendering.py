"""Problems as text: for people (with the source line and a caret) and for GitHub's annotations."""

from __future__ import annotations

import unicodedata

from gameday.core.errors import Problem
from gameday.core.text import clean_line, mask

EXCERPT = 100
"""Characters of a source line that are shown at most, around the caret."""
LINES = 40
MESSAGE = 400
_WHOLE = 3
"""Problems that keep their source line however many there are."""


def headline(problem: Problem) -> str:
    """`path:line:col: error: message [code]`, without the numbers where no parser gave them."""
    place = f":{problem.line}:{problem.column}" if problem.line > 0 else ""
    message = clean_line(problem.message, MESSAGE)
    return f"{clean_line(problem.path)}{place}: {problem.severity}: {message} [{clean_line(problem.code, 60)}]"


def render(problem: Problem) -> str:
    """The headline, and below it the source line with a caret line where the place is known."""
    if problem.line <= 0 or not problem.excerpt.strip():
        return headline(problem)
    excerpt, offset, width = _window(mask(problem.excerpt), problem.column - 1, problem.width)
    pad = _cells(excerpt[:offset])
    caret = " " * pad + "^" + "~" * (max(1, _cells(excerpt[offset : offset + width])) - 1)
    number = str(problem.line)
    gutter = " " * len(number) + " |"
    return f"{headline(problem)}\n{gutter}\n{number} | {excerpt}\n{gutter} {caret}"


def render_all(problems: list[Problem], limit: int = LINES) -> str:
    """All problems of a file in at most `limit` lines: first with source lines, then headlines, then what is left out.

    That is a count of problems, or the source lines of those that have only a headline.
    """
    count = len(problems)
    whole = min(count, max(_WHOLE, (limit - count) // 3))
    if whole < count:
        whole = max(_WHOLE, (limit - count - 1) // 3)
    lines: list[str] = []
    for index, problem in enumerate(problems):
        added = render(problem).split("\n") if index < whole else [headline(problem)]
        last = index == count - 1 and whole == count
        if len(lines) + len(added) > limit - (0 if last else 1):
            return "\n".join([*lines, f"... and {count - index} more"])
        lines.extend(added)
    if any(problem.excerpt.strip() for problem in problems[whole:]):
        lines.append(f"(source lines of the first {whole} only)")
    return "\n".join(lines)


def render_github(problem: Problem) -> str:
    """A workflow command that annotates the line in a pull request; escaped as GitHub's toolkit does."""
    level = problem.severity if problem.severity in ("error", "warning", "notice") else "error"
    place = f",line={problem.line},col={problem.column}" if problem.line > 0 else ""
    message = f"{clean_line(problem.message, MESSAGE)} [{clean_line(problem.code, 60)}]"
    return f"::{level} file={_escape_property(clean_line(problem.path))}{place}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _window(line: str, offset: int, width: int) -> tuple[str, int, int]:
    """A part of `line` that holds the caret, with the caret's place and width in it."""
    line = line.rstrip()
    offset = min(max(offset, 0), len(line))
    if len(line) <= EXCERPT:
        return line, offset, width
    start = max(0, min(offset - EXCERPT // 3, len(line) - EXCERPT))
    stop = start + EXCERPT
    head, tail = ("…" if start > 0 else ""), ("…" if stop < len(line) else "")
    return head + line[start:stop] + tail, offset - start + len(head), min(width, stop - offset)


def _cells(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
