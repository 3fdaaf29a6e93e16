"""Where words go: data to stdout, messages to stderr. Every text from outside passes `clean()` before it gets here.

Owns the streams. Does not own what is said.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gameday.core.errors import Problem


def prepare_streams() -> None:
    """A character that a terminal's encoding lacks is shown in another way instead of ending the program."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def say(text: str = "") -> None:
    """A line of data, at once."""
    click.echo(text)


def tell(text: str) -> None:
    """A message for whoever sits there."""
    click.echo(text, err=True)


def say_json(data: object) -> None:
    """One JSON value, indented; never NaN."""
    say(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))


def problems_text(problems: Sequence[Problem]) -> str:
    """All problems, file by file, each file in at most forty lines."""
    from gameday.scenario.source import render_all

    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    return "\n".join(render_all(found) for found in by_path.values())


def is_terminal(stream: object) -> bool:
    """Whether somebody sits at the stream; a closed one has nobody."""
    try:
        return isinstance(stream, io.TextIOBase) and stream.isatty()
    except ValueError:
        return False


def silence_stdout() -> None:
    """Nobody reads stdout any more: what is still buffered goes nowhere, and the interpreter's exit stays quiet."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
