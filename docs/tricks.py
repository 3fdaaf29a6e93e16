"""Plays every cheap trick on every scenario of the library and prints what it is worth.

python docs/tricks.py            print the table, say whether docs/scoring.md has another (exit 1)
python docs/tricks.py --write    let docs/scoring.md carry it
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.library.tricks import PAGE, TRICKS, line, names, plain, table  # noqa: E402

BEGIN, END = "<!-- tricks: begin -->", "<!-- tricks: end -->"


def main(arguments: list[str]) -> int:
    """Print, and write or compare; returns the exit code."""
    jobs = [(name, trick) for name in names() for trick in TRICKS]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        plains = dict(zip(names(), pool.map(plain, names()), strict=True))
        lines = dict(zip(jobs, pool.map(line, *zip(*jobs, strict=True)), strict=True))
    text = table(plains, lines)
    sys.stdout.write(text)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    wanted = f"{before}{BEGIN}\n{text}{END}{rest.split(END)[1]}"
    if "--write" in arguments:
        PAGE.write_text(wanted, encoding="utf-8")
    elif wanted != page:
        sys.stderr.write("docs/scoring.md is stale\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
