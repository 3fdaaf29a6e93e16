"""JSON that others wrote, read without trust: size, depth, kinds of values, a problem for all that is wrong.

Owns the dotted places in messages. Does not own what the keys mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from gameday.core.errors import InputError, Problem
from gameday.core.text import clean_line

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MAX_BYTES = 16 << 20
MAX_PROBLEMS = 200
TEXT = 200


@dataclass
class Sink:
    """Where the problems of one file go; the first `MAX_PROBLEMS` are kept."""

    name: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, where: str, message: str, code: str, severity: str = "error") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            message = clean_line(f"{where}: {message}" if where else message, 400)
            self.problems.append(Problem(self.name, 0, 0, message, code, severity=severity))


@dataclass(frozen=True, slots=True)
class Place:
    """A value in the file, and where it is: `escalation_policies[0].name`. What is wrong is told once, to the sink."""

    value: Json
    where: str
    sink: Sink

    def keys(self) -> tuple[str, ...]:
        return tuple(self.value) if isinstance(self.value, dict) else ()

    def has(self, key: str) -> bool:
        """Whether there is something other than null under the key."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def get(self, key: str) -> Place:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Place(value, f"{self.where}.{key}" if self.where else key, self.sink)

    def items(self) -> Iterator[Place]:
        """The objects of a list; nothing where there is none."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            self.complain("a list")
            return
        for number, value in enumerate(self.value):
            place = Place(value, f"{self.where}[{number}]", self.sink)
            if isinstance(value, dict):
                yield place
            else:
                place.complain("an object")

    def words(self) -> list[Place]:
        """The members of a list of texts."""
        members = self.value if isinstance(self.value, list) else []
        return [Place(value, f"{self.where}[{number}]", self.sink) for number, value in enumerate(members)]

    def text(self, default: str | None = None) -> str:
        """The text here, made safe; what is wrong is told, and stands as nothing."""
        if isinstance(self.value, str) and self.value.strip():
            return clean_line(self.value.strip(), TEXT)
        if self.value in (None, "") and default is not None:
            return default
        self.complain("text")
        return ""

    def number(self, default: int | None = None, *, least: int = 0, most: int = 10**9) -> int:
        """The whole number here, also where it stands as text."""
        value = self.value
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        if value is None and default is not None:
            return default
        self.complain(f"a whole number from {least} to {most}")
        return least

    def complain(self, expected: str) -> None:
        self.sink.add(self.where, f"expected {expected}, found {_found(self.value)}", "wrong-type")

    def problem(self, message: str, code: str) -> None:
        self.sink.add(self.where, message, code)


def read_json(path: Path) -> Place:
    """The object in a JSON file. Raises InputError (fatal)."""
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _unreadable(path, f"is larger than {MAX_BYTES >> 20} MiB", "too-big")
    try:
        value = json.loads(data, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        ours = "; files of ours need no import" if path.suffix in (".yaml", ".yml") else ""
        message = f"is not JSON: {error.msg.lower()}{ours}"
        raise InputError([Problem(str(path), error.lineno, error.colno, message, "syntax")], fatal=True) from None
    except UnicodeDecodeError:
        raise _unreadable(path, "is not UTF-8", "encoding") from None
    except RecursionError:
        raise _unreadable(path, "is nested too deeply", "too-deep") from None
    except ValueError as error:
        raise _unreadable(path, f"is not JSON: {clean_line(str(error), 100)}", "syntax") from None
    if not isinstance(value, dict):
        raise _unreadable(path, f"expected an object at the top, found {_found(value)}", "wrong-type")
    return Place(value, "", Sink(str(path)))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _unreadable(path: Path, message: str, code: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, message, code)], fatal=True)


def _found(value: Json) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return clean_line(json.dumps(value), 60)
