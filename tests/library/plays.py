"""Whole games in line mode, from the first page to the debrief: who plays them with which hat, and what came of it.

`python docs/rehearsals.py` prints the table that docs/rehearsals.md carries. A script waits by times with slack; the
seed fixes the variant and what simulated people do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gameday.cli.line_game import LineGame
from gameday.core.events import Delegated, QuestionMissed, QuestionPut
from gameday.core.units import MICRO, format_clock
from gameday.scenario.library import library_path, proof_path
from gameday.scenario.load import load
from gameday.scoring.outcome import Outcome, outcome_of
from gameday.scoring.proof import Proof, horizon_of
from gameday.session.record import SessionRecord
from gameday.session.session import Session

FOLDER = Path(__file__).parents[1] / "data" / "plays"
PAGE = Path(__file__).parents[2] / "docs" / "rehearsals.md"
COMMANDER, RESPONDER = "commander", "responder"


@dataclass(frozen=True)
class Play:
    """A script, and what it is played on. `name` is the file's, without `.txt`."""

    name: str
    seed: int

    @property
    def scenario(self) -> str:
        return self.name.split(".")[0]

    @property
    def hat(self) -> str:
        return (*self.name.split("."), "")[1]

    @property
    def lines(self) -> list[str]:
        return (FOLDER / f"{self.name}.txt").read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class Played:
    """What was printed, each line with the second it came in, and what came of it."""

    printed: tuple[tuple[int, str], ...]
    record: SessionRecord
    outcome: Outcome

    @property
    def missed_reports(self) -> int:
        """CAN reports that were asked of a player and came late or not at all."""
        wanted = {event.question for event in reports_wanted(self.record)}
        return sum(isinstance(event, QuestionMissed) and event.question in wanted for event in self.record.events)


PLAYS = (
    Play("retry-storm", 3),
    Play("retry-storm.commander", 3),
    Play("retry-storm.responder", 3),
    Play("retry-storm.alone", 3),
    Play("otel-shop", 2),
    Play("otel-shop.commander", 2),
    Play("otel-shop.responder", 2),
    Play("otel-shop.alone", 2),
    Play("nobody-answers", 4),
    Play("nobody-answers.commander", 4),
    Play("nobody-answers.responder", 4),
    Play("nobody-answers.alone", 4),
)
"""Each as a good team would play it."""

BELIEVED = Play("retry-storm.commander.believed", 9)
CHECKED = Play("retry-storm.commander.checked", 9)
"""The same colleague is wrong in both; in one they are believed."""

EVERY = (*PLAYS, BELIEVED, CHECKED)

TOLD = PLAYS[1]
"""The game that the page tells."""

BEGIN, END = "<!-- plays: begin -->", "<!-- plays: end -->"
_EXCERPT = re.compile(r"(<!-- from (\d+) s to (\d+) s -->\n```text\n).*?\n```", re.DOTALL)


class Script:
    """Lines of a file where a player would type."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = iter(lines)

    def next(self, timeout: float | None = None) -> str | None:
        del timeout
        return next(self._lines, None)


@cache
def played(play: Play) -> Played:
    """Plays it as `gameday play --plain` does with the script as its input."""
    path = library_path(play.scenario)
    assert path is not None
    proof = Proof.read(proof_path(path))
    exercise = load(play.scenario).dressed(play.hat, ())
    session = Session(exercise, play.seed, horizon=horizon_of(exercise.scenario, proof))
    printed: list[tuple[int, str]] = []
    game = LineGame(session, lambda line: printed.append((session.now // MICRO, line)), None, interactive=False)
    game.play(Script(play.lines))
    record = session.finish(aborted=game.aborted)
    return Played(tuple(printed), record, outcome_of(record, proof))


def row(play: Play) -> str:
    """A line of the table of all plays."""
    done = played(play)
    delegated = sum(isinstance(event, Delegated) for event in done.record.events)
    wanted = len(reports_wanted(done.record))
    recovered = done.outcome.times.recovered
    cells = (
        play.name,
        f"{play.seed} ({done.outcome.variant})",
        done.outcome.ending,
        "never" if recovered is None else format_clock(round(recovered) * MICRO),
        f"{done.outcome.score.total:.1f} {done.outcome.score.rating}",
        f"{delegated or '-'}",
        f"{wanted - done.missed_reports} of {wanted}" if wanted else "-",
    )
    return f"| {' | '.join(cells)} |"


def table() -> str:
    """Every play with its score."""
    head = "| script | seed (variant) | ending | recovered after | score | delegated | CAN reports in time |"
    return "\n".join([head, "|" + "---|" * 7, *(row(play) for play in EVERY)]) + "\n"


def excerpt(play: Play, begins: int, ends: int) -> Iterator[str]:
    """What was printed from second `begins` up to `ends`, long lines broken."""
    for second, line in played(play).printed:
        if begins <= second < ends:
            yield from _broken(line)


def page(text: str) -> str:
    """The page with today's table and excerpts."""
    before, rest = text.split(BEGIN)
    text = f"{before}{BEGIN}\n{table()}{END}{rest.split(END)[1]}"
    return _EXCERPT.sub(lambda match: f"{match[1]}{_shown(int(match[2]), int(match[3]))}\n```", text)


def _shown(begins: int, ends: int) -> str:
    return "\n".join(excerpt(TOLD, begins, ends))


def _broken(line: str, width: int = 110) -> Iterator[str]:
    while len(line) > width:
        cut = line.rfind(" ", 12, width)
        yield line[:cut]
        line = " " * 6 + line[cut + 1 :]
    yield line


def reports_wanted(record: SessionRecord) -> list[QuestionPut]:
    """Where a CAN report was asked of somebody who plays."""
    return [event for event in record.events if isinstance(event, QuestionPut) and event.purpose == "can"]
