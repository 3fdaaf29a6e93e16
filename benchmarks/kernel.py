"""Requests per CPU second: the traffic kernel against the SimPy-process reference, on a graph of 12 services.

Both run the same demand in the same process, by turns, and the median round counts; so the ratio holds on any machine.
Run from the root of the project: `python benchmarks/kernel.py [--seconds N] [--rounds N]`.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gameday.engine.build import traffic_spec
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from gameday.scenario.load import load
from tests.reference.model import ReferenceTraffic

SECOND = 1_000_000
TWELVE = Path(__file__).parent / "graph" / "twelve.yaml"
GRAPH = traffic_spec(load(str(TWELVE)).scenario)
RATE = sum(rate for entry in GRAPH.entries for _, rate in entry.shape)


def storm(traffic: Traffic) -> None:
    """A database eight times slower, and no budget: three layers of callers time out and retry."""
    traffic.services["accounts-db"].scale = [8.0] * len(traffic.classes)
    for edge in traffic.edges.values():
        if edge.budget is not None:
            edge.budget.enforced = False


def kernel_seconds(seconds: int, prepare: Callable[[Traffic], None] = lambda _: None) -> float:
    """CPU seconds of the kernel for so many simulated seconds, advanced second by second as the product does."""
    traffic = Traffic(GRAPH, 7)
    prepare(traffic)
    gc.collect()
    gc.freeze()
    gc.disable()  # the kernel makes no reference cycles: see tests/engine/traffic
    began = process_time()
    for second in range(1, seconds + 1):
        traffic.advance(second * SECOND)
        traffic.digest_state()
    spent = process_time() - began
    gc.enable()
    gc.unfreeze()
    return spent


def reference_seconds(seconds: int) -> float:
    """CPU seconds of the reference for the same."""
    model = ReferenceTraffic(GRAPH, 7, keep_records=False)
    gc.collect()
    gc.freeze()
    threshold = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    began = process_time()
    model.advance(seconds * SECOND)
    spent = process_time() - began
    gc.set_threshold(*threshold)
    gc.unfreeze()
    return spent


def rest_seconds(services: int, seconds: int = 20) -> float:
    """CPU seconds per simulated second of a chain of services that nobody asks for anything."""
    chain = TrafficSpec(
        tuple(ServiceSpec(f"service {number}") for number in range(services)),
        tuple(EdgeSpec(f"edge {n}", f"service {n}", f"service {n + 1}") for n in range(services - 1)),
        (EntrySpec("all", "service 0", ((0, 0.0),)),),
    )
    traffic = Traffic(chain, 7)
    began = process_time()
    traffic.advance(seconds * SECOND)
    return (process_time() - began) / seconds


def report(seconds: int = 20, rounds: int = 5) -> list[str]:
    """A Markdown table, and the ratio. The reference and the storm get a quarter of the simulated seconds."""
    quick, slow = seconds, max(1, seconds // 4)
    kernel, reference, stormy = [], [], []
    for _ in range(rounds):
        kernel.append(RATE * quick / kernel_seconds(quick))
        reference.append(RATE * slow / reference_seconds(slow))
        stormy.append(RATE * slow / kernel_seconds(slow, storm))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    counted = Traffic(GRAPH, 7)
    counted.advance(quick * SECOND)
    roots = sum(entry.arrived for entry in counted.entries.values())
    visits = sum(station.arrived for station in counted.services.values())
    return [
        "| | requests per CPU second | times the reference |",
        "|---|---:|---:|",
        f"| reference, a SimPy process per request | {median(reference):,.0f} | 1 |",
        f"| kernel | {median(kernel):,.0f} | {median(kernel) / median(reference):.2f} |",
        f"| kernel in a storm of retries | {median(stormy):,.0f} | |",
        "",
        f"{visits / roots:.1f} visits and {counted.sequence / roots:.1f} events a request. "
        + "At rest, CPU ms a simulated second: "
        + ", ".join(f"{rest_seconds(services) * 1000:.2f} with {services:,} services" for services in (10, 100, 1000))
        + ".",
    ]


def main() -> None:
    """Print the table and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="simulated seconds a round")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print("\n".join(report(options.seconds, options.rounds)))


if __name__ == "__main__":
    main()
