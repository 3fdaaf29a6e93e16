"""Which sessions can be gone on with: journals without an end, read only at their beginning and end.

Owns a quick look, no verification: resuming checks every line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gameday.core.text import clean_line
from gameday.session import places

_HEAD, _TAIL = 4_000_000, 65_536
_MOST = 8


@dataclass(frozen=True, slots=True)
class Saved:
    """An unfinished session. `reached` in microseconds, as far as the last lines say."""

    path: Path
    scenario: str
    title: str
    started: str
    reached: int


def saved_sessions() -> list[Saved]:
    """The newest unfinished sessions in which something has happened."""
    found: list[Saved] = []
    for path in places.recorded()[: 5 * _MOST]:
        one = _look_at(path)
        if one is not None:
            found.append(one)
        if len(found) == _MOST:
            break
    return found


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
        if not reached and not any(line.startswith(b'{"k":"command"') for line in lines):
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
