"""The tiny exercise of these tests, a session that somebody plays, and files that are not on a disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gameday.core.commands import Verdict, parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.session.journal import Writer
from gameday.session.session import Session

DATA = Path(__file__).parent.parent / "data"

PLAY = (
    (2.0, "note all is quiet"),
    (12.0, "declare SEV-2"),
    (12.0, "restart nowhere"),
    (13.5, "ack"),
    (15.25, "rollback db"),
    (16.0, "approve"),
    (17.0, "metrics db"),
    (20.0, 'as bo: status We look into it. "Soon" more.'),
    (33.0, "shed web 10% --entry crawl"),
    (40.0, "diagnose db bad-deploy retry-storm"),
)
"""What a player does in the tiny exercise: seconds and commands."""


def tiny() -> Exercise:
    """The exercise of `tests/data/scenarios/tiny.yaml`."""
    return load(str(DATA / "scenarios" / "tiny.yaml"))


def play(session: Session, commands: tuple[tuple[float, str], ...] = PLAY) -> list[Verdict]:
    """Gives each command at its second."""
    verdicts = []
    for second, text in commands:
        session.run_to(round(second * MICRO))
        verdicts.append(session.submit(parse_command(text)))
    return verdicts


def played(exercise: Exercise, *, seed: int = 7, variant: str = "deploy") -> Session:
    """A session of the tiny exercise, played to its end and finished."""
    session = Session(exercise, seed, variant=variant)
    play(session)
    session.finish()
    return session


class MemoryFile:
    """A file in memory. `written` survives a kill, `durable` a power cut; `before_call(n)` may raise at call n.

    At most `bite` bytes are taken by one write.
    """

    def __init__(self, before_call: Callable[[int], None] | None = None, bite: int = 1 << 30) -> None:
        self.written = b""
        self.durable = b""
        self.calls = 0
        self.closed = False
        self._before_call = before_call
        self._bite = bite

    def write(self, data: bytes) -> int:
        self._count()
        self.written += data[: self._bite]
        return min(len(data), self._bite)

    def sync(self) -> None:
        self._count()
        self.durable = self.written

    def close(self) -> None:
        self.closed = True

    def _count(self) -> None:
        self.calls += 1
        if self._before_call is not None:
            self._before_call(self.calls)


def recorded(exercise: Exercise, commands: tuple[tuple[float, str], ...] = PLAY) -> bytes:
    """The bytes of the journal of a session played to its end."""
    file = MemoryFile()
    session = Session(exercise, 7, variant="deploy", journal=Writer(file))
    play(session, commands)
    session.finish()
    return file.written
