"""Where the checks write what they find: problems with exact places, from paths into the file's data.

Owns severities and the column inside a value that stands on one line. Does not own what is checked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from gameday.core.errors import Problem
from gameday.core.text import did_you_mean
from gameday.scenario.source import STAND_IN, Document, Path, Position, is_known_but_for_doubts

CHOICES = 30
"""Up to so many names are listed where none is near."""


class Report:
    """Collects the problems of one document. `context` is put before each message: which scenario asks, say.

    Of a document that is not all that was written, only errors about what was; and no advice. `tentative` are errors
    about blocks in which something stands in: true if they hold whatever was meant there.
    """

    def __init__(self, document: Document, context: str = "") -> None:
        self.problems: list[Problem] = []
        self.tentative: list[Problem] = []
        self._document = document
        self._context = f"{context}: " if context else ""

    def error(self, path: Path, message: str, code: str, *, key: bool = False) -> None:
        """Something that keeps the file from being used. `key` points at the key and not at its value."""
        self._add(path, self._document.problem(path, self._context + message, code, key=key))

    def warning(self, path: Path, message: str, code: str, *, key: bool = False) -> None:
        """Advice: the file can be used as it is."""
        problem = self._document.problem(path, self._context + message, code, key=key)
        if not self.lacks_part(()):
            self._add(path, replace(problem, severity="warning"))

    def inside(self, path: Path, text: str, offset: int, width: int, message: str, code: str) -> None:
        """An error at `offset` characters into the text at `path`; at the whole text where that has no one place."""
        position = self._within(path, text, offset, width)
        self._add(path, self._document.source.problem(position, self._context + message, code))

    def unknown(self, path: Path, name: str, names: Collection[str], kind: str, *, key: bool = False) -> None:
        """`service "paymnts" is not defined; did you mean "payments"? [unknown-service]`."""
        message = f'{self._context}{kind} "{name}" is not defined{suggestion(name, names)}'
        # A key is what was written also where its value is not.
        self._add(path, self._document.problem(path, message, f"unknown-{kind}", key=key), written=key)

    def expect(self, path: Path, name: str | None, names: Collection[str], kind: str, *, key: bool = False) -> bool:
        """Whether `name` is one of `names` (or is not given); reports it where it is not."""
        if name is None or is_known(name, names):
            return True
        self.unknown(path, name, names, kind, key=key)
        return False

    def lacks_part(self, path: Path) -> bool:
        """Whether what stands at `path` is not all that was written there."""
        return self._document.lacks_part(path)

    def line(self, path: Path) -> int:
        """The line of what stands at `path`."""
        return self._document.position(path).line

    def _add(self, path: Path, problem: Problem, *, written: bool = False) -> None:
        about = path[:-1] if problem.code == "missing-key" else path
        if STAND_IN in problem.message:
            return
        if written or not self.lacks_part(about):
            self.problems.append(problem)
        elif is_known_but_for_doubts(self._document, about):
            self.tentative.append(problem)

    def _within(self, path: Path, text: str, offset: int, width: int) -> Position:
        whole = self._document.position(path)
        line = self._document.lines[whole.line - 1] if 0 < whole.line <= len(self._document.lines) else ""
        start = whole.column - 1
        start += line[start : start + 1] in ('"', "'")
        if not line.startswith(text, start):
            return whole
        return Position(whole.line, start + 1 + offset, max(1, min(width, len(text) - offset)))


def is_known(name: str, names: Collection[str]) -> bool:
    """Whether there is this name. Where one of the names is only a stand-in, nobody knows which else there are."""
    return name in names or any(STAND_IN in one for one in names)


def suggestion(name: str, names: Collection[str]) -> str:
    """The nearest of the names; all of them where none is near and they are few."""
    near = did_you_mean(name, list(names))
    if near or len(names) > CHOICES:
        return near
    return f"; there is {', '.join(names)}" if names else "; there is none"
