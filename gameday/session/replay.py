"""Running a recorded session again: state = f(exercise, seed, accepted commands).

Owns the comparison of the digests second by second and the words for the first difference. Does not own showing a
recording without simulating (`playback`), nor going on with one (`resume`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gameday.core.commands import parse_command
from gameday.core.errors import CommandError, JournalError, ReplayDiffers, SessionBroken
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock
from gameday.session.digests import PARTS
from gameday.session.journal import Journal
from gameday.session.keyframes import Decoder, Encoder
from gameday.session.opening import versions
from gameday.session.records import CommandRecord, End, Header, Tick
from gameday.session.session import Session

EXACT = ("gameday", "python", "simpy", "platform")
"""What must be the same for two runs to be equal to the last bit."""


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
            return f"equal: {self.seconds} seconds simulated again, every digest the same"
        if self.foreign:
            return f"cannot be compared exactly, recorded with {', '.join(self.foreign)}; {self.difference}"
        return str(self.difference)


def simulate(journal: Journal) -> Session:
    """The session at the last recorded instant, not recorded anew. Raises ReplayDiffers, JournalError, SessionBroken.

    ReplayDiffers only where a command that was accepted no longer is; digests are `verify`'s.
    """
    session = open_again(journal)
    for _ in follow(journal, session):
        pass
    return session


def verify(journal: Journal) -> Verification:
    """Runs a journal again and compares every second. Raises JournalError where it cannot be run at all."""
    session = open_again(journal)
    foreign = foreign_versions(journal.header)
    compare = Comparison(journal)
    seconds = 0
    try:
        for record in follow(journal, session):
            if isinstance(record, Tick):
                if (difference := compare.at(record, session)) is not None:
                    return Verification(seconds, difference, foreign)
                seconds += 1
            elif isinstance(record, End) and session.finish(record.aborted).digest != record.digest:
                difference = Difference(record.at // MICRO, "the digest of the whole run")
                return Verification(seconds, difference, foreign)
    except (ReplayDiffers, SessionBroken) as error:
        return Verification(seconds, Difference(session.now // MICRO, str(error)), foreign)
    return Verification(seconds, None, foreign)


def open_again(journal: Journal) -> Session:
    """A session as the journal's was at its beginning. Raises JournalError where this version cannot make one."""
    header = journal.header
    exercise = journal.exercise()
    if header.variant not in exercise.scenario.variants:
        raise JournalError(f'the journal names a variant "{header.variant}" that its scenario has not')
    try:
        return Session(
            exercise,
            header.seed,
            variant=header.variant,
            players=header.players,
            responder=header.responder,
            horizon=header.horizon,
        )
    except (LookupError, TypeError, ValueError, StopIteration):
        # Its models are valid, its references were never checked here: it may name what it does not define.
        raise JournalError("this version cannot simulate the scenario in the journal") from None


def follow(journal: Journal, session: Session) -> Iterator[CommandRecord | Tick | End]:
    """Runs the session along the journal; yields each record once the session stands where it was written.

    Raises ReplayDiffers where an accepted command is not accepted again, JournalError where time goes backwards.
    """
    for record in journal.records:
        match record:
            case Tick():
                _run_to(session, record.n * MICRO)
            case CommandRecord():
                _run_to(session, record.at)
                _again(record, session)
            case End():
                _run_to(session, record.at)
            case _:
                continue
        yield record


class Comparison:
    """Compares a session with the ticks of its journal, in order."""

    def __init__(self, journal: Journal) -> None:
        self._decoder = Decoder(journal.header)
        self._shown = Decoder(journal.header)
        self._encoder = Encoder()

    def at(self, tick: Tick, session: Session) -> Difference | None:
        """The difference at this second, None where the digests agree."""
        recorded = self._decoder.observation(tick)
        shown = self._shown.observation(self._encoder.tick(session.observation, session.state, ()))
        if tick.state == session.state:
            return None
        for kind in ("services", "entries"):
            then, now = getattr(recorded, kind), getattr(shown, kind)
            for name in now:
                if then.get(name) != now[name]:
                    return Difference(tick.n, f"{kind[:-3] + 'y' if kind == 'entries' else 'service'} {name}")
        for view in ("pages", "alerts", "actions", "steps", "incident", "looks", "joined"):
            if getattr(recorded, view) != getattr(shown, view):
                return Difference(tick.n, view)
        pairs = zip(PARTS, tick.state, session.state, strict=True)
        hidden = [part for part, then, now in pairs if then != now]
        return Difference(tick.n, f"the state of {' and '.join(hidden)}, behind the same readings")


def foreign_versions(header: Header) -> tuple[str, ...]:
    """What the journal was recorded with, where it is not what runs now: `python 3.11.4`."""
    here = versions()
    return tuple(
        f"{name} {clean_line(header.versions.get(name, 'unknown'), 80)}"
        for name in EXACT
        if header.versions.get(name) != here[name]
    )


def _run_to(session: Session, at: int) -> None:
    if at < session.now:
        raise JournalError(f"the journal goes back in time at {format_clock(at)}")
    if at > session.length:
        raise ReplayDiffers(f"the session ended at {format_clock(session.length)}, the recorded one went on")
    session.run_to(at)


def _again(record: CommandRecord, session: Session) -> None:
    try:
        command = parse_command(record.text)
    except CommandError as error:
        raise JournalError(f"command {record.n} of the journal cannot be read: {error}") from None
    command = type(command)(command.verb, command.arguments, command.options, record.author, record.role)
    if not record.accepted:
        session.recall_rejected(command, record.result)
        return
    verdict = session.submit(command)
    if not verdict.accepted:
        raise ReplayDiffers(f'"{record.text}" was accepted then and is not now: {verdict.text}')
