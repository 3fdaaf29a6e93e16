"""Lines of stdin: read one after another, or by a thread while simulated time goes on."""

from __future__ import annotations

import io
import os
import queue
import threading
from typing import Protocol, TextIO

LONGEST = 10_000
"""Bytes of a line that are kept; the rest of it is thrown away."""

_CHUNK = 4096


class Lines(Protocol):
    """Where the lines of a game come from."""

    def next(self, timeout: float | None) -> str | None:
        """The next line without its end, None at the end of input. Raises TimeoutError after `timeout` seconds."""


class LineReader:
    """Reads lines from a descriptor without Python's buffers.

    A thread that is blocked in a buffered read holds a lock which the interpreter needs to end.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = b""
        self._ended = False

    def next(self, timeout: float | None = None) -> str | None:
        del timeout  # whoever reads here has the time
        while b"\n" not in self._buffer and not self._ended:
            self._buffer = self._buffer[:LONGEST] + self._more()
        line, found, self._buffer = self._buffer.partition(b"\n")
        if not line and not found:
            return None
        return line[:LONGEST].decode("utf-8", "replace").rstrip("\r")

    def _more(self) -> bytes:
        try:
            chunk = os.read(self._descriptor, _CHUNK)
        except OSError:
            chunk = b""
        self._ended = not chunk
        return chunk


class NoLines:
    """An input that has ended before it began."""

    def next(self, timeout: float | None = None) -> str | None:
        del timeout
        return None


class LiveLines:
    """Reads in a thread of its own, so that waiting for a line can end."""

    def __init__(self, lines: Lines) -> None:
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._ended = False
        threading.Thread(target=self._pump, args=(lines,), daemon=True).start()

    def next(self, timeout: float | None = None) -> str | None:
        if self._ended:
            return None
        try:
            line = self._queue.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        self._ended = line is None
        return line

    def _pump(self, lines: Lines) -> None:
        while (line := lines.next(None)) is not None:
            self._queue.put(line)
        self._queue.put(None)


def lines_of(stream: TextIO | None) -> Lines:
    """The lines of stdin, which may be closed."""
    try:
        return NoLines() if stream is None else LineReader(stream.fileno())
    except (io.UnsupportedOperation, ValueError):
        return NoLines()
