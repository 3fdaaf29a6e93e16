"""Plays every script of tests/data/plays and says whether docs/rehearsals.md tells something else (exit 1).

python docs/rehearsals.py            compare
python docs/rehearsals.py --write    let docs/rehearsals.md carry today's lines and figures
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.library.plays import PAGE, page  # noqa: E402


def main(arguments: list[str]) -> int:
    """Compare or write; returns the exit code."""
    text = PAGE.read_text(encoding="utf-8")
    wanted = page(text)
    if "--write" in arguments:
        PAGE.write_text(wanted, encoding="utf-8")
    elif wanted != text:
        sys.stderr.write("docs/rehearsals.md is stale; run: python docs/rehearsals.py --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
