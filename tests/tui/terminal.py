"""The real app in a pseudo-terminal, for what no test inside one process can show."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

LONGEST = 30.0
"""Seconds of wall time after which a real terminal has failed."""


class Terminal:
    """A game in a real pseudo-terminal, and every byte that it writes."""

    def __init__(self, scenario: Path, home: Path, columns: int, rows: int, speed: float = 60.0) -> None:
        import fcntl
        import struct
        import termios

        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        code = (
            "from gameday.scenario.load import load; from gameday.tui.app import run_play;"
            f"raise SystemExit(run_play(load({str(scenario)!r}), seed=3, speed={speed}))"
        )
        size = {"COLUMNS": str(columns), "LINES": str(rows)}
        environment = {**os.environ, **size, "GAMEDAY_HOME": str(home), "TERM": "xterm-256color", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
        )
        os.close(theirs)
        self.written = b""

    def wait_for(self, text: bytes) -> None:
        """Reads until the terminal has shown a text."""
        start, deadline = len(self.written), time.monotonic() + LONGEST
        while text not in self.written[max(start - len(text), 0) :]:
            ready, _, _ = select.select([self._ours], [], [], max(deadline - time.monotonic(), 0.0))
            assert ready, f"never saw {text!r}; the last bytes: {self.written[-600:]!r}"
            self.written += os.read(self._ours, 65_536)

    def send(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def close(self) -> None:
        """Nothing stays behind, whatever happened."""
        self.process.kill()
        self.process.wait(timeout=LONGEST)
        os.close(self._ours)

    def read_to_the_end(self) -> int:
        """The exit code, with everything read."""
        while True:
            try:
                chunk = os.read(self._ours, 65_536)
            except OSError:
                break
            if not chunk:
                break
            self.written += chunk
        return self.process.wait(timeout=LONGEST)
