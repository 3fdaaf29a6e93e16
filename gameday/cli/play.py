"""`gameday play`: a live session, on a screen or in lines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gameday.cli.output import is_terminal
from gameday.cli.parameters import SEED, new_seed, usage_error

NEWEST = Path()
"""Stands for `--resume` without a journal."""


@click.command("play")
@click.argument("scenario", required=False)
@click.option(
    "--seed", type=SEED, help="Play the very session that this number stands for; another each time, if unsaid."
)
@click.option(
    "--speed",
    type=click.FloatRange(0, 10_000, min_open=True),
    help="Simulated seconds a second; 1 on a terminal, as fast as it goes without one.",
)
@click.option(
    "--plain", is_flag=True, help="Line mode: commands on stdin, events on stdout; always without a terminal."
)
@click.option(
    "--resume",
    "resumed",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value=str(NEWEST),
    metavar="[JOURNAL]",
    help="Go on with a session that has no end yet: the newest, if unsaid.",
)
def command(scenario: str | None, seed: int | None, speed: float | None, plain: bool, resumed: Path | None) -> int:
    """Play a scenario.

    SCENARIO is a built-in name or a file. Line mode prints what happens and reads commands; "wait 30s" lets time pass,
    "?" says what can be done. Where stdin is empty the automatic responder plays.
    """
    if scenario is not None and resumed is not None:
        raise usage_error("--resume goes on with the scenario that was recorded; leave SCENARIO out")
    if seed is not None and resumed is not None:
        raise usage_error("--resume goes on with the seed that was recorded; leave --seed out")
    journal = None if resumed is None else _to_resume(resumed)
    if not plain and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        return _on_screen(scenario, seed, speed, journal)
    from gameday.cli.line_mode import play_lines, resume_lines

    if journal is not None:
        return resume_lines(journal, speed)
    if scenario is None:
        from gameday.scenario.library import library_names

        raise usage_error(f"which scenario? There is {', '.join(library_names())}")
    return play_lines(scenario, new_seed() if seed is None else seed, speed)


def _on_screen(scenario: str | None, seed: int | None, speed: float | None, journal: Path | None) -> int:
    from gameday.cli.opening import open_exercise
    from gameday.tui.app import run_home, run_play, run_resume

    if journal is not None:
        return run_resume(journal, speed=speed)
    if scenario is None:
        return run_home()
    opened = open_exercise(scenario)
    seed = new_seed() if seed is None else seed
    return run_play(opened.exercise, seed=seed, speed=speed or 1.0, source=opened.source)


def _to_resume(path: Path) -> Path:
    """The journal that is meant. Raises click.UsageError where none is unfinished."""
    if path != NEWEST:
        return path
    from gameday.core.errors import JournalError
    from gameday.session.journal import read_journal
    from gameday.session.places import recorded

    for candidate in recorded():
        try:
            if read_journal(candidate).end is None:
                return candidate
        except (JournalError, OSError):
            continue
    raise usage_error("there is no unfinished session to resume")
