"""Running the command line as people do: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def gameday(
    *arguments: str | Path, stdin: str | bytes = "", home: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`gameday ARGUMENTS`; nothing it prints may ever be a traceback or an escape."""
    given = {key: value for key, value in os.environ.items() if key != "GAMEDAY_DEBUG"}
    if home is not None:
        given["GAMEDAY_HOME"] = str(home)
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "gameday", *map(str, arguments)],
        input=data,
        capture_output=True,
        env={**given, "PYTHONIOENCODING": "utf-8", **environment},
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    if "GAMEDAY_DEBUG" not in environment:
        assert "Traceback" not in out + err, err
    assert "\x1b" not in out + err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
