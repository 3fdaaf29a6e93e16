"""The commands of a recording as a file of commands, exact to the microsecond, and how to run it.

Where the same commands meet the same scenario, seed, variant and people, the same session comes out, digest and all;
with one line changed, what would have happened. Does not own the format (`script`).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from gameday.core.commands import quote
from gameday.core.errors import JournalError
from gameday.core.text import clean_line
from gameday.core.units import format_duration
from gameday.session.journal import Journal
from gameday.session.records import CommandRecord

FILE = "FILE"
"""Stands for the name under which the lines are kept."""


def script_of(journal: Journal) -> Iterator[str]:
    """The lines of the file. What was refused changed nothing, and stands in it as a comment."""
    yield f"# {run_line(journal)}"
    end = journal.end
    if end is None or end.aborted:
        what = "is recorded" if end is None else "was stopped"
        yield f"# the session {what} up to {format_duration(journal.reached)}; run goes on to its end"
    yield from map(_line, journal.commands)


def run_line(journal: Journal) -> str:
    """The command that runs the file under the conditions of the session."""
    header = journal.header
    words = ["gameday", "run", header.source or header.scenario, "--seed", str(header.seed)]
    if header.variant != _drawn(journal):
        words += ["--variant", header.variant]
    if header.hat:
        words += ["--hat", header.hat]
    for option, names in (("--modifier", header.modifiers), ("--player", header.players)):
        for name in names:
            words += [option, name]
    return shlex.join([*words, "--responder", FILE if header.players else "idle"])


def _drawn(journal: Journal) -> str | None:
    """The variant that the seed draws, which need not be told."""
    try:
        return journal.exercise().draw_variant(journal.header.seed)
    except JournalError:
        return None


def _line(record: CommandRecord) -> str:
    author = f"as {quote(record.author)}: " if record.author else ""
    line = f"{format_duration(record.at)} {author}{record.text}"
    return line if record.accepted else clean_line(f"# refused: {line}  ({record.result})")
