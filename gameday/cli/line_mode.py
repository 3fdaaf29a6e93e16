"""Line mode: opens a session, lets lines or the automatic responder play it, and prints the score card.

Owns what is printed around a game, the journal's place, and a clean end on an interrupt. The game is `line_game`'s.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gameday.cli.dressing import dress_words
from gameday.cli.exits import FINE, INTERRUPTED
from gameday.cli.line_game import LineGame, event_lines
from gameday.cli.line_input import Lines, LiveLines, lines_of
from gameday.cli.opening import Opened
from gameday.cli.output import is_terminal, say, tell
from gameday.cli.score_card import score_card
from gameday.core.events import Event, seen_by
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
from gameday.session.seats import roster_of
from gameday.session.session import Session

AUTOMATIC = "playbook"
"""Who plays where stdin is empty."""


def play_lines(
    opened: Opened,
    seed: int,
    speed: float | None,
    *,
    players: Sequence[str] | None = None,
    facilitator: bool = False,
) -> int:
    """A new session in lines; `players` is who is played, the first seat if unsaid. Returns the exit code."""
    _introduce(opened.exercise, seed, players)
    lines = lines_of(sys.stdin)
    first = lines.next(None)
    path, journal = _record(opened, speed, players)
    session = Session(
        opened.exercise,
        seed,
        players=players,
        responder=AUTOMATIC if first is None else "human",
        journal=journal,
        horizon=opened.horizon,
    )
    return _play(session, path, opened.proof, speed, lines, first, facilitator)


def resume_lines(journal: Path, speed: float | None, *, facilitator: bool = False) -> int:
    """Goes on with a recorded session. Returns the exit code."""
    resumed = resume(journal)
    session = resumed.session
    if resumed.broken is not None:
        tell(f"note: the journal's last line was torn; it is kept in {resumed.broken}")
    say(f"{session.exercise.scenario.title}: it goes on at {format_clock(session.now)}")
    if is_terminal(sys.stdin):
        say("The clock waits. Press enter to go on.")
    lines = lines_of(sys.stdin)
    first = lines.next(None)
    header = resumed.journal.header
    found = find_proof(session.exercise, header.source, horizon=header.horizon)
    if found.note:
        tell(f"note: {found.note}")
    return _play(session, journal, found.proof, speed, lines, first, facilitator)


def _record(opened: Opened, speed: float | None, players: Sequence[str] | None) -> tuple[Path | None, Writer | None]:
    """A new journal; a disk that refuses does not end the game."""
    try:
        path = new_journal_path(opened.exercise.name)
        roster = roster_of(opened.exercise, players)
        return path, create(path, speed=speed or 1.0, source=opened.source, roster=roster)
    except OSError as error:
        tell(f"warning: this session is not recorded: {error.strerror or error}")
        return None, None


def _introduce(exercise: Exercise, seed: int, players: Sequence[str] | None) -> None:
    scenario = exercise.scenario
    say(f"{scenario.title} ({scenario.difficulty}, {format_duration(scenario.duration)}, seed {seed})")
    say(scenario.briefing.strip())
    if words := dress_words(exercise):
        say(f"Played {words}.")
    you = players[0] if players else exercise.player
    briefing = next((one.briefing for one in scenario.seats if one.person == you), "")
    say(f"You are {you}. {briefing}".strip())
    if players and len(players) > 1:
        say(f"Also played here: {', '.join(players[1:])}; sign for them: as {players[1]}: COMMAND.")
    say('"?" lists what you can do, "? COMMAND" says what it would take and cost, "wait 30s" lets time pass,')
    say('"now" says how things stand, "who" who is here, "questions" who waits for you, "quit" ends it.')
    if is_terminal(sys.stdin):
        say("Press enter to begin.")


def _play(
    session: Session,
    path: Path | None,
    proof: Proof | None,
    speed: float | None,
    lines: Lines,
    first: str | None,
    facilitator: bool,
) -> int:
    try:
        aborted = _let_play(session, speed, lines, first, facilitator)
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


def _let_play(session: Session, speed: float | None, lines: Lines, first: str | None, facilitator: bool) -> bool:
    """Until the end; whether the player stopped before it."""
    live = is_terminal(sys.stdin)
    if first is None:
        _drive(session, speed)
        return False
    pace = Pace(speed or 1.0, at=session.now) if live or speed is not None else None
    game = LineGame(session, say, pace, interactive=live, facilitator=facilitator)
    game.play(LiveLines(lines) if pace is not None else lines, first)
    return game.aborted


def _drive(session: Session, speed: float | None) -> None:
    """The automatic responder plays, paced where a speed was asked for."""
    say("Nobody types: the automatic responder plays.")
    session.on_event(lambda event: _say_event(event, session.played))
    if speed is not None:
        pace = Pace(speed, at=session.now)
        pace.resume()
        session.on_second(lambda _: pace.wait_until(session.now))
    drive(session, make_policy(AUTOMATIC, session.exercise, session.seed))


def _say_event(event: Event, played: Sequence[str]) -> None:
    for line in event_lines(event, played) if seen_by(event, played) else ():
        say(line)
