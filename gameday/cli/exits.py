"""The one place that turns exceptions into exit codes and messages.

0 fine; 1 `run` did not recover, `simulate` rejected a command, a replay differs, `check` or `prove` found problems;
2 usage, files and journals that cannot be used; 3 an internal error; 130 interrupted. A traceback is shown only where
GAMEDAY_DEBUG is set.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import click

from gameday.cli.output import problems_text, silence_stdout, tell
from gameday.core.errors import (
    GamedayError,
    InputError,
    JournalDamaged,
    JournalError,
    ReplayDiffers,
    SessionBroken,
)
from gameday.core.text import clean_line

FINE, NOT_FINE, UNUSABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130


def guarded(work: Callable[[], object]) -> int:
    """Runs the work; its integer result is the exit code, and every exception becomes one."""
    try:
        result = work()
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
        return FINE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except SystemExit as error:
        # click ends the interpreter by itself when a pipe is closed.
        silence_stdout()
        return error.code if isinstance(error.code, int) and error.code != 1 else FINE
    except Exception as error:
        code = _explained(error)
        for advice in getattr(error, "__notes__", ()):
            tell(clean_line(advice, 500))
        return code
    return result if isinstance(result, int) else FINE


def _explained(error: Exception) -> int:
    """Says what happened and returns the exit code for it."""
    if os.environ.get("GAMEDAY_DEBUG"):
        traceback.print_exc()
    match error:
        case InputError():
            tell(problems_text(error.problems))
            return UNUSABLE
        case JournalDamaged():
            tell(f"gameday: the journal is damaged: {_line(error)}")
            return UNUSABLE
        case JournalError():
            tell(f"gameday: the journal cannot be used: {_line(error)}")
            return UNUSABLE
        case ReplayDiffers():
            tell(f"gameday: {_line(error)}")
            return NOT_FINE
        case SessionBroken():
            tell(f"gameday: {_line(error)}{_how_to_see_more()}")
            return INTERNAL
        case GamedayError():
            tell(f"gameday: {_line(error)}")
            return UNUSABLE
        case OSError():
            tell(f"gameday: {_about_file(error)}")
            return UNUSABLE
        case _:
            tell(f"gameday: internal error: {type(error).__name__}: {_line(error)}{_how_to_see_more()}")
            return INTERNAL


def _line(error: Exception) -> str:
    return clean_line(str(error), 500)


def _about_file(error: OSError) -> str:
    name = f"{clean_line(str(error.filename), 300)}: " if error.filename is not None else ""
    return name + clean_line(error.strerror or str(error), 200).lower()


def _how_to_see_more() -> str:
    return "" if os.environ.get("GAMEDAY_DEBUG") else " (GAMEDAY_DEBUG=1 shows where)"
