"""Going on with a recording that has no end: after a crash, a power cut, a `kill -9`.

Owns the repair of a torn last line (cut, kept aside) and the check that the world is the recorded one before anything
is appended. Never repairs damage in the middle.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from gameday.core.errors import JournalError, ReplayDiffers
from gameday.session.files import DiskFile, check_ordinary
from gameday.session.journal import Journal, Writer, read_journal
from gameday.session.replay import Rerun
from gameday.session.session import Session


@dataclass(frozen=True)
class Resumed:
    """A session that goes on, and where its journal's torn last line was put (None: there was none)."""

    session: Session
    journal: Journal
    broken: Path | None


def resume(path: Path) -> Resumed:
    """Reopens an unfinished journal at its last recorded instant; what comes next is appended to it.

    Raises OSError, JournalError (it ended, or somebody else is writing it), JournalDamaged, ReplayDiffers (this
    version simulates another world), SessionBroken.
    """
    check_ordinary(path)
    file = DiskFile(path, new=False)
    try:
        journal = read_journal(path)
        if journal.end is not None:
            raise JournalError("this session has ended; it can be replayed, not resumed")
        rerun = Rerun(journal)
        if (difference := rerun.run()) is not None:
            raise ReplayDiffers(f"this version does not give the recorded world: {difference}")
        broken = _cut_torn(path, journal)
        file.sync()
    except BaseException:
        file.close()
        raise
    writer = Writer(file, head=journal.head)
    while (unwritten := rerun.tape.take()) is not None:
        writer.append(unwritten)
    rerun.session.record_on(writer)
    return Resumed(rerun.session, journal, broken)


def _cut_torn(path: Path, journal: Journal) -> Path | None:
    """Cuts what is not a whole line and keeps it beside the journal."""
    if not journal.torn:
        return None
    aside = path.with_name(path.name + ".broken")
    aside.write_bytes(journal.torn)
    os.truncate(path, journal.size)
    return aside
