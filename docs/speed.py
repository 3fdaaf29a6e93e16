"""Measures, and lets docs/speed.md carry what was measured: the tables between its marks, and the picture.

python docs/speed.py               all of it, in some four minutes
python docs/speed.py kernel fork   only these tables
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "speed.md"
PICTURE = ROOT / "docs" / "img" / "speed-shares.svg"

TABLES: dict[str, tuple[str, ...]] = {
    "kernel": (),
    "shares": ("--svg", str(PICTURE)),
    "scaling": (),
    "overhead": (),
    "memory": (),
    "fork": (),
    "compiled": (),
    "machine": (),
}
"""Every place on the page: what is printed by the script of that name, with these arguments."""


def lines_of(name: str) -> list[str]:
    """What stands in one place. Each script has a process of its own, for what one loads weighs on the next."""
    if name == "machine":
        python = f"{platform.python_implementation()} {platform.python_version()}"
        return [f"Measured on {platform.machine()} with {os.cpu_count()} cores, {python}."]
    command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *TABLES[name]]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def filled(page: str, name: str, lines: list[str]) -> str:
    """The page with these lines between the marks of that name. Raises ValueError where it has no such marks."""
    marks = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    text = "".join(line + "\n" for line in lines)
    page, count = marks.subn(lambda found: f"{found[1]}{text}{found[2]}", page)
    if count != 1:
        raise ValueError(f"{PAGE.name} must have one place for {name}, it has {count}")
    return page


def main(names: list[str]) -> None:
    """Measure and write, table by table."""
    for name in names or TABLES:
        sys.stderr.write(f"{name} ")
        lines = lines_of(name)
        sys.stderr.write("\n")
        PAGE.write_text(filled(PAGE.read_text("utf-8"), name, lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
