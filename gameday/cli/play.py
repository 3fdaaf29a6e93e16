"""`gameday play`: a live session, on a screen or in lines."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gameday.cli.dressing import EPILOG, chosen_players, dressed, dressing_options
from gameday.cli.output import is_terminal
from gameday.cli.parameters import SEED, new_seed, usage_error

if TYPE_CHECKING:
    from gameday.cli.opening import Opened

NEWEST = Path()
"""Stands for `--resume` without a journal."""


@dataclass(frozen=True)
class Wishes:
    """How somebody wants to play. `speed` in simulated seconds a second."""

    seed: int | None
    speed: float | None
    hat: str | None
    modifiers: tuple[str, ...]
    players: tuple[str, ...]
    facilitator: bool


@click.command("play", epilog=EPILOG)
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
@dressing_options
@click.option(
    "--facilitator",
    is_flag=True,
    help="You run the day: F9 (in lines: script) shows what is coming and what is wrong. Keep it from the players.",
)
def command(
    scenario: str | None,
    seed: int | None,
    speed: float | None,
    plain: bool,
    resumed: Path | None,
    hat: str | None,
    modifiers: tuple[str, ...],
    players: tuple[str, ...],
    facilitator: bool,
) -> int:
    """Play a scenario.

    SCENARIO is a built-in name or a file. Line mode prints what happens and reads commands; "wait 30s" lets time pass,
    "?" says what can be done. Where stdin is empty the automatic responder plays.
    """
    wishes = Wishes(seed, speed, hat, modifiers, players, facilitator)
    if resumed is not None:
        _check_resumed(scenario, wishes)
    journal = None if resumed is None else _to_resume(resumed)
    on_screen = not plain and is_terminal(sys.stdin) and is_terminal(sys.stdout)
    if journal is not None:
        return _go_on(journal, wishes, on_screen)
    if on_screen:
        return _on_screen(scenario, wishes)
    from gameday.cli.line_mode import play_lines

    if scenario is None:
        from gameday.scenario.library import library_names

        raise usage_error(f"which scenario? There is {', '.join(library_names())}")
    opened = _opened(scenario, wishes)
    return play_lines(
        opened,
        new_seed() if seed is None else seed,
        speed,
        players=chosen_players(opened.exercise, players),
        facilitator=facilitator,
    )


def _go_on(journal: Path, wishes: Wishes, on_screen: bool) -> int:
    """A recorded session goes on. Where it cannot, the error names what to do, as the screen does."""
    from gameday.core.errors import JournalError, ReplayDiffers

    try:
        if on_screen:
            from gameday.tui.app import run_resume

            return run_resume(journal, speed=wishes.speed, facilitator=wishes.facilitator)
        from gameday.cli.line_mode import resume_lines

        return resume_lines(journal, wishes.speed, facilitator=wishes.facilitator)
    except (JournalError, ReplayDiffers) as error:
        from gameday.tui.going_on import ways

        for way in ways(journal, error):
            error.add_note(way)
        raise


def _on_screen(scenario: str | None, wishes: Wishes) -> int:
    from gameday.tui.app import run_home, run_play

    if scenario is None:
        return run_home()
    opened = _opened(scenario, wishes)
    return run_play(
        opened.exercise,
        seed=new_seed() if wishes.seed is None else wishes.seed,
        speed=wishes.speed or 1.0,
        source=opened.source,
        players=chosen_players(opened.exercise, wishes.players),
        facilitator=wishes.facilitator,
    )


def _opened(scenario: str, wishes: Wishes) -> Opened:
    """The scenario with the hat and the modifiers that were asked for."""
    from gameday.cli.opening import open_exercise

    opened = open_exercise(scenario)
    return replace(opened, exercise=dressed(opened.exercise, wishes.hat, wishes.modifiers))


def _check_resumed(scenario: str | None, wishes: Wishes) -> None:
    """A session that goes on is the one that was recorded. Raises click.UsageError."""
    if scenario is not None:
        raise usage_error("--resume goes on with the scenario that was recorded; leave SCENARIO out")
    given = {
        "seed": wishes.seed is not None,
        "hat": wishes.hat is not None,
        "modifier": bool(wishes.modifiers),
        "player": bool(wishes.players),
    }
    for name, is_given in given.items():
        if is_given:
            raise usage_error(f"--resume goes on with the {name} that was recorded; leave --{name} out")


def _to_resume(path: Path) -> Path:
    """The journal that is meant, the newest sound one if unsaid. Raises click.UsageError where none is unfinished."""
    if path != NEWEST:
        return path
    from gameday.core.errors import JournalError
    from gameday.session.journal import read_journal
    from gameday.tui.saved import unfinished

    for candidate in unfinished():
        try:
            read_journal(candidate.path)
        except (JournalError, OSError):
            continue
        return candidate.path
    raise usage_error("there is no unfinished session to resume")
