"""A live game: a session, how fast it goes, and what was seen of it so far; no widgets.

Owns opening and resuming with a journal, advancing in slices, and giving way when the simulation is slower than the
clock. Does not own drawing or keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gameday.core.commands import Command, Verdict
from gameday.core.events import CauseDiagnosed, Event, EvidenceShared, LookCompleted, seen_by
from gameday.core.signals import Observation
from gameday.core.units import MICRO, format_clock
from gameday.scenario.exercise import Exercise
from gameday.scoring.finding import find_proof
from gameday.scoring.proof import Proof, horizon_of
from gameday.session import journal as journals
from gameday.session.pace import Pace
from gameday.session.record import SessionRecord, TimedCommand
from gameday.session.resume import resume
from gameday.session.seats import roster_of
from gameday.session.session import Session
from gameday.session.steps import bodies
from gameday.tui import feed
from gameday.tui.drawing.state import LogLine
from gameday.tui.saved import has_begun
from gameday.tui.snapshot import Seen
from gameday.tui.wanted import wanted_by

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Simulated seconds a second, as the keys choose them."""

UNHURRIED = 1.0
"""What the speed falls back to when somebody wants something of whoever plays."""

BEHIND = 1.0
"""Seconds of wall time after which the clock gives way to a simulation that cannot keep up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new game is made from, to begin it again with another hat. `players` are those that were asked for."""

    seed: int
    variant: str | None
    speed: float
    players: tuple[str, ...] | None


class LiveGame:
    """One game while it is played. `journal` is where it is recorded, None where it is not.

    `source` is the file of the scenario, empty for a built-in one; `note` what whoever plays should know first;
    `plan` is there while the game is new; `facilitator`: whoever sits there may see the script.
    """

    def __init__(
        self,
        session: Session,
        pace: Pace,
        *,
        journal: Path | None = None,
        proof: Proof | None = None,
        source: str = "",
        note: str = "",
        plan: Plan | None = None,
        facilitator: bool = False,
    ) -> None:
        self.plan = plan
        self.facilitator = facilitator
        self.session = session
        self.pace = pace
        self.journal = journal
        self.proof = proof
        self.source = source
        self.note = note
        self.seen = Seen(session.exercise.scenario)
        self.found: list[feed.Found] = []
        self.wanted: list[str] = []
        """What the clock fell back for, in order, in words."""
        self.behind = False
        self.stopped = False
        self.on_lines: Callable[[list[LogLine]], None] = _nobody
        self._own = False
        self._seen_at: tuple[int, int, int] | None = None
        self._observation = session.observation
        self._told: list[LogLine] = []
        self._recall()
        session.on_second(self.seen.take)
        session.on_event(self._hear)
        session.on_event(self._heed)

    @property
    def exercise(self) -> Exercise:
        return self.session.exercise

    @property
    def player(self) -> str:
        """Who gives a command that names nobody."""
        return self.session.players[0] if self.session.players else self.exercise.player

    def with_hat(self, hat: str) -> LiveGame:
        """The same game from another seat, before it has begun; this one leaves nothing behind.

        Raises ValueError once it has begun, OSError, JournalError.
        """
        if self.plan is None or self.begun:
            raise ValueError("this game has begun")
        plan, old = self.plan, self.exercise
        exercise = old.dressed(hat, old.modifiers)
        players = plan.players
        if players is not None:
            players = tuple(dict.fromkeys((exercise.player, *(name for name in players if name != old.player))))
        self.discard()
        return open_game(
            exercise,
            seed=plan.seed,
            variant=plan.variant,
            speed=plan.speed,
            journal=self.journal,
            proof=self.proof,
            source=self.source,
            pace=self.pace,
            players=players,
            facilitator=self.facilitator,
        )

    @property
    def begun(self) -> bool:
        """Whether there is something to go on with."""
        return has_begun(self.session.now, bool(self.session.commands))

    @property
    def observation(self) -> Observation:
        """What can be seen now: the signals of the last whole second, and people and process as they stand."""
        session = self.session
        key = (session.now, len(session.events), len(session.commands))
        if key != self._seen_at:
            self._seen_at = key
            self._observation = replace(
                session.observation,
                pages=session.response.pages(),
                steps=session.response.steps(),
                incident=session.response.incident(),
                joined=session.response.joined(),
                people=session.response.roster(),
                questions=session.response.questions(),
                actions=session.world.actions(),
                looks=session.world.looks(),
            )
        return self._observation

    @property
    def lines(self) -> list[LogLine]:
        """The channel so far."""
        return self._told

    @property
    def settling(self) -> bool:
        """Somebody resolved and all objectives have held: the world goes on to its horizon as fast as it can."""
        return self.session.settled and not self.session.finished

    @property
    def diagnosed(self) -> bool:
        """Somebody has said what the cause is."""
        return any(isinstance(event, CauseDiagnosed) for event in self.session.events)

    @property
    def now(self) -> int:
        """What the clock on the screen shows, in microseconds; never ahead of the clock, nor past the end."""
        return min(max(self.session.now, 0), self.session.length)

    async def advance(self) -> None:
        """Simulates up to where the clock is, a second at a time, so that keys are answered in between."""
        goal = self.session.length if self.settling and not self.pace.paused else self.pace.due()
        wanted = len(self.wanted)
        while not self.stopped and self.session.now < goal and not self.session.finished:
            self.session.run_to(min(goal, (self.session.now // MICRO + 1) * MICRO))
            await asyncio.sleep(0)
            if self.pace.paused or len(self.wanted) > wanted:
                break
        self._give_way()

    def finish(self, aborted: bool) -> SessionRecord:
        """The end of the game, and what it leaves. Raises SessionBroken."""
        self.stopped = True
        return self.session.finish(aborted=aborted)

    def close(self) -> None:
        """Leaves the game; it can be resumed from its journal."""
        self.stopped = True
        self.session.close()

    def discard(self) -> None:
        """Leaves a game that has not begun: nothing stays of it."""
        self.close()
        if self.journal is not None:
            self.journal.unlink(missing_ok=True)

    def submit(self, command: Command) -> Verdict:
        """Gives a command at the time on the clock. Raises SessionBroken."""
        session = self.session
        if not session.finished:
            session.run_to(min(max(self.pace.due(), session.now), session.now + MICRO))
        self._own = True
        try:
            verdict = session.submit(command)
        finally:
            self._own = False
        given = session.commands[-1].command
        self._tell(feed.verdict_lines(session.now, given, verdict))
        return verdict

    def change_speed(self, step: int) -> float:
        """The next faster (1) or slower (-1) speed."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self.pace.speed))
        speed = SPEEDS[min(max(nearest + step, 0), len(SPEEDS) - 1)]
        self.pace.change_speed(speed)
        return speed

    def given_since(self, at: int) -> list[str]:
        """The bodies of the commands that were accepted from an instant on, those that were handed on among them."""
        return list(bodies(timed for timed in self.session.commands if timed.at >= at))

    def _give_way(self) -> None:
        """A simulation that is slower than the clock sets the clock back, rather than the keys waiting for it."""
        late = self.pace.due() - self.session.now
        self.behind = late > BEHIND * self.pace.speed * MICRO and not self.session.finished
        if self.behind or self.settling:
            self.pace.set_back(self.session.now)

    def _hear(self, event: Event) -> None:
        if not seen_by(event, self.session.played):
            return
        match event:
            case LookCompleted():
                self._find(event, shared=False)
            case EvidenceShared() if event.person not in self.session.played:
                self._find(event, shared=True)
            case _:
                pass
        self._tell(feed.event_lines(event, own=self._own))

    def _heed(self, event: Event) -> None:
        """From what wants whoever plays a second takes a second again, until somebody changes the speed."""
        why = wanted_by(event, self.session.played)
        if why and self.pace.speed > UNHURRIED and not self.settling:
            self.pace.change_speed(UNHURRIED)
            self.pace.set_back(self.session.now)
            self.wanted.append(f"{why}: {UNHURRIED:g}x again, > goes faster")
            self._tell([LogLine(format_clock(self.session.now), "dim", self.wanted[-1])])

    def _find(self, event: LookCompleted | EvidenceShared, shared: bool) -> None:
        self.found.append(feed.Found(event.at, event.person, event.command, feed.evidence_lines(event.lines), shared))

    def _tell(self, lines: list[LogLine]) -> None:
        if lines:
            self._told += lines
            self.on_lines(lines)

    def _recall(self) -> None:
        """What happened before: a session that is resumed has a past."""
        session = self.session
        for second in range(1, session.now // MICRO):
            services, entries = session.signals.reading(second)
            if services:
                self.seen.take(Observation(second, services, entries))
        self.seen.take(session.observation)
        given = list(session.commands)
        own = {timed.at for timed in given if timed.verdict.accepted}
        for event in session.events:
            while given and given[0].at < event.at:
                self._recall_verdict(given.pop(0))
            self._own = event.at in own
            self._hear(event)
        self._own = False
        for timed in given:
            self._recall_verdict(timed)

    def _recall_verdict(self, timed: TimedCommand) -> None:
        self._tell(feed.verdict_lines(timed.at, timed.command, timed.verdict))


def open_game(
    exercise: Exercise,
    *,
    seed: int,
    variant: str | None = None,
    speed: float = 1.0,
    journal: Path | None = None,
    proof: Proof | None = None,
    source: str = "",
    pace: Pace | None = None,
    players: Sequence[str] | None = None,
    facilitator: bool = False,
) -> LiveGame:
    """A new game, recorded in `journal` where one is given; its clock stands still. Raises OSError, JournalError.

    `players` is who is played, the first seat where unsaid.
    """
    roster = roster_of(exercise, players)
    writer = None if journal is None else journals.create(journal, speed=speed, source=source, roster=roster)
    session = Session(
        exercise,
        seed,
        variant=variant,
        players=players,
        journal=writer,
        horizon=horizon_of(exercise.scenario, proof),
    )
    return LiveGame(
        session,
        pace or Pace(speed),
        journal=journal,
        proof=proof,
        source=source,
        plan=Plan(seed, variant, speed, None if players is None else tuple(players)),
        facilitator=facilitator,
    )


def resume_game(journal: Path, *, speed: float | None = None, facilitator: bool = False) -> LiveGame:
    """An unfinished game, at the last instant that was recorded; its clock stands still.

    Raises what `gameday.session.resume.resume` raises.
    """
    resumed = resume(journal)
    session = resumed.session
    header = resumed.journal.header
    pace = Pace(speed or header.speed or 1.0, at=session.now)
    found = find_proof(session.exercise, header.source, horizon=header.horizon)
    return LiveGame(
        session,
        pace,
        journal=journal,
        proof=found.proof,
        source=header.source,
        note=found.note,
        facilitator=facilitator,
    )


def _nobody(_: list[LogLine]) -> None:
    return None
