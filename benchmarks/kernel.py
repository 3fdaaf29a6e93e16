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

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from tests.reference.model import ReferenceTraffic

MS = 1_000
SECOND = 1_000 * MS
RATE = 200.0
BUDGET = BudgetSpec()

GRAPH = TrafficSpec(
    services=(
        ServiceSpec("gateway", "loop", 2, 4, 1 * MS, 0.5, in_flight=2000),
        ServiceSpec("frontend", "thread", 4, 32, 4 * MS, 1.0, queue_limit=200, in_flight=400),
        ServiceSpec("accounts", "thread", 2, 16, 5 * MS, 1.0, queue_limit=100),
        ServiceSpec("accounts-db", "thread", 1, 8, 6 * MS, 1.0, queue_limit=100, overflow="drop"),
        ServiceSpec("catalog", "loop", 2, 4, 3 * MS, 1.0, in_flight=500),
        ServiceSpec("cache", "loop", 1, 4, 1 * MS, 0.5, in_flight=1000),
        ServiceSpec("catalog-db", "thread", 1, 8, 12 * MS, 1.5, queue_limit=100),
        ServiceSpec("cart", "thread", 2, 16, 4 * MS, 1.0, queue_limit=100),
        ServiceSpec("cart-db", "thread", 1, 8, 5 * MS, 1.0, queue_limit=100),
        ServiceSpec("advice", "loop", 1, 4, 8 * MS, 2.0, in_flight=200),
        ServiceSpec("checkout", "thread", 2, 16, 10 * MS, 1.0, queue_limit=50),
        ServiceSpec("mail", "loop", 1, 2, 6 * MS, 1.0, queue_limit=1000),
    ),
    edges=(
        EdgeSpec(
            "gateway-frontend", "gateway", "frontend", None, timeout=2000 * MS, retries=1, backoff=50 * MS, jitter=1.0
        ),
        EdgeSpec("frontend-accounts", "frontend", "accounts", timeout=500 * MS, retries=2, backoff=20 * MS, jitter=1.0),
        EdgeSpec("accounts-db", "accounts", "accounts-db", timeout=200 * MS, retries=2, backoff=10 * MS, budget=BUDGET),
        EdgeSpec(
            "frontend-catalog", "frontend", "catalog", None, 1, timeout=500 * MS, retries=2, backoff=20 * MS, jitter=1.0
        ),
        EdgeSpec("catalog-cache", "catalog", "cache", calls=2, required=False, timeout=50 * MS),
        EdgeSpec("catalog-db", "catalog", "catalog-db", None, 1, 0.9, timeout=250 * MS, retries=2, backoff=10 * MS),
        EdgeSpec(
            "frontend-cart",
            "frontend",
            "cart",
            None,
            1,
            timeout=400 * MS,
            retries=2,
            backoff=20 * MS,
            budget=BUDGET,
        ),
        EdgeSpec("cart-db", "cart", "cart-db", calls=1.5, timeout=200 * MS, retries=2, backoff=10 * MS, jitter=1.0),
        EdgeSpec("frontend-advice", "frontend", "advice", ("browse",), 1, 0.5, required=False, timeout=100 * MS),
        EdgeSpec(
            "frontend-checkout", "frontend", "checkout", ("buy",), 2, timeout=800 * MS, retries=1, backoff=50 * MS
        ),
        EdgeSpec("checkout-mail", "checkout", "mail", mode="async"),
    ),
    entries=(
        EntrySpec("browse", "gateway", ((0, RATE * 0.8),), 4000 * MS, 400 * MS),
        EntrySpec(
            "buy",
            "gateway",
            ((0, RATE * 0.2),),
            4000 * MS,
            600 * MS,
            (SegmentSpec("web", 0.7), SegmentSpec("app", 0.3)),
        ),
    ),
)


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
