"""What a visit costs as systems grow: 10, 100 and 1,000 services, 50 to 5,000 requests a second.

Services come in shops of ten, and the demand is spread over all shops; so every request makes the same visits, however
big the system is. Replicas grow with the demand on a shop, so that all are as busy. What a visit takes is shown twice:
as time, and as calls of functions, which no cache of the processor has a part in. A service that was visited costs
something each second for its window: that is why a big system with little to do makes more calls a visit.
Run from the root of the project: `python benchmarks/scaling.py`.
"""

from __future__ import annotations

import sys
from math import ceil
from pathlib import Path
from time import process_time
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from gameday.session import collector

MS = 1_000
SECOND = 1_000 * MS
SIZES = (10, 100, 1_000)
RATES = (50, 500, 5_000)
REQUESTS = 6_000
ROUNDS = 3
SHOP = 10


def system(services: int, rate: float) -> TrafficSpec:
    """Shops of ten services: each visit of the first calls three others, and each of those two more, in two stages."""
    shops = services // SHOP
    demand = rate / shops
    replicas = ceil(demand / 200)
    named = [[f"service {shop}.{number}" for number in range(SHOP)] for shop in range(shops)]
    return TrafficSpec(
        tuple(ServiceSpec(name, "thread", replicas, 16, 4 * MS, 1.0) for names in named for name in names),
        tuple(
            EdgeSpec(
                f"{names[caller]}>{names[callee]}",
                names[caller],
                names[callee],
                stage=callee % 2,
                timeout=500 * MS,
                retries=2,
                backoff=20 * MS,
                jitter=1.0,
            )
            for names in named
            for callee in range(1, SHOP)
            for caller in [(callee - 1) // 3]
        ),
        tuple(EntrySpec(f"entry {shop}", names[0], ((0, demand),)) for shop, names in enumerate(named)),
    )


def cost(services: int, rate: float) -> tuple[float, float]:
    """CPU µs a visit, and CPU ms a simulated second, once the system is warm."""
    traffic = Traffic(system(services, rate), 7)
    seconds = ceil(REQUESTS / rate)
    traffic.advance(SECOND)
    before = _visits(traffic)
    began = process_time()
    traffic.advance((seconds + 1) * SECOND)
    spent = process_time() - began
    return spent * 1e6 / (_visits(traffic) - before), spent * 1e3 / seconds


def calls(services: int, rate: float) -> float:
    """Calls of functions a visit, Python's own among them, in a quarter of the time."""
    traffic = Traffic(system(services, rate), 7)
    traffic.advance(SECOND)
    before, count = _visits(traffic), 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    traffic.advance((ceil(REQUESTS / rate / 4) + 1) * SECOND)
    sys.setprofile(None)
    return count / (_visits(traffic) - before)


def _visits(traffic: Traffic) -> int:
    return sum(station.arrived for station in traffic.services.values())


def report() -> list[str]:
    """A Markdown table, of the best of some rounds."""
    collector.relax()
    cells = [(services, rate) for services in SIZES for rate in RATES]
    measured: dict[tuple[int, int], list[tuple[float, float]]] = {cell: [] for cell in cells}
    for _ in range(ROUNDS):
        for cell in cells:
            measured[cell].append(cost(*cell))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    visit = {cell: min(one for one, _ in pairs) for cell, pairs in measured.items()}
    second = {cell: min(one for _, one in pairs) for cell, pairs in measured.items()}
    least = min(visit.values())
    lines = [
        "| services | requests/s | CPU µs a visit | of the cheapest | calls a visit | CPU ms a simulated second |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {services:,} | {rate:,} | {visit[services, rate]:.2f} | {visit[services, rate] / least:.2f} "
        f"| {calls(services, rate):.1f} | {second[services, rate]:.1f} |"
        for services, rate in cells
    ]
    return lines


def main() -> None:
    """Print it."""
    print("\n".join(report()))


if __name__ == "__main__":
    main()
