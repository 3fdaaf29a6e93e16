"""The journal: the recording of a session. Writing it, and reading one back with an account of its soundness.

Owns when a line is synced: the header, every command before it is acknowledged, the mark of the end, and every
tenth tick (ticks can be simulated again, so the last of them may be lost with the machine, never with the process).
Does not own what is simulated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from gameday.core.errors import JournalDamaged, JournalError
from gameday.core.text import clean
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.chain import GENESIS, Chain, scan
from gameday.session.files import DiskFile, JournalFile, read_ordinary
from gameday.session.records import (
    CommandRecord,
    End,
    Header,
    Record,
    ResultRecord,
    Tick,
    read_record,
    to_json,
)

TICKS_A_SYNC = 10

Soundness = Literal["clean", "unfinished", "torn", "damaged"]
Body = CommandRecord | ResultRecord | Tick | End


class Writer:
    """Appends records to one journal. When the disk refuses, `failed` says why and nothing more is written.

    `speed`, `roster` (person -> who plays) and `source` (the scenario's file) only go into the header.
    """

    def __init__(
        self,
        file: JournalFile,
        *,
        head: bytes = GENESIS,
        speed: float = 1.0,
        roster: Mapping[str, str] | None = None,
        source: str = "",
    ) -> None:
        self.failed: str | None = None
        self.speed = speed
        self.roster = roster or {}
        self.source = source
        self._file = file
        self._chain = Chain(head)
        self._unsynced = 0

    def append(self, record: Record) -> None:
        """Writes a record; it is synced when this returns, save a result and nine ticks of ten. Raises nothing."""
        if self.failed is not None:
            return
        if isinstance(record, (Tick, ResultRecord)):
            self._unsynced += isinstance(record, Tick)
            synced = self._unsynced >= TICKS_A_SYNC
        else:
            synced = True
        try:
            self._write(self._chain.seal(to_json(record)))
            if synced:
                self._file.sync()
                self._unsynced = 0
        except OSError as error:
            self.failed = clean(f"recording has stopped: {error.strerror or error}", 300)
        except ValueError as error:
            self.failed = clean(f"recording has stopped: {error}", 300)

    def close(self) -> None:
        """Lets go of the file. Raises nothing: a journal that cannot be closed has failed."""
        try:
            self._file.close()
        except OSError as error:
            self.failed = self.failed or clean(f"recording has stopped: {error.strerror or error}", 300)

    def _write(self, line: bytes) -> None:
        while line:
            taken = self._file.write(line)
            if taken <= 0:
                raise OSError("the disk takes no more")
            line = line[taken:]


def create(path: Path, *, speed: float = 1.0, roster: Mapping[str, str] | None = None, source: str = "") -> Writer:
    """A writer of a new journal. Raises OSError, FileExistsError among them."""
    return Writer(DiskFile(path, new=True), speed=speed, roster=roster, source=source)


@dataclass(frozen=True)
class Journal:
    """A recording that was read. `head` and `size` (bytes) are where its sound lines end, `torn` what follows them."""

    header: Header
    records: tuple[Body, ...]
    soundness: Soundness
    torn: bytes
    head: bytes
    size: int

    @property
    def commands(self) -> tuple[CommandRecord, ...]:
        return tuple(record for record in self.records if isinstance(record, CommandRecord))

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return tuple(record for record in self.records if isinstance(record, Tick))

    @property
    def end(self) -> End | None:
        last = self.records[-1] if self.records else None
        return last if isinstance(last, End) else None

    @property
    def reached(self) -> int:
        """The last instant that was recorded, in microseconds."""
        for record in reversed(self.records):
            if isinstance(record, Tick):
                return record.n * MICRO
            if isinstance(record, (CommandRecord, End)):
                return record.at
        return 0

    def exercise(self) -> Exercise:
        """The exercise that was played. Raises JournalError where it is not one that this version can simulate."""
        try:
            exercise = Exercise.from_json(self.header.scenario, self.header.exercise)
        except (ValidationError, KeyError, ValueError):
            raise JournalError("this version cannot read the scenario in the journal") from None
        if exercise.digest != self.header.digest:
            raise JournalError("the scenario in the journal means something else to this version")
        return exercise


def read_journal(path: Path) -> Journal:
    """Reads a journal. Raises OSError, JournalDamaged, and JournalError where it is no journal at all."""
    return parse_journal(read_ordinary(path))


def parse_journal(data: bytes) -> Journal:
    """A journal from its bytes; a torn last line is cut and kept in `torn`.

    Raises JournalDamaged for a complete line without its hash, JournalError for what is no journal of this format.
    """
    found = scan(data)
    if found.damaged == 1 and not _begins_as_journal(data):
        raise JournalError("this is no journal: it does not begin with the header of one")
    if found.damaged is not None:
        raise JournalDamaged(
            f"line {found.damaged} is damaged: it is not what was written; "
            f"the {len(found.lines)} lines before it are sound",
            len(found.lines),
        )
    return _journal(found.lines, found.torn, found.head, found.size)


def _begins_as_journal(data: bytes) -> bool:
    """Whether the first line bears either mark of a sealed header; damage at one place leaves the other."""
    return data.startswith(b'{"k":"header"') or b',"h":"' in data.split(b"\n", 1)[0]


def sound_prefix(data: bytes) -> Journal:
    """What comes before the damage. Raises JournalError when not even the header is sound."""
    found = scan(data)
    return replace(_journal(found.lines, found.torn, found.head, found.size), soundness="damaged")


def _journal(lines: tuple[bytes, ...], torn: bytes, head: bytes, size: int) -> Journal:
    if not lines:
        raise JournalError("this is no journal: it does not even hold a header")
    records = [read_record(line, number) for number, line in enumerate(lines, start=1)]
    header = records[0]
    if not isinstance(header, Header):
        raise JournalError("line 1 is not the header of a journal")
    body: list[Body] = []
    for number, record in enumerate(records[1:], start=2):
        if isinstance(record, Header):
            raise JournalError(f"line {number} is another header")
        if body and isinstance(body[-1], End):
            raise JournalError(f"line {number} comes after the end of the session")
        body.append(record)
    ended = bool(body) and isinstance(body[-1], End)
    soundness: Soundness = "torn" if torn else "clean" if ended else "unfinished"
    return Journal(header, tuple(body), soundness, torn, head, size)
