"""Lets a policy play a session: asks it at its times, submits what it decides, runs on to when it wants to be asked.

Owns the order (decide, submit, run). Does not own the policies (`gameday.response`, `script`) or the wall clock.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from gameday.core.commands import Verdict
from gameday.core.units import MICRO
from gameday.response.policy import Policy
from gameday.session.script import read_script
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


def play_file(session: Session, path: Path) -> None:
    """Plays a file of commands to the end of the session. Raises InputError, OSError, SessionBroken."""
    drive(session, read_script(path))
