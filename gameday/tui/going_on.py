"""Why a session cannot go on, and what to do then, as text to read. Pure: an error in, paragraphs out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from gameday.core.errors import JournalDamaged, JournalHeld, ReplayDiffers
from gameday.core.text import clean_line
from gameday.tui.drawing.prose import Paragraph, line_of

_MOST = 300


def cannot_go_on(path: Path, error: Exception) -> tuple[Paragraph, ...]:
    """What is the matter with a journal, and what to do."""
    held = isinstance(error, JournalHeld)
    why = "This session is open in another gameday, which still writes it." if held else _reason(error)
    made = [line_of(why, "value"), Paragraph(), line_of("What to do", "title")]
    made += [
        Paragraph(((f"{number} ", "accent"), (text, "base")), 2) for number, text in enumerate(ways(path, error), 1)
    ]
    return tuple(made)


def ways(path: Path, error: Exception) -> Iterator[str]:
    """What to do, the best first: the same on the screen and in a shell."""
    file = clean_line(shlex.quote(str(path)), _MOST)
    if isinstance(error, JournalHeld):
        yield "Play on where it is open: another window or tab, another pane of tmux, another login."
        yield "Or leave it there (q, then q), and try again here: it goes on where it stopped."
        yield f"Not to be found? This names the process, which you can then end: fuser {file}"
        return
    if isinstance(error, JournalDamaged):
        yield f"Take the file from a backup; what is damaged is never guessed: {file}"
    elif isinstance(error, ReplayDiffers):
        yield "Go on with the version of gameday that recorded it: this one would make up another world."
    elif isinstance(error, OSError):
        yield f"See whether the file is there, and whether you may read and write it: {file}"
    else:
        yield f"See what is wrong with it: gameday replay {file} --verify"
    yield "Or begin the same scenario anew; this file stays as it is."


def _reason(error: Exception) -> str:
    return clean_line(str(getattr(error, "strerror", None) or error), _MOST)
