"""Running a recorded session again: state = f(exercise, seed, commands), and with it every line that was recorded.

Owns the walk along the records, each compared whole with the one that comes out again. Does not own the words for
what differs (`compare`), showing a recording without simulating (`playback`), nor going on with one (`resume`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gameday.core.commands import Command, parse_command
from gameday.core.errors import CommandError, JournalError, SessionBroken
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock
from gameday.session.compare import difference
from gameday.session.journal import Body, Journal
from gameday.session.opening import versions
from gameday.session.records import CommandRecord, End, Header, ResultRecord, Tick
from gameday.session.session import Session
from gameday.session.tape import Tape

EXACT = ("gameday", "python", "simpy", "platform")
"""What must be the same for two runs to be equal to the last bit."""

LONGEST = 86_400 * MICRO
"""The longest session that is simulated from a journal, in microseconds: whoever wrote the journal is not known."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first second at which running again is not what was recorded, and where it shows."""

    second: int
    where: str

    def __str__(self) -> str:
        return f"differs first at {format_clock(self.second * MICRO)} (second {self.second}): {self.where}"


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a journal was reproduced. `foreign` names the versions that differ from those it was recorded with.

    With foreign versions equal still means equal, but a difference proves nothing: `outcome` is `not comparable`.
    """

    seconds: int
    difference: Difference | None
    foreign: tuple[str, ...]

    @property
    def outcome(self) -> Literal["equal", "differs", "not comparable"]:
        if self.difference is None:
            return "equal"
        return "not comparable" if self.foreign else "differs"

    def __str__(self) -> str:
        if self.difference is None:
            return f"equal: {self.seconds} seconds simulated again, every line the same"
        if self.foreign:
            return f"cannot be compared exactly, recorded with {', '.join(self.foreign)}; {self.difference}"
        return str(self.difference)


def verify(journal: Journal) -> Verification:
    """Runs a journal again and compares every line. Raises JournalError where it cannot be run at all."""
    rerun = Rerun(journal)
    found = rerun.run()
    return Verification(rerun.seconds, found, foreign_versions(journal.header))


class Rerun:
    """A journal's session from its beginning, simulated along its records. `seconds` were the same so far.

    Raises JournalError where this version cannot make the session. `tape` holds what came out and was not compared:
    after a run without a difference, what the journal's writer had no time for.
    """

    def __init__(self, journal: Journal) -> None:
        self.tape = Tape(journal.header)
        self.session = _open_again(journal, self.tape)
        self.seconds = 0
        self._journal = journal

    def run(self) -> Difference | None:
        """To the last record, or to the first that is not what comes out again. Raises JournalError."""
        header = self._journal.header
        if (where := difference(header, self.tape.take(), header)) is not None:
            return Difference(0, where)
        for record in self._journal.records:
            try:
                found = self._left_out(record) or self._advance(record) or self._compare(record)
            except SessionBroken as error:
                return Difference(self.session.now // MICRO, str(error))
            if found is not None:
                return found
            self.seconds += isinstance(record, Tick)
        return None

    def _left_out(self, record: Body) -> Difference | None:
        """What should stand before this record. Nothing is simulated that was not recorded, however far it jumps."""
        if isinstance(record, ResultRecord):
            return None
        if isinstance(self.tape.next, ResultRecord):
            return self._compare(record)
        reached = record.n if isinstance(record, Tick) else record.at // MICRO + 1
        if reached > self.seconds:
            return Difference(self.seconds, "the line of this second is missing")
        if isinstance(record, Tick) and reached < self.seconds:
            return Difference(record.n, "this second is recorded twice")
        return None

    def _advance(self, record: Body) -> Difference | None:
        """Runs the session to where the record was written, and gives or ends what it says."""
        session = self.session
        if isinstance(record, ResultRecord):
            return None
        at = record.n * MICRO if isinstance(record, Tick) else record.at
        if at < session.now:
            raise JournalError(f"the journal goes back in time at {format_clock(at)}")
        if at > session.length:
            where = f"the session ended at {format_clock(session.length)}, the recorded one went on"
            return Difference(session.length // MICRO, where)
        session.run_to(at)
        if isinstance(record, CommandRecord):
            session.submit(_command(record))
        elif isinstance(record, End):
            if not record.aborted and not session.finished:
                return Difference(at // MICRO, "the recorded session ended before its time was over")
            session.finish(record.aborted)
        return None

    def _compare(self, record: Body) -> Difference | None:
        where = difference(record, self.tape.take(), self._journal.header)
        return None if where is None else Difference(self.session.now // MICRO, where)


def foreign_versions(header: Header) -> tuple[str, ...]:
    """What the journal was recorded with, where it is not what runs now: `python 3.11.4`."""
    here = versions()
    return tuple(
        f"{name} {clean_line(header.versions.get(name, 'unknown'), 80)}"
        for name in EXACT
        if header.versions.get(name) != here[name]
    )


def _open_again(journal: Journal, tape: Tape) -> Session:
    """A session as the journal's was at its beginning. Raises JournalError where this version cannot make one."""
    header = journal.header
    exercise = journal.exercise()
    duration = exercise.scenario.duration
    if duration > LONGEST:
        raise JournalError("the session in the journal lasts longer than a day")
    if header.horizon > duration:
        raise JournalError("the horizon in the journal lies beyond the end of its session")
    if header.variant not in exercise.scenario.variants:
        raise JournalError(f'the journal names a variant "{clean_line(header.variant, 60)}" that its scenario has not')
    try:
        return Session(
            exercise,
            header.seed,
            variant=header.variant,
            players=header.players,
            responder=header.responder,
            horizon=header.horizon,
            journal=tape,
        )
    except (LookupError, TypeError, ValueError, StopIteration):
        # Its models are valid, its references were never checked here: it may name what it does not define.
        raise JournalError("this version cannot simulate the scenario in the journal") from None


def _command(record: CommandRecord) -> Command:
    """The command as it was given; its role is found again. Raises JournalError."""
    try:
        read = parse_command(record.text)
    except CommandError as error:
        raise JournalError(f"command {record.n} of the journal cannot be read: {error}") from None
    return Command(read.verb, read.arguments, read.options, record.author)
