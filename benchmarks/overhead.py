"""What signals, the rest of a session and the journal add to the traffic itself, in CPU time.

The same demand three times, by turns: the kernel as `kernel.py` measures it, with its windows, logs and traces that
nobody keeps and its state read each second; a session with its signals, alerts and digests; the same recorded in a
journal. On the graph of `kernel.py`; on a library scenario that is as busy; and on that scenario as it is, where there
is less traffic to set it against. The best of some rounds counts: what a busy machine adds is no cost of ours; and what
the run before left behind is cleared away first.
Run from the root of the project: `python benchmarks/overhead.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kernel import TWELVE
from benchmarks.quiet import quiet
from gameday.core.draws import draw_name
from gameday.engine.build import traffic_spec
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.exercise import Exercise
from gameday.session import collector
from gameday.session.journal import create
from gameday.session.session import Session

SECOND = 1_000_000
SEED = 7
ROUNDS = 12
SYSTEMS = {
    "the graph of twelve services": (str(TWELVE), 1, 30),
    "six times otel-shop": ("otel-shop", 6, 30),
    "otel-shop": ("otel-shop", 1, 180),
}
"""The scenario, times the demand and the replicas, and seconds a round."""


def kernel(exercise: Exercise, seconds: int) -> float:
    """CPU seconds of the traffic alone."""
    traffic = Traffic(traffic_spec(exercise.scenario), draw_name(SEED, "traffic"))
    began = process_time()
    for second in range(1, seconds + 1):
        traffic.advance(second * SECOND)
        traffic.digest_state()
    return process_time() - began


def session(exercise: Exercise, seconds: int, folder: Path | None) -> float:
    """CPU seconds of a session nobody plays, recorded where there is a folder."""
    journal = create(folder / "journal") if folder is not None else None
    played = Session(exercise, SEED, responder="idle", journal=journal)
    began = process_time()
    played.run_to(seconds * SECOND)
    spent = process_time() - began
    played.close()
    return spent


def measure(name: str, demand: int, seconds: int) -> dict[str, float]:
    """The least CPU ms a simulated second of each way."""
    exercise = quiet(name, duration=seconds * SECOND, demand=demand, replicas=demand)
    spent: dict[str, list[float]] = {}

    def note(way: str, run: Callable[[], float]) -> None:
        collector.collect()
        spent.setdefault(way, []).append(run() * 1000 / seconds)

    for _ in range(ROUNDS):
        note("kernel", lambda: kernel(exercise, seconds))
        note("in a session", lambda: session(exercise, seconds, None))
        with TemporaryDirectory() as folder:
            note("and a journal", lambda folder=folder: session(exercise, seconds, Path(folder)))
        print(".", end="", file=sys.stderr, flush=True)
    return {way: min(values) for way, values in spent.items()}


def report() -> list[str]:
    """A Markdown table."""
    collector.relax()
    lines = ["| system | way | CPU ms a simulated second | over the kernel |", "|---|---|---:|---:|"]
    for system, (name, demand, seconds) in SYSTEMS.items():
        measured = measure(name, demand, seconds)
        least = measured["kernel"]
        lines += [f"| {system} | {way} | {ms:.2f} | {ms / least - 1.0:+.0%} |" for way, ms in measured.items()]
    print(file=sys.stderr)
    return lines


if __name__ == "__main__":
    print("\n".join(report()))
