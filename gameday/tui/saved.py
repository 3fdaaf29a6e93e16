"""Which sessions can be gone on with: those that have begun, and whose journals have no end.

Owns when a session has begun, and a quick look at the beginning and the end of a journal; no verification: resuming
checks every line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from gameday.core.text import clean_line
from gameday.session import places

_HEAD, _TAIL = 4_000_000, 65_536
_MOST, _LOOKED_AT = 8, 40


@dataclass(frozen=True, slots=True)
class Saved:
    """An unfinished session. `reached` in microseconds, as far as the last lines say."""

    path: Path
    scenario: str
    title: str
    started: str
    reached: int


def has_begun(reached: int, gave_commands: bool) -> bool:
    """Whether time has passed (`reached` in microseconds), or somebody did something: before that nothing goes on."""
    return reached > 0 or gave_commands


def unfinished(most: int | None = None) -> Iterator[Saved]:
    """The sessions that have begun and not ended, newest first; of the `most` newest journals, if that is said."""
    for path in places.recorded()[:most]:
        one = _look_at(path)
        if one is not None:
            yield one


def saved_sessions() -> list[Saved]:
    """The newest of them, for a list to choose from."""
    return list(islice(unfinished(_LOOKED_AT), _MOST))


def _look_at(path: Path) -> Saved | None:
    """A journal at a glance; None where it has ended, has not begun, or is no journal."""
    try:
        with path.open("rb") as file:
            head = file.readline(_HEAD)
            file.seek(0, 2)
            file.seek(max(file.tell() - _TAIL, 0))
            tail = file.read()
        header = json.loads(head)
        if not isinstance(header, dict) or header.get("k") != "header":
            return None
        title = header["exercise"]["scenario"]["title"]
        if header["exercise"].get("hat"):
            title = f"{title} ({header['exercise']['hat']})"
        lines = [line for line in tail.split(b"\n") if line.startswith(b'{"k":')]
        if any(line.startswith(b'{"k":"end"') for line in lines[-2:]):
            return None
        reached = _reached(lines)
        if not has_begun(reached, any(line.startswith(b'{"k":"command"') for line in lines)):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    texts = (clean_line(str(text), 80) for text in (header.get("scenario", ""), title, header.get("started", "")))
    scenario, shown, started = texts
    return Saved(path, scenario, shown, started.replace("T", " ").replace("Z", " UTC"), reached)


def _reached(lines: list[bytes]) -> int:
    for line in reversed(lines):
        if line.startswith(b'{"k":"tick"'):
            try:
                second = json.loads(line).get("n")
            except ValueError:
                continue
            if isinstance(second, int):
                return second * 1_000_000
    return 0
