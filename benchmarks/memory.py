"""Memory over eight simulated hours of a session with its journal: of the process, and of Python's objects alone.

Two runs of the same: one plain, for the memory of the process; one traced by tracemalloc, which makes it slower and
bigger, for what Python's objects hold. A small system with little demand: what would grow is kept by the second.
Run from the root of the project: `python benchmarks/memory.py [--hours N]`.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import sys
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quiet import quiet
from gameday.session import collector
from gameday.session.journal import create
from gameday.session.session import Session

HOUR = 3_600_000_000
HOURS = 8
STATM = Path("/proc/self/statm")


class Sample(NamedTuple):
    """At the end of an hour: MB of the process or of the objects, and MB of the journal."""

    memory: float
    journal: float


def hours(count: int, traced: bool) -> list[Sample]:
    """Play so many hours; what stands at the end of each."""
    exercise = quiet("retry-storm", duration=count * HOUR, demand=0.05)
    collector.relax()
    samples = []
    with TemporaryDirectory() as folder:
        journal = Path(folder) / "journal"
        session = Session(exercise, 7, responder="idle", journal=create(journal))
        if traced:
            tracemalloc.start()
        for hour in range(1, count + 1):
            session.run_to(hour * HOUR)
            gc.collect()
            memory = tracemalloc.get_traced_memory()[0] / 1e6 if traced else resident()
            samples.append(Sample(memory, journal.stat().st_size / 1e6))
            print(".", end="", file=sys.stderr, flush=True)
        session.close()
    return samples


def resident() -> float:
    """Memory of this process in MB; not a number where the system does not say."""
    if not STATM.exists():
        return float("nan")
    return int(STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def report(count: int = HOURS) -> list[str]:
    """A Markdown table."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        plain, traced = pool.starmap(hours, [(count, False), (count, True)], chunksize=1)
    print(file=sys.stderr)
    lines = [
        "| after | process | Python's objects, since the first second | journal |",
        "|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {hour} h | {one.memory:.1f} MB | {objects.memory:.2f} MB | {one.journal:.1f} MB |"
        for hour, (one, objects) in enumerate(zip(plain, traced, strict=True), start=1)
    ]
    return lines


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=HOURS)
    print("\n".join(report(parser.parse_args().hours)))


if __name__ == "__main__":
    main()
