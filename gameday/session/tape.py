"""Where a session's records go: the seam between the session and its journal, and a tape that only keeps them.

Owns no file. A journal on a disk is `journal.Writer`; a session that is simulated again records on a `Tape`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Protocol

from gameday.session.records import Header, Record


class Recorder(Protocol):
    """Takes the records of a session, in order. `speed`, `roster` and `source` only go into the header."""

    @property
    def failed(self) -> str | None:
        """Why nothing is recorded any more, as soon as that is so."""

    @property
    def speed(self) -> float: ...

    @property
    def roster(self) -> Mapping[str, str]: ...

    @property
    def source(self) -> str: ...

    def append(self, record: Record) -> None:
        """Takes one record. Raises nothing."""

    def close(self) -> None:
        """Nothing more comes. Raises nothing."""


class Tape:
    """Keeps records until they are taken. `header` is the one that was recorded, for what cannot be simulated."""

    failed = None

    def __init__(self, header: Header) -> None:
        self.speed = header.speed
        self.roster = header.roster
        self.source = header.source
        self._records: deque[Record] = deque()

    def append(self, record: Record) -> None:
        self._records.append(record)

    def close(self) -> None:
        """A tape holds nothing that must be let go of."""

    @property
    def next(self) -> Record | None:
        """What `take` would give."""
        return self._records[0] if self._records else None

    def take(self) -> Record | None:
        """The next record, None where there is none yet."""
        return self._records.popleft() if self._records else None
