"""The narrow seam between a journal and the disk: write, sync, close, read. Owns the file descriptor and its lock."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Protocol

from gameday.core.errors import JournalError, JournalHeld
from gameday.core.text import clean_line

if sys.platform != "win32":  # which has no advisory locks of this kind: there a second writer is not noticed
    import fcntl


LARGEST = 512 * 1024 * 1024
"""Bytes that a journal may have to be read."""


class JournalFile(Protocol):
    """Where the lines of a journal go. Every method raises OSError when the disk refuses."""

    def write(self, data: bytes) -> int:
        """Appends and says how many bytes were taken, which may be fewer."""

    def sync(self) -> None:
        """Returns when everything written survives a loss of power."""

    def close(self) -> None:
        """Lets go of the file."""


class DiskFile:
    """A file that only grows, unbuffered: what was written outlives this process, what was synced the machine."""

    def __init__(self, path: Path, *, new: bool) -> None:
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
        flags |= os.O_CREAT | os.O_EXCL if new else 0
        self._descriptor = os.open(path, flags, 0o600)
        try:
            self._lock(path)
            if new:
                _sync_folder(path.parent)
        except BaseException:
            os.close(self._descriptor)
            raise

    def write(self, data: bytes) -> int:
        return os.write(self._descriptor, data)

    def sync(self) -> None:
        # fdatasync is not on every platform; fsync does more than is needed, never less.
        getattr(os, "fdatasync", os.fsync)(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)

    def _lock(self, path: Path) -> None:
        if sys.platform != "win32":
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise JournalHeld(f"{clean_line(path.name)} is being written by another session") from None


def check_ordinary(path: Path) -> None:
    """Raises JournalError for what is no ordinary file or too large for a journal, OSError where it is not there.

    Opening a pipe or a device could wait, or give bytes, for ever.
    """
    found = path.stat()
    name = clean_line(str(path), 300)
    if stat.S_ISDIR(found.st_mode):
        raise JournalError(f"{name} is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise JournalError(f"{name} is not an ordinary file")
    if found.st_size > LARGEST:
        raise JournalError(f"{name} is larger than {LARGEST // 1024**2} MiB")


def read_ordinary(path: Path) -> bytes:
    """All bytes of a file. Raises as `check_ordinary` does."""
    check_ordinary(path)
    with path.open("rb") as file:
        return file.read(LARGEST)


def _sync_folder(folder: Path) -> None:
    """Makes a new file's name survive too."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
