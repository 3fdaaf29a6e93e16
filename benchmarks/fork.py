"""What a branch costs: fork the process, run one second further in the child, send what came of it back.

10,000 requests are in flight, and the process has loaded all that sessions need. Wall time, because the parent waits;
the child runs alone. The tick itself is what the parent takes for the same second afterwards.
Run from the root of the project: `python benchmarks/fork.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from struct import pack
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quiet import quiet
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from gameday.session import collector
from gameday.session.session import Session

MS = 1_000
SECOND = 1_000 * MS
RATE = 2_000.0
BRANCHES = 20

SLOW = TrafficSpec(
    (
        ServiceSpec("front", "loop", 4, 8, 1 * MS, 1.0, in_flight=20_000),
        ServiceSpec("slow", "loop", 4, 8, 1 * MS, 1.0, in_flight=20_000),
    ),
    (EdgeSpec("slow", "front", "slow", timeout=30 * SECOND),),
    (EntrySpec("all", "front", ((0, RATE),), 60 * SECOND, 30 * SECOND),),
)


def full() -> Traffic:
    """A system with 10,000 requests under way."""
    traffic = Traffic(SLOW, 7)
    traffic.edges["slow"].latency = 5 * SECOND
    traffic.advance(10 * SECOND)
    return traffic


def branch(traffic: Traffic, to: int) -> float:
    """Wall ms until the branch's result is here."""
    began = perf_counter()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        traffic.advance(to)
        words = traffic.digest_state()
        os.write(writing, pack(f"<{len(words)}Q", *words))
        os._exit(0)
    os.close(writing)
    answer = os.read(reading, 65_536)
    spent = perf_counter() - began
    os.close(reading)
    os.waitpid(child, 0)
    assert answer
    return spent * 1000


def ticks(traffic: Traffic) -> Iterator[tuple[float, float]]:
    """Of each second: a branch that runs it, and the tick itself, in wall ms."""
    for _ in range(BRANCHES):
        to = traffic.now + SECOND
        branched = branch(traffic, to)
        began = perf_counter()
        traffic.advance(to)
        traffic.digest_state()
        yield branched, (perf_counter() - began) * 1000


def resident() -> float:
    """Memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def report() -> list[str]:
    """A Markdown table."""
    if not hasattr(os, "fork") or not Path("/proc/self/statm").exists():
        return ["Not measured: this system has no fork, or does not say how much memory a process has."]
    exercise = quiet("otel-shop", duration=600 * SECOND)
    session = Session(exercise, 7, responder="idle")
    session.run_to(60 * SECOND)
    traffic = full()
    collector.relax()
    collector.freeze()
    pairs = list(ticks(traffic))
    branches, own = (median(pair[index] for pair in pairs) for index in (0, 1))
    in_flight = sum(entry.in_flight for entry in traffic.entries.values())
    return [
        "| requests in flight | memory of the process | tick | branch | beyond the tick |",
        "|---:|---:|---:|---:|---:|",
        f"| {in_flight:,} | {resident():.0f} MB | {own:.1f} ms | {branches:.1f} ms | {branches - own:.1f} ms |",
    ]


if __name__ == "__main__":
    print("\n".join(report()))
