"""Computes the tables of the laws over all cores and prints them: what is claimed, expected, measured, and the band.

python docs/laws.py            print them, say what docs/fidelity.md has otherwise (exit 1), or what does not hold
python docs/laws.py --write    let docs/fidelity.md and the pictures beside it carry them
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.laws.catalogue import tables  # noqa: E402
from tests.laws.drawing import pictures  # noqa: E402
from tests.laws.tables import BEGIN, END, PAGE, Line, Table, section  # noqa: E402

Lines = dict[str, dict[str, Line]]


def compute(title: str, key: str) -> Line:
    """One line of one table."""
    return tables()[title].line(key)


def compute_all() -> Lines:
    """Every line of every table, with progress on standard error."""
    wanted = [(title, key) for title, table in tables().items() for key in table.keys]
    lines: Lines = {title: {} for title in tables()}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(compute, title, key): (title, key) for title, key in wanted}
        for done, future in enumerate(as_completed(futures), start=1):
            title, key = futures[future]
            lines[title][key] = future.result()
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} of {len(wanted)} lines" + "\n" * (done == len(wanted)))
    return lines


def printed(table: Table, lines: dict[str, Line]) -> str:
    """A table for a terminal, with a mark at what does not hold."""
    rows = [("", *table.heads)]
    rows += [(" " if lines[key].holds else "✗", key, *lines[key].cells) for key in table.keys]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join((table.title, table.about, *text))


def files(lines: Lines) -> dict[Path, str]:
    """Every file that shows the tables, with what it should hold."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    sections = "\n".join(section(table, lines[title]) for title, table in tables().items())
    cells = {title: {key: lines[title][key].cells for key in table.keys} for title, table in tables().items()}
    return {PAGE: f"{before}{BEGIN}\n{sections}{END}{rest.split(END)[1]}", **pictures(cells)}


def main(arguments: list[str]) -> int:
    """Print, and write or compare; returns the exit code."""
    lines = compute_all()
    sys.stdout.write("\n\n".join(printed(table, lines[title]) for title, table in tables().items()) + "\n")
    broken = [f"{title}: {key}" for title, one in lines.items() for key, line in one.items() if not line.holds]
    stale = [
        path for path, text in files(lines).items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--write" in arguments:
        for path in stale:
            path.write_text(files(lines)[path], encoding="utf-8")
    complaints = [f"does not hold: {one}" for one in broken]
    complaints += [f"wrote {path.name}" if "--write" in arguments else f"{path.name} is stale" for path in stale]
    sys.stderr.write("".join(f"{complaint}\n" for complaint in complaints))
    return 1 if broken or (stale and "--write" not in arguments) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
