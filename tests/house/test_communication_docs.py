"""docs/communication.md says what the rules are and how well they read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_rules_the_vocabulary_and_the_figures_are_what_the_code_says():
    finished = subprocess.run(
        [sys.executable, "docs/communication.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (finished.stdout, finished.stderr, finished.returncode) == ("", "", 0)
