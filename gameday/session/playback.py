"""A recording shown as it was seen, from its keyframes alone: on any machine and version, and with no engine.

Owns nothing but the walk through the records. What was not opened during play needs `replay`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gameday.core.signals import Observation
from gameday.session.journal import Journal
from gameday.session.keyframes import Decoder
from gameday.session.records import CommandRecord, ResultRecord, SeenEvent, Tick


@dataclass(frozen=True, slots=True)
class PlayedCommand:
    """A command as it was given. `at` in microseconds; `result` is the line of its verdict."""

    at: int
    author: str
    role: str
    text: str
    accepted: bool
    result: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole second: what could be seen, and what happened and was asked for since the second before."""

    observation: Observation
    events: tuple[SeenEvent, ...]
    commands: tuple[PlayedCommand, ...]


def playback(journal: Journal) -> Iterator[Frame]:
    """The seconds of a recording, in order. Raises JournalError where a tick does not fit its header."""
    decoder = Decoder(journal.header)
    results = {record.n: record.text for record in journal.records if isinstance(record, ResultRecord)}
    commands: list[PlayedCommand] = []
    for record in journal.records:
        if isinstance(record, CommandRecord):
            commands.append(_played(record, results))
        elif isinstance(record, Tick):
            yield Frame(decoder.observation(record), record.seen, tuple(commands))
            commands = []


def _played(record: CommandRecord, results: dict[int, str]) -> PlayedCommand:
    result = results.get(record.n, "") if record.accepted else record.result
    return PlayedCommand(record.at, record.author, record.role, record.text, record.accepted, result)
