"""Tables of the laws: what each line claims, expects and measures, and the same lines in docs/fidelity.md.

A line is computed once: by its test, which also holds it against the documentation, or by `make laws`, which prints
and writes it. Owns the shape of tables and where they stand. Does not own what is measured: each law's module does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
BEGIN, END = "<!-- laws:begin -->", "<!-- laws:end -->"
WRITE = "run: python docs/laws.py --write"
LAW_HEADS = ("claim", "expected", "measured", "band")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its cells after the first, and whether what it claims is so."""

    cells: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the documentation. `line(key)` computes the line that begins with that key; by seeds, never by clock.

    `checked` are the keys whose lines the tests compute again: all, or a sample where a table is dear.
    """

    title: str
    about: str
    heads: tuple[str, ...]
    keys: tuple[str, ...]
    line: Callable[[str], Line]
    checked: tuple[str, ...]

    def check(self, key: str) -> None:
        """Raises AssertionError when the line does not hold, or the documentation says something else."""
        line = self.line(key)
        assert line.holds, f"{self.title}: {' | '.join((key, *line.cells))}"
        assert documented()[self.title].get(key) == line.cells, f"docs/fidelity.md has drifted; {WRITE}"


def law(
    number: int, claim: str, source: str, keys: tuple[str, ...], line: Callable[[str], Line], samples: int | None = None
) -> Table:
    """The table of one law; `samples` of its lines are computed again by tests, all of them if unsaid."""
    return Table(f"Law {number}: {claim}", f"Source: {source}.", LAW_HEADS, keys, line, keys[:samples])


def figures(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{float(f'{value:.3g}'):.6g}"


def shown(values: list[float]) -> str:
    """Several values in one cell."""
    return " / ".join(figures(value) for value in values)


def within(scores: list[float], limit: float = 4.0) -> tuple[str, bool]:
    """The band of estimates that are judged by z, with the worst of them, and whether all are in it."""
    worst = max(scores, key=abs)
    return f"z {worst:+.1f}, less than {limit:g} either way", abs(worst) < limit


@cache
def documented() -> dict[str, dict[str, tuple[str, ...]]]:
    """Title -> first cell -> the other cells, of all tables that docs/fidelity.md carries."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    title = ""
    for text in generated_part().splitlines():
        if text.startswith("### "):
            title = text.removeprefix("### ")
            tables[title] = {}
        elif text.startswith("| ") and not text.startswith("|---"):
            first, *rest = (cell.strip() for cell in text.strip("|").split("|"))
            tables[title][first] = tuple(rest)
    return tables


def generated_part() -> str:
    """What stands between the marks of docs/fidelity.md."""
    return PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


def section(table: Table, lines: dict[str, Line]) -> str:
    """A table as the documentation carries it."""
    rows = [table.heads, *((key, *lines[key].cells) for key in table.keys)]
    text = [f"| {' | '.join(cells)} |" for cells in rows]
    text.insert(1, "|" + "---|" * len(table.heads))
    return f"### {table.title}\n{table.about}\n\n" + "\n".join(text) + "\n"
