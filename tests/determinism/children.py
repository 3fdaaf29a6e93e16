"""Runs modules of the tests in processes of their own, each with its own hash seed, side by side."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


class Child:
    """One process: `python -m module arguments`. `answer()` waits for what it prints."""

    def __init__(self, module: str, *arguments: str, hash_seed: int) -> None:
        environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> str:
        """What it printed. Raises AssertionError with its last words when it failed."""
        out, err = self._process.communicate()
        assert self._process.returncode == 0, err[-2000:]
        return out
