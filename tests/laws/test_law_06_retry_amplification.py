"""Law 6: when only the deepest layer fails, always, it sees (retries + 1) ** depth attempts per root request."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import SECOND
from tests.laws.tables import Line, law

CHAINS = {f"{depth} layers down, {retries} retries": (depth, retries) for depth, retries in
          ((3, 3), (4, 3), (5, 2), (5, 3))}  # fmt: skip


def attempts(kind: str, depth: int, retries: int) -> tuple[int, int]:
    """How many root requests came, and how many attempts the deepest layer saw once all is over."""
    layers = [f"layer {number}" for number in range(depth + 1)]
    spec = TrafficSpec(
        tuple(ServiceSpec(name, kind, workers=10_000, service_time=100) for name in layers),
        tuple(
            EdgeSpec(f"{caller}-{callee}", caller, callee, timeout=100 * SECOND, retries=retries)
            for caller, callee in pairwise(layers)
        ),
        (EntrySpec("all", layers[0], ((0, 1.0), (3 * SECOND, 1.0), (3 * SECOND, 0.0)), 1000 * SECOND, SECOND),),
    )
    traffic = Traffic(spec, 3)
    traffic.services[layers[-1]].error = [1.0]
    traffic.advance(200 * SECOND)
    assert traffic.entries["all"].in_flight == 0
    return traffic.entries["all"].arrived, traffic.services[layers[-1]].arrived


def line(chain: str) -> Line:
    """Attempts per root request where threads serve, and where event loops do."""
    depth, retries = CHAINS[chain]
    expected = (retries + 1) ** depth
    seen = [attempts(kind, depth, retries) for kind in ("thread", "loop")]
    holds = all(roots > 0 and deepest == expected * roots for roots, deepest in seen)
    measured = " / ".join(f"{deepest} for {roots} roots" for roots, deepest in seen)
    return Line((f"{expected} for each root", measured, "exact"), holds)


LAW = law(
    6,
    "attempts at a deepest layer that always fails multiply with each layer",
    "counting: (retries + 1) to the power of the depth; without backoff and with room to finish; threads / event loops",
    tuple(CHAINS),
    line,
)


@pytest.mark.parametrize("chain", LAW.checked)
def test_attempts_at_the_deepest_layer_multiply_with_each_layer(chain):
    LAW.check(chain)
