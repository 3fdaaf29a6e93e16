"""Cheap tricks: what somebody might do for the score instead of for the service, alone and beside the playbook.

`python docs/tricks.py` prints the table that docs/scoring.md carries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from gameday.core.commands import Command, Verdict, parse_command
from gameday.core.kinds.causes import MECHANISMS
from gameday.core.signals import Observation, Signals
from gameday.core.units import MICRO
from gameday.response.policy import NEVER, Decision, Policy, something_is_wrong
from gameday.response.responder import make_policy
from gameday.scenario.exercise import Exercise
from gameday.scenario.library import library_names, library_path, proof_path
from gameday.scenario.load import load
from gameday.scoring.proof import Proof, horizon_of
from gameday.scoring.score import Score, score
from gameday.session.drive import drive
from gameday.session.session import Session

SEED = 7
PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"
Moves = Callable[[Exercise], list[tuple[int, str]]]
"""For an exercise: commands with the seconds after the first alert or page at which they are given."""


def _everybody(exercise: Exercise) -> list[tuple[int, str]]:
    people = exercise.scenario.people
    return [(5 * number, f"page {name}") for number, name in enumerate(people, 1) if name != exercise.player]


def _sev_1(_: Exercise) -> list[tuple[int, str]]:
    return [(10, "declare SEV-1"), (60, "severity SEV-1")]


def _twenty_updates(_: Exercise) -> list[tuple[int, str]]:
    text = "status We are investigating; some customers are affected. Next update in 8 minutes."
    return [(10, "declare"), *((20 + 30 * number, text) for number in range(20))]


def _resolve(_: Exercise) -> list[tuple[int, str]]:
    done = "status Everything works again and has recovered for all customers. This is the last update."
    return [(10, "declare"), (20, done), (25, "resolve")]


def _every_guess(exercise: Exercise) -> list[tuple[int, str]]:
    services, mechanisms = list(exercise.scenario.system.services), list(MECHANISMS)
    guesses = [f"diagnose {service} {mechanism}" for service in services for mechanism in mechanisms]
    return [(10 + number, text) for number, text in enumerate(guesses)]


def _restart_all(exercise: Exercise) -> list[tuple[int, str]]:
    return [(10 + 5 * number, f"restart {name}") for number, name in enumerate(exercise.scenario.system.services)]


TRICKS: dict[str, Moves] = {
    "page everyone": _everybody,
    "SEV-1 for all": _sev_1,
    "twenty status updates": _twenty_updates,
    "resolve at once": _resolve,
    "name every cause": _every_guess,
    "restart everything": _restart_all,
}


@dataclass(frozen=True)
class Moved:
    """Where both stand: since when something is wrong (s), how many moves were made, the other responder's state."""

    since: int | None = None
    made: int = 0
    inner: Any = None
    inner_wakes: int = 0
    inner_gave: int = 0


class Beside:
    """Plays the moves, and beside them another responder where there is one."""

    def __init__(self, exercise: Exercise, moves: list[tuple[int, str]], inner: Policy[Any] | None = None) -> None:
        self._moves = [(at, replace(parse_command(text), author=exercise.player)) for at, text in moves]
        self._inner = inner

    def begin(self) -> Moved:
        return Moved(inner=self._inner.begin() if self._inner else None)

    def decide(
        self, state: Moved, observation: Observation, signals: Signals, verdicts: tuple[Verdict, ...] = ()
    ) -> Decision[Moved]:
        second = observation.second
        commands: list[Command] = []
        if self._inner is not None and second * MICRO >= state.inner_wakes:
            answers = verdicts[: state.inner_gave]
            decision = self._inner.decide(state.inner, observation, signals, answers)
            commands += decision.commands
            wakes = min(decision.wake_at, NEVER)
            state = replace(state, inner=decision.state, inner_wakes=wakes, inner_gave=len(commands))
        if state.since is None and something_is_wrong(observation):
            state = replace(state, since=second)
        while state.since is not None and state.made < len(self._moves):
            at, command = self._moves[state.made]
            if second < state.since + at:
                break
            commands.append(command)
            state = replace(state, made=state.made + 1)
        return Decision(state, tuple(commands), (second + 1) * MICRO)


@cache
def loaded(name: str) -> tuple[Exercise, Proof]:
    """A scenario of the library and its proof."""
    path = library_path(name)
    assert path is not None
    return load(name), Proof.read(proof_path(path))


def play(name: str, policy: Policy[Any] | None, responder: str) -> Score:
    """The score of one game of a library scenario."""
    exercise, proof = loaded(name)
    session = Session(exercise, SEED, responder=responder, horizon=horizon_of(exercise.scenario, proof))
    drive(session, policy or make_policy(responder, exercise, SEED))
    return score(session.finish(), proof)


def tried(name: str, trick: str) -> tuple[Score, Score]:
    """The trick alone, and beside the playbook."""
    exercise, _ = loaded(name)
    moves = TRICKS[trick](exercise)
    alone = play(name, Beside(exercise, moves), "human")
    beside = play(name, Beside(exercise, moves, make_policy("playbook", exercise, SEED)), "human")
    return alone, beside


def names() -> list[str]:
    """The scenarios of the table."""
    return library_names()


def plain(name: str) -> tuple[str, str]:
    """Nobody plays, and the playbook is followed: the two to compare with."""
    return _shown(play(name, None, "idle")), _shown(play(name, None, "playbook"))


def line(name: str, trick: str) -> tuple[str, str]:
    """The two cells of a trick on a scenario."""
    alone, beside = tried(name, trick)
    return _shown(alone), _shown(beside)


def table(plains: dict[str, tuple[str, str]], lines: dict[tuple[str, str], tuple[str, str]]) -> str:
    """As Markdown: a row a trick, two columns a scenario."""
    heads = [f"{name}, {how}" for name in plains for how in ("alone", "beside the playbook")]
    rows = [["nobody plays, or the playbook", *(cell for cells in plains.values() for cell in cells)]]
    rows += [[trick, *(cell for name in plains for cell in lines[name, trick])] for trick in TRICKS]
    marks = "|".join(["---", *("---:" for _ in heads)])
    return (
        "\n".join([f"| trick | {' | '.join(heads)} |", f"|{marks}|", *(f"| {' | '.join(row)} |" for row in rows)])
        + "\n"
    )


def _shown(found: Score) -> str:
    return f"{found.total:.1f} {found.rating}" if found.total is not None else "none"
