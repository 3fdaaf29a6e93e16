"""Law 6: when only the deepest layer fails, always, it sees (retries + 1) ** depth attempts per root request."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec

SECOND = 1_000_000


@pytest.mark.parametrize("kind", ["thread", "loop"])
@pytest.mark.parametrize("depth, retries, expected", [(3, 3, 64), (4, 3, 256), (5, 2, 243), (5, 3, 1024)])
def test_attempts_at_the_deepest_layer_multiply_with_each_layer(kind, depth, retries, expected):
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
    roots = traffic.entries["all"].arrived
    assert roots > 0
    assert traffic.services[layers[-1]].arrived == expected * roots
    assert traffic.entries["all"].in_flight == 0
