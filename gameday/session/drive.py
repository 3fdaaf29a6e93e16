"""Lets a policy play a session: asks it at its times, submits what it decides, runs on to when it wants to be asked.

Owns the order (decide, submit, run). Does not own the policies (`gameday.response`, `script`) or the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from gameday.core.commands import Verdict
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_duration
from gameday.response.policy import Policy
from gameday.session.rules import HOT_WASH
from gameday.session.script import Script, Timed
from gameday.session.session import Session

S = TypeVar("S")


def drive(session: Session, policy: Policy[S], until: int | None = None) -> None:
    """Plays on until the session is finished, or until the time given (µs). Raises SessionBroken.

    A policy that wants to be asked again at once is asked at the next whole second, so that time always goes on.
    """
    state, verdicts = policy.begin(), tuple[Verdict, ...]()
    while not session.finished and (until is None or session.now < until):
        decision = policy.decide(state, session.observation, session.signals, verdicts)
        state = decision.state
        verdicts = tuple(session.submit(command) for command in decision.commands)
        goal = decision.wake_at if decision.wake_at > session.now else (session.now // MICRO + 1) * MICRO
        session.run_to(goal if until is None else min(goal, until))


@dataclass(frozen=True, slots=True)
class Unheeded:
    """A command of a file that was not done, where it stands (`commands.txt:3`) and why; `rejected` if it was given."""

    place: str
    reason: str
    rejected: bool

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def play_script(session: Session, script: Script, until: int | None = None) -> tuple[Unheeded, ...]:
    """Plays a file of commands as `drive` does; what came of none of them stands in the result. Raises SessionBroken.

    What may still be said when time is over is said then, whatever its time.
    """
    before = len(session.commands)
    drive(session, script, until)
    given = script.commands[: len(session.commands) - before]
    verdicts = [timed.verdict for timed in session.commands[before:]]
    unheeded = [_rejected(timed, verdict) for timed, verdict in zip(given, verdicts, strict=True)]
    for timed in script.commands[len(given) :]:
        if session.finished and timed.command.verb in HOT_WASH:
            unheeded.append(_rejected(timed, session.submit(timed.command)))
        else:
            reason = f"was not given: the session ended at {format_duration(session.now)}"
            unheeded.append(_unheeded(timed, reason, rejected=False))
    return tuple(one for one in unheeded if one is not None)


def _rejected(timed: Timed, verdict: Verdict) -> Unheeded | None:
    return None if verdict.accepted else _unheeded(timed, f"was rejected: {verdict.text}", rejected=True)


def _unheeded(timed: Timed, reason: str, *, rejected: bool) -> Unheeded:
    return Unheeded(timed.place, f'"{clean_line(str(timed.command), 100)}" {reason}', rejected)
