"""A file of commands as a policy: `90s [as NAME:] restart payments` a line, `#` comments, in any order of time.

Owns the format. What the commands name is looked up elsewhere (`script_names`); whether a command is allowed is judged
when its time comes, as for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gameday.core.commands import LONGEST, Command, Verdict, parse_command
from gameday.core.errors import CommandError, InputError, Problem
from gameday.core.signals import Observation, Signals
from gameday.core.text import clean_line, mask
from gameday.core.units import MICRO, is_bare_number, parse_duration, respelled
from gameday.response.policy import NEVER, Decision
from gameday.scenario.source.document import Position, Source, in_file_order
from gameday.session.script_names import Cast, Written, name_problems

LARGEST = 1_000_000
"""Bytes that a file of commands may have."""
_LONGEST_TIME = 100
"""Characters before a command of the greatest length."""

_LINE = re.compile(r"\s*(?P<time>\S+)\s*(?P<command>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Timed:
    """A command and when to give it, in microseconds; `place` is where it stands, `commands.txt:3`."""

    at: int
    command: Command
    place: str


@dataclass(frozen=True, slots=True)
class ScriptState:
    """How many commands have been given, and the time that was asked for (µs)."""

    given: int = 0
    due: int = 0


class Script:
    """Gives each command at its time; what is refused is not tried again."""

    def __init__(self, commands: Sequence[Timed]) -> None:
        self.commands = tuple(sorted(commands, key=lambda timed: timed.at))

    def begin(self) -> ScriptState:
        return ScriptState()

    def decide(
        self,
        state: ScriptState,
        observation: Observation,
        signals: Signals,  # noqa: ARG002 (the protocol's)
        verdicts: tuple[Verdict, ...] = (),  # noqa: ARG002 (the protocol's)
    ) -> Decision[ScriptState]:
        now = max(state.due, observation.second * MICRO)
        given = state.given
        while given < len(self.commands) and self.commands[given].at <= now:
            given += 1
        due = self.commands[given].at if given < len(self.commands) else NEVER
        commands = tuple(timed.command for timed in self.commands[state.given : given])
        return Decision(ScriptState(given, due), commands, due)


def read_script(path: Path, cast: Cast | None = None) -> Script:
    """Reads a file of commands. Raises OSError, and InputError with every problem and its line.

    With the `cast` that it is for, names that there are not are problems too.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    name = clean_line(str(path))
    if len(data) > LARGEST:
        raise InputError([Problem(name, 0, 0, f"the file is larger than {LARGEST} bytes", "too-large")], fatal=True)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([_not_utf8(error, name)], fatal=True) from None
    return parse_script(text, name, cast)


def parse_script(text: str, path: str = "", cast: Cast | None = None) -> Script:
    """Reads the lines of a command file. Raises InputError with every problem and its place."""
    lines = tuple(raw.rstrip("\r") for raw in text.split("\n"))
    source = Source(path, tuple(mask(line) for line in lines))
    commands: list[Timed] = []
    written: list[Written] = []
    problems: list[Problem] = []
    for number, raw in enumerate(lines, start=1):
        line = clean_line(raw, LONGEST + _LONGEST_TIME)
        match = _LINE.match(line)
        if match is None or match["time"].startswith("#"):
            continue
        try:
            command = Timed(_time(match), _command(match), f"{path}:{number}")
        except CommandError as error:
            start = match.start("command") + error.start if error.width else match.start("time")
            position = _position(number, raw, start, error.width or len(match["time"]))
            problems.append(source.problem(position, str(error), "command"))
            continue
        commands.append(command)
        position = _position(number, raw, match.start("command"), len(match["command"]))
        written.append(Written(command.command, match["command"], position))
    if cast is not None:
        problems += name_problems(source, written, cast)
    if problems:
        raise InputError(in_file_order(problems))
    return Script(commands)


def _time(match: re.Match[str]) -> int:
    text, following = match["time"], match["command"].partition(" ")[0].rstrip(":")
    try:
        return parse_duration(text)
    except ValueError as error:
        for spelled in (text, f"{text} {following}" if is_bare_number(text) else ""):
            if better := respelled(spelled):
                raise CommandError(f'"{spelled}" is not a time; write {better}') from None
        example = "a line is for example: 90s restart payments"
        raise CommandError(str(error) if is_bare_number(text) else f'"{text}" is not a time; {example}') from None


def _command(match: re.Match[str]) -> Command:
    if not match["command"].strip():
        raise CommandError(f"nothing to do at {match['time']}; a line is for example: 90s restart payments")
    return parse_command(match["command"])


def _position(number: int, raw: str, start: int, width: int) -> Position:
    """Where what begins at `start` of the clean line is in the line as it was written."""
    place = 0
    while start > 0:
        start -= len(clean_line(raw[place]))
        place += 1
    return Position(number, place + 1, width)


def _not_utf8(error: UnicodeDecodeError, path: str) -> Problem:
    data = error.object
    begin = data.rfind(b"\n", 0, error.start) + 1
    line = data[begin:].split(b"\n", 1)[0].decode("utf-8", "replace")
    column = len(data[begin : error.start].decode("utf-8", "replace")) + 1
    message = f"byte {data[error.start]:#04x} is not UTF-8; save the file as UTF-8"
    number = data.count(b"\n", 0, error.start) + 1
    return Problem(path, number, column, message, "encoding", 1, mask(line.rstrip("\r")))
