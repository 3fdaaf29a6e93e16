"""The session: owns simulated time and is the only writer. Commands go in; events and observations come out.

Owns the SimPy environment, the order at one instant (what is seen, then commands, then the world's own events), the
journal's and the digest's upkeep, the length of the session. Does not own what is allowed (`rules`), what things do
(`gameday.engine`, `gameday.response`) or how fast time goes (`pace`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import simpy

from gameday.core.commands import Command, Verdict
from gameday.core.errors import SessionBroken
from gameday.core.events import Event, IncidentReopened, IncidentResolved
from gameday.core.signals import Observation
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock
from gameday.engine.monitoring import MonitoredSignals
from gameday.engine.world import World
from gameday.response.response import Response
from gameday.scenario.exercise import Exercise
from gameday.session import rules
from gameday.session.digests import RunDigest, State, state_digest
from gameday.session.hands import SimulatedHands
from gameday.session.keyframes import Encoder, seen
from gameday.session.observing import entry_histories, measure_impact, observe, queue_histories
from gameday.session.opening import header
from gameday.session.record import EntryImpact, SessionRecord, TimedCommand
from gameday.session.records import CommandRecord, End, Header, ResultRecord
from gameday.session.tape import Recorder


class Session:
    """One run of an exercise. All times are microseconds since it began.

    `players` are the people who are played, the default is the exercise's first seat, and nobody where the responder is
    idle; `horizon` is up to when impact is counted (the scenario's, or its duration, if unsaid). A `journal` records
    from the beginning.
    """

    def __init__(
        self,
        exercise: Exercise,
        seed: int,
        *,
        variant: str | None = None,
        players: Sequence[str] | None = None,
        responder: str = "human",
        journal: Recorder | None = None,
        horizon: int | None = None,
    ) -> None:
        scenario = exercise.scenario
        self.exercise = exercise
        self.seed = seed
        self.variant = variant if variant is not None else exercise.draw_variant(seed)
        nobody = responder == "idle"
        self.players = (() if nobody else (exercise.player,)) if players is None else tuple(players)
        self.responder = responder
        self.played = self._seats()
        self.horizon = horizon or scenario.horizon or scenario.duration
        self.events: list[Event] = []
        self.commands: list[TimedCommand] = []
        self.env = simpy.Environment(initial_time=0)
        self._hear: Callable[[Event], None] = lambda _: None
        self.world = World(self.env, exercise, self.variant, seed, self._publish)
        hands = SimulatedHands(self)
        self.response = Response(self.env, exercise, self.world.signals, seed, self._publish, self.played, hands)
        self._hear = self.response.hear
        self._on_second: list[Callable[[Observation], None]] = []
        self._on_event: list[Callable[[Event], None]] = []
        self._length = self._longest = _whole_second(max(scenario.duration, self.horizon))
        self._settled = False
        self._told = self._ticked = 0
        self._broken: str | None = None
        self._impact: dict[str, EntryImpact] | None = None
        self._record: SessionRecord | None = None
        self._observation: Observation | None = None
        self._digest = RunDigest(exercise.digest, seed)
        system = scenario.system
        self._encoder = Encoder(tuple(system.services), tuple(system.traffic.entries), self.played)
        self._journal = journal
        if journal is not None:
            journal.append(self._header(journal))
        self._close_second()

    @property
    def now(self) -> int:
        """The instant the session stands at: everything before it has happened."""
        return int(self.env.now)

    @property
    def length(self) -> int:
        """When the session ends: the duration, or, once it is settled, the horizon if that is still to come."""
        return self._length

    @property
    def settled(self) -> bool:
        """Somebody resolved, and by then or later all objectives had held as far as can be seen; until it is reopened.

        What is left is for the world alone: whoever paces the session need not wait for it.
        """
        return self._settled

    @property
    def finished(self) -> bool:
        """Time is over. Until `finish` the hot wash may still diagnose and note."""
        return self.now >= self._length

    @property
    def observation(self) -> Observation:
        """What could be seen at the last whole second. Put together when it is asked for: mostly nobody does.

        Raises SessionBroken.
        """
        if self._observation is None:
            if self._broken is not None:
                raise SessionBroken(self._broken)
            with self._breaking():
                self._observation = observe(self.world, self.response)
        return self._observation

    @property
    def signals(self) -> MonitoredSignals:
        """What can be seen; the truth is the world's."""
        return self.world.signals

    @property
    def recording_failed(self) -> str | None:
        """Why the journal is no longer written, as soon as it is not."""
        return self._journal.failed if self._journal is not None else None

    def on_second(self, callback: Callable[[Observation], None]) -> None:
        """Call back with the observation of every whole second, once it is recorded."""
        self._on_second.append(callback)

    def on_event(self, callback: Callable[[Event], None]) -> None:
        """Call back with every event, in order, when the session stands still after it."""
        self._on_event.append(callback)

    def run_to(self, t: int) -> None:
        """Let everything happen that happens before `t`, or before the end if that is sooner.

        Raises ValueError when `t` is past, SessionBroken when something in the world raised.
        """
        self._check_usable()
        if t < self.now:
            raise ValueError(f"run_to(t={t}) must be >= now(={self.now})")
        while self.now < (goal := min(t, self._length)):
            stop = min(goal, (self.now // MICRO + 1) * MICRO)
            if self.now < self.horizon:
                stop = min(stop, self.horizon)
            if stop % MICRO:
                self._keep_observation()
            with self._breaking():
                self.env.run(until=stop)
            if stop == self.horizon:
                self._impact = measure_impact(self.world)
            if stop % MICRO == 0:
                self._close_second()
            self._deliver()

    def submit(self, command: Command) -> Verdict:
        """Judge a command now; where it is accepted, record it and only then do it. Raises SessionBroken."""
        self._check_usable()
        command = rules.settle(command, self)
        problem = rules.problem(command, self)
        number = len(self.commands)
        if self._journal is not None:
            self._journal.append(_command_record(number, self.now, command, problem))
        if problem is not None:
            verdict = Verdict(False, problem)
        else:
            self._keep_observation()
            self._digest.command(self.now, command)
            verdict = Verdict(True, self._perform(command))
            if self._journal is not None:
                self._journal.append(ResultRecord(n=number, text=verdict.text))
        self.commands.append(TimedCommand(self.now, command, verdict))
        self._deliver()
        return verdict

    def record_on(self, journal: Recorder) -> None:
        """Go on recording elsewhere, where all that was recorded so far is known."""
        self._journal = journal

    def finish(self, aborted: bool = False) -> SessionRecord:
        """End the session: run to its end (or stop here, where `aborted`), close the journal, hand over the record.

        Called again, it returns the same record. Raises SessionBroken.
        """
        if self._record is not None:
            return self._record
        self._check_usable()
        if not aborted:
            while not self.finished:
                self.run_to(self._length)
        self._record = record = self._make_record(aborted)
        if self._journal is not None:
            rest = seen(self.events[self._ticked :], self.played)
            self._journal.append(End(at=self.now, aborted=aborted, digest=record.digest, seen=rest))
        self.close()
        return record

    def close(self) -> None:
        """Let go of the journal without a mark of the end: the session can be resumed from it."""
        if self._journal is not None:
            self._journal.close()

    def _seats(self) -> tuple[str, ...]:
        """Who is played, not simulated: everybody in a seat, as whoever is at the keyboard may speak for them."""
        seats = (seat.person for seat in self.exercise.scenario.seats)
        return tuple(dict.fromkeys((*self.players, *seats))) if self.players else ()

    def _header(self, journal: Recorder) -> Header:
        return header(
            self.exercise,
            seed=self.seed,
            variant=self.variant,
            players=self.players,
            responder=self.responder,
            horizon=self.horizon,
            speed=journal.speed,
            roster=journal.roster,
            source=journal.source,
        )

    def _check_usable(self) -> None:
        if self._broken is not None:
            raise SessionBroken(self._broken)
        if self._record is not None:
            raise ValueError("this session has ended")

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        """Whatever is raised in the simulated world, also by the user's interrupt, ends the session."""
        try:
            yield
        except BaseException as error:
            what = clean_line(f"{type(error).__name__}: {error}", 300)
            self._broken = f"the simulated world broke at {format_clock(self.now)} ({what}); the session cannot go on"
            if isinstance(error, Exception):
                raise SessionBroken(self._broken) from error
            raise

    def _perform(self, command: Command) -> str:
        with self._breaking():
            return self._part(command).perform(command)

    def _part(self, command: Command) -> World | Response:
        """Who deals with the command: the world with actions, looks and approvals, the response with the rest."""
        return self.world if rules.belongs_to_world(command) else self.response

    def _publish(self, event: Event) -> None:
        self.events.append(event)
        self._hear(event)
        if isinstance(event, IncidentResolved):
            self._see_whether_settled()
        elif isinstance(event, IncidentReopened):
            self._settled, self._length = False, self._longest

    def _see_whether_settled(self) -> None:
        if not self._settled and self.response.is_settled():
            self._settled = True
            self._length = max(_whole_second(self.horizon), (self.now // MICRO + 1) * MICRO)

    def _deliver(self) -> None:
        while self._told < len(self.events):
            self._told += 1
            for tell in self._on_event:
                tell(self.events[self._told - 1])

    def _keep_observation(self) -> None:
        """The world is about to change within a second: what could be seen at its beginning is put together now."""
        _ = self.observation

    def _close_second(self) -> None:
        """What every whole second brings: its digest, its line in the journal, its subscribers, a new observation."""
        events = self.events[self._ticked :]
        self._ticked = len(self.events)
        self._observation = None
        with self._breaking():
            parts = self.world.digest_parts(), self.response.digest_parts()
        self.state: State = state_digest(*parts, events)
        self._digest.second(self.now // MICRO, self.state)
        self._see_whether_settled()
        if self._journal is not None:
            self._journal.append(self._encoder.tick(self.observation, self.state, events))
        for tell in self._on_second:
            tell(self.observation)

    def _make_record(self, aborted: bool) -> SessionRecord:
        return SessionRecord(
            exercise=self.exercise,
            variant=self.variant,
            seed=self.seed,
            responder=self.responder,
            players=self.players,
            length=self.now,
            horizon=self.horizon,
            events=tuple(self.events),
            commands=tuple(self.commands),
            entries=entry_histories(self.world.truth_signals),
            impact=self._impact if self._impact is not None else measure_impact(self.world),
            queues=queue_histories(self.world.truth_signals),
            aborted=aborted,
            digest=self._digest.hexdigest(),
        )


def _whole_second(t: int) -> int:
    return -(-t // MICRO) * MICRO


def _command_record(number: int, at: int, command: Command, problem: str | None) -> CommandRecord:
    return CommandRecord(
        n=number,
        at=at,
        author=command.author,
        role=command.role,
        text=command.body,
        accepted=problem is None,
        result=problem or "",
    )
