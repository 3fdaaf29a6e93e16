"""Line mode: opens a session, lets lines or the automatic responder play it, and prints the score card.

Owns what is printed around a game, the journal's place, and a clean end on an interrupt. The game is `line_game`'s.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gameday.cli.exits import FINE, INTERRUPTED
from gameday.cli.line_game import LineGame, event_lines
from gameday.cli.line_input import Lines, LiveLines, lines_of
from gameday.cli.opening import open_exercise
from gameday.cli.output import is_terminal, say, tell
from gameday.cli.score_card import score_card
from gameday.core.events import Event
from gameday.core.units import format_clock, format_duration
from gameday.response.responder import make_policy
from gameday.scenario.exercise import Exercise
from gameday.scoring.finding import find_proof
from gameday.scoring.outcome import outcome_of
from gameday.scoring.proof import Proof
from gameday.session.drive import drive
from gameday.session.journal import Writer, create
from gameday.session.pace import Pace
from gameday.session.places import new_journal_path
from gameday.session.resume import resume
from gameday.session.session import Session

AUTOMATIC = "playbook"
"""Who plays where stdin is empty."""


def play_lines(scenario: str, seed: int, speed: float | None) -> int:
    """A new session in lines. Returns the exit code."""
    opened = open_exercise(scenario)
    _introduce(opened.exercise, seed)
    lines = lines_of(sys.stdin)
    first = lines.next(None)
    path, journal = _record(opened.exercise.name, opened.source, speed)
    session = Session(
        opened.exercise,
        seed,
        responder=AUTOMATIC if first is None else "human",
        journal=journal,
        horizon=opened.horizon,
    )
    return _play(session, path, opened.proof, speed, lines, first)


def resume_lines(journal: Path, speed: float | None) -> int:
    """Goes on with a recorded session. Returns the exit code."""
    resumed = resume(journal)
    session = resumed.session
    if resumed.broken is not None:
        tell(f"note: the journal's last line was torn; it is kept in {resumed.broken}")
    say(f"{session.exercise.scenario.title}: it goes on at {format_clock(session.now)}")
    lines = lines_of(sys.stdin)
    first = lines.next(None)
    header = resumed.journal.header
    found = find_proof(session.exercise, header.source, horizon=header.horizon)
    if found.note:
        tell(f"note: {found.note}")
    return _play(session, journal, found.proof, speed, lines, first)


def _record(name: str, source: str, speed: float | None) -> tuple[Path | None, Writer | None]:
    """A new journal; a disk that refuses does not end the game."""
    try:
        path = new_journal_path(name)
        return path, create(path, speed=speed or 1.0, source=source)
    except OSError as error:
        tell(f"warning: this session is not recorded: {error.strerror or error}")
        return None, None


def _introduce(exercise: Exercise, seed: int) -> None:
    scenario, seat = exercise.scenario, exercise.scenario.seats[0]
    say(f"{scenario.title} ({scenario.difficulty}, {format_duration(scenario.duration)}, seed {seed})")
    say(scenario.briefing.strip())
    say(f"You are {exercise.player}. {seat.briefing}".strip())
    say('"?" lists what you can do, "? COMMAND" says what it would take and cost, "wait 30s" lets time pass,')
    say('"now" says how things stand, "quit" ends it.')
    if is_terminal(sys.stdin):
        say("Press enter to begin.")


def _play(
    session: Session,
    path: Path | None,
    proof: Proof | None,
    speed: float | None,
    lines: Lines,
    first: str | None,
) -> int:
    try:
        aborted = _let_play(session, speed, lines, first)
        record = session.finish(aborted=aborted)
    except KeyboardInterrupt:
        session.close()
        tell(f"interrupted at {format_clock(session.now)}")
        if path is not None:
            tell(f"go on with: gameday play --resume {path}")
        return INTERRUPTED
    outcome = outcome_of(record, proof)
    say()
    say(score_card(outcome, session.exercise, proof))
    if path is not None:
        say(f"journal {path}")
    return FINE


def _let_play(session: Session, speed: float | None, lines: Lines, first: str | None) -> bool:
    """Until the end; whether the player stopped before it."""
    live = is_terminal(sys.stdin)
    if first is None:
        _drive(session, speed)
        return False
    pace = Pace(speed or 1.0, at=session.now) if live or speed is not None else None
    game = LineGame(session, say, pace, interactive=live)
    game.play(LiveLines(lines) if pace is not None else lines, first)
    return game.aborted


def _drive(session: Session, speed: float | None) -> None:
    """The automatic responder plays, paced where a speed was asked for."""
    say("Nobody types: the automatic responder plays.")
    session.on_event(_say_event)
    if speed is not None:
        pace = Pace(speed, at=session.now)
        pace.resume()
        session.on_second(lambda _: pace.wait_until(session.now))
    drive(session, make_policy(AUTOMATIC, session.exercise, session.seed))


def _say_event(event: Event) -> None:
    for line in event_lines(event):
        say(line)
