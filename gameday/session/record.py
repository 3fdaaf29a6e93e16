"""What a finished session leaves behind, as plain values: all that scoring and review need, and no engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gameday.core.commands import Command, Verdict
from gameday.core.events import Event
from gameday.scenario.exercise import Exercise


@dataclass(frozen=True, slots=True)
class TimedCommand:
    """A command with its simulated time (microseconds) and what became of it."""

    at: int
    command: Command
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class EntryHistory:
    """How an entry did against its objective, a number for each second of the session, unscaled.

    `judged[s]` and `bad[s]` count the root requests that were judged in second s (at the earlier of their end and
    their arrival plus the objective's threshold).
    """

    judged: Sequence[int]
    bad: Sequence[int]


@dataclass(frozen=True, slots=True)
class EntryImpact:
    """Root requests that arrived before the horizon, and those of them judged bad by then; unscaled, unweighted."""

    arrived: int
    bad: int


@dataclass(frozen=True)
class SessionRecord:
    """A session from its beginning to its end. Times in microseconds since it began."""

    exercise: Exercise
    variant: str
    seed: int
    responder: str
    players: tuple[str, ...]
    length: int
    horizon: int
    events: Sequence[Event]
    commands: Sequence[TimedCommand]
    entries: Mapping[str, EntryHistory]
    impact: Mapping[str, EntryImpact]
    queues: Mapping[str, Sequence[float]]
    """Mean number waiting at each service, a number for each second."""
    aborted: bool
    digest: str

    @property
    def stopped_early(self) -> bool:
        """Somebody stopped it before its horizon."""
        return self.aborted and self.length < self.horizon
