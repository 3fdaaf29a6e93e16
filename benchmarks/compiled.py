"""What compiling the kernel costs and gives: the same demand interpreted and compiled, by turns.

Compiles into a folder of its own; nothing is installed. Needs a C compiler, mypy and setuptools, else says so.
Run from the root of the project: `python benchmarks/compiled.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kernel import RATE, reference_seconds

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
RUN = """
import json, sys
from time import process_time
sys.path.insert(0, "")
from benchmarks.kernel import RATE, kernel_seconds, storm
from gameday.scenario.load import load
from gameday.trials.job import run_one
exercise = load("retry-storm")
began = process_time()
digest = run_one(exercise, 7, "deploy", "idle").digest
game = process_time() - began
print(json.dumps({
    "graph": RATE * 20 / kernel_seconds(20),
    "storm": RATE * 5 / kernel_seconds(5, storm),
    "game": game,
    "digest": digest,
}))
"""


def compile_into(folder: Path) -> str | None:
    """Make a compiled copy of what the measurements need; why not, where that fails."""
    for part in ("gameday", "benchmarks", "tests", "scenarios", "playbooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
    build = [sys.executable, "hatch_build.py", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().split("\n")[-1] if done.returncode else None


def figures(folder: Path) -> dict[str, str | float]:
    """What a fresh process measures there."""
    done = subprocess.run([sys.executable, "-c", RUN], cwd=folder, capture_output=True, text=True, check=True)
    measured: dict[str, str | float] = json.loads(done.stdout)
    print(".", end="", file=sys.stderr, flush=True)
    return measured


def report() -> list[str]:
    """A Markdown table, and what it took to build."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        began = perf_counter()
        problem = compile_into(folder)
        if problem is not None:
            return [f"Not measured: {problem}"]
        built = perf_counter() - began
        runs, references = [], []
        for _ in range(ROUNDS):
            runs.append((figures(ROOT), figures(folder)))
            references.append(RATE * 5 / reference_seconds(5))
        size = sum(path.stat().st_size for path in folder.rglob("*.so")) / 1e6
    print(file=sys.stderr)
    same = all(one["digest"] == other["digest"] for one, other in runs)

    def row(what: str, key: str, form: str, faster: bool) -> str:
        plain, native = (median(float(pair[index][key]) for pair in runs) for index in (0, 1))
        ratio = native / plain if faster else plain / native
        return f"| {what} | {plain:{form}} | {native:{form}} | {ratio:.2f} |"

    def over_reference(index: int) -> float:
        return median(float(pair[index]["graph"]) for pair in runs) / median(references)

    return [
        "| | interpreted | compiled | times as fast |",
        "|---|---:|---:|---:|",
        row("requests per CPU second, the benchmark's graph", "graph", ",.0f", True),
        row("the same in a storm of retries", "storm", ",.0f", True),
        row("a whole game of retry-storm, CPU s", "game", ".2f", False),
        f"| times as fast as the reference | {over_reference(0):.1f} | {over_reference(1):.1f} | |",
        "",
        f"Building took {built:.0f} s; what was built has {size:.1f} MB. "
        f"Digests of the game: {'identical' if same else 'DIFFERENT'}.",
    ]


if __name__ == "__main__":
    print("\n".join(report()))
