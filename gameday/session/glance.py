"""A journal at a glance: its header and its last lines, so that many can be listed. Nothing in it is verified."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gameday.core.errors import JournalError
from gameday.core.units import MICRO
from gameday.session.chain import unsealed
from gameday.session.files import check_ordinary
from gameday.session.records import CommandRecord, End, Header, Record, Tick, read_record

_HEAD, _TAIL = 4_000_000, 65_536
"""Bytes that are read of the beginning, and of the end."""

State = Literal["ended", "stopped", "not ended"]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a journal says of itself. `reached` in microseconds, as far as its last lines say."""

    path: Path
    header: Header
    state: State
    reached: int

    @property
    def name(self) -> str:
        """How the session is called."""
        return self.path.stem


def glance(path: Path) -> Glance | None:
    """A look at the journal; None for what is none of this version, and what cannot be read."""
    try:
        check_ordinary(path)
        with path.open("rb") as file:
            head = unsealed(file.readline(_HEAD))
            file.seek(0, 2)
            file.seek(max(file.tell() - _TAIL, 0))
            tail = file.read().split(b"\n")
        header = read_record(head, 1)
    except (OSError, JournalError):
        return None
    if not isinstance(header, Header):
        return None
    for line in reversed(tail):
        record = _read(line)
        if isinstance(record, End):
            return Glance(path, header, "stopped" if record.aborted else "ended", record.at)
        if isinstance(record, Tick | CommandRecord):
            return Glance(path, header, "not ended", record.n * MICRO if isinstance(record, Tick) else record.at)
    return Glance(path, header, "not ended", 0)


def _read(line: bytes) -> Record | None:
    try:
        return read_record(unsealed(line), 0)
    except JournalError:
        return None
