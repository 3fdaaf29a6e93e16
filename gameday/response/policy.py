"""What an automatic responder is: a pure policy that the session asks what it does next.

A policy holds no state of its own: it gets its last state back, with what can be seen now and what became of the
commands it gave last. Chance is keyed, so the same session gives the same commands. Owns the protocol and `Idle`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from gameday.core.commands import Command, Verdict
from gameday.core.signals import Observation, Signals
from gameday.core.units import MICRO

NEVER = 1 << 62
"""A wake-up (microseconds) that lies beyond every session."""

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Decision(Generic[S]):
    """The policy's next state, the commands it gives now, in order, and when it wants to be asked again (µs)."""

    state: S
    commands: tuple[Command, ...]
    wake_at: int


class Policy(Protocol[S]):
    """A responder that plays by itself."""

    def begin(self) -> S:
        """The state before the first decision."""

    def decide(
        self, state: S, observation: Observation, signals: Signals, verdicts: tuple[Verdict, ...] = ()
    ) -> Decision[S]:
        """Pure. `verdicts` are those of the commands of the last decision, in order."""


class Idle:
    """Nobody plays: it gives no command, ever."""

    def begin(self) -> None:
        return None

    def decide(
        self,
        state: None,
        observation: Observation,  # noqa: ARG002 (the protocol's)
        signals: Signals,  # noqa: ARG002 (the protocol's)
        verdicts: tuple[Verdict, ...] = (),  # noqa: ARG002 (the protocol's)
    ) -> Decision[None]:
        return Decision(state, (), NEVER)


def whole_second(micros: int) -> int:
    """The first whole second that is not before `micros`, in microseconds."""
    return -(-micros // MICRO) * MICRO


def something_is_wrong(observation: Observation) -> bool:
    """Whether a responder has been told: an alert fires or a page is there."""
    return bool(observation.alerts or observation.pages)
