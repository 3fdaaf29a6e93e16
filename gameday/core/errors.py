"""The exceptions of gameday, all of them, as a tree. Owns no exit codes: those live in `gameday.cli`.

GamedayError
├── InputError            something a person wrote is wrong; carries every problem at once
├── CommandError          a typed command cannot be read
├── JournalError
│   ├── JournalDamaged    a line that was complete does not carry its hash
│   └── JournalHeld       another process writes it
├── ReplayDiffers         a session simulated again is not the session that was recorded
└── SessionBroken         an exception inside the simulated world; the session never goes on after it
"""

from __future__ import annotations

from dataclasses import dataclass


class GamedayError(Exception):
    """Base of every error that gameday raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file, where it is and what would mend it.

    `line` and `column` count from 1 and are 0 where no parser gave a position (never made up).
    `width` is how many characters the caret underlines; `excerpt` is the source line, already clean.
    """

    path: str
    line: int
    column: int
    message: str
    code: str
    width: int = 1
    excerpt: str = ""
    severity: str = "error"


class InputError(GamedayError):
    """A file that cannot be used. `fatal` means that it could not even be read as YAML (encoding, syntax, pre-scan)."""

    def __init__(self, problems: list[Problem], *, fatal: bool = False) -> None:
        self.problems = problems
        self.fatal = fatal
        super().__init__("; ".join(problem.message for problem in problems[:3]))


class CommandError(GamedayError):
    """A command that cannot be read; the text says what was found, what was expected and the nearest name.

    `start` and `width` are the wrong word's place in the command line, in characters; `width` is 0 where none is wrong.
    """

    def __init__(self, message: str, start: int = 0, width: int = 0) -> None:
        self.start = start
        self.width = width
        super().__init__(message)


class JournalError(GamedayError):
    """A recording that cannot be used."""


class JournalDamaged(JournalError):
    """A complete line of a journal is not what was written; the sound prefix is `lines` long."""

    def __init__(self, message: str, lines: int) -> None:
        self.lines = lines
        super().__init__(message)


class JournalHeld(JournalError):
    """Another process has the journal open and writes it."""


class ReplayDiffers(GamedayError):
    """Simulating a journal again gave another state; the message names the first second and the service."""


class SessionBroken(GamedayError):
    """An exception inside a simulated process. The session stops: going on would be a made-up world."""
