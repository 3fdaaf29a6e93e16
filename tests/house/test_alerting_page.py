"""The page about alerting says what the code computes and what sessions do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_tables_and_the_picture_are_what_the_code_says():
    finished = subprocess.run(
        [sys.executable, "docs/alerting.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.stdout == ""
    assert finished.returncode == 0, finished.stderr
