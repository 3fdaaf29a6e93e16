"""A process to be killed: plays the tiny exercise on a journal and says each command as soon as it is acknowledged.

It says `ready`, then reads paths from stdin, one a line. For each it forks a child, prints `pid N`, and `gone` when
the child has ended; the child prints `ack TEXT` after each verdict. Forking saves the start of an interpreter.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.journal import create
from gameday.session.session import Session
from tests.session.small import tiny

COMMANDS = 100


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def play(exercise: Exercise, path: Path) -> None:
    """A command at every half second, from half a second on."""
    session = Session(exercise, 7, variant="deploy", journal=create(path))
    for number in range(COMMANDS):
        session.run_to((number + 1) * MICRO // 2)
        text = f"restart nowhere-{number}" if number % 10 == 3 else f"note number {number}"
        session.submit(parse_command(text))
        say(f"ack {text}")
    session.finish()


def main() -> None:
    exercise = tiny()
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            play(exercise, Path(line.strip()))
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
