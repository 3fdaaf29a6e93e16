"""A shop of seven services that uses every mechanism, for comparison with the reference and for laws about everything.

Durations are a thousand times what a scenario would say (the kernel does not care what its unit is), so that two things
that have nothing to do with each other do not happen at the same instant, where their order would be anybody's choice.
A window of the kernel is a millisecond here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gameday.core.kinds.mechanisms import CoDel, Contention, Replicas, WarmUp
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec

MS = 1_000_000
SECOND = 1000 * MS


def rates(*points: tuple[float, float]) -> tuple[tuple[int, float], ...]:
    return tuple((round(second * SECOND), rate / 1000) for second, rate in points)


SHOP = TrafficSpec(
    services=(
        ServiceSpec("gateway", "loop", 2, 4, 1 * MS, 0.5, in_flight=120),
        ServiceSpec("web", "thread", 2, 8, 4 * MS, 1.0, queue_limit=30),
        ServiceSpec("cart", "thread", 1, 4, 7 * MS, 1.0, "exponential", queue_limit=20, overflow="drop"),
        ServiceSpec("prices", "loop", 1, 2, 5 * MS, 2.0, queue_limit=40),
        ServiceSpec("database", "thread", 1, 2, 9 * MS, 1.0, queue_limit=50, skip_expired=True),
        ServiceSpec("advice", "thread", 1, 1, 13 * MS, 0.0, queue_limit=3),
        ServiceSpec("mail", "loop", 1, 1, 11 * MS, 1.0, queue_limit=100),
    ),
    edges=(
        EdgeSpec("gateway-web", "gateway", "web", timeout=250 * MS, retries=1, backoff=20 * MS, jitter=0.5),
        EdgeSpec("web-cart", "web", "cart", ("buy",), 0, timeout=90 * MS, retries=2, backoff=15 * MS, jitter=1.0),
        EdgeSpec("web-prices", "web", "prices", None, 0, 1.6, timeout=70 * MS, retries=2, backoff=5 * MS),
        EdgeSpec(
            "web-advice", "web", "advice", None, 1, 0.7, required=False, timeout=37 * MS, retries=1, backoff=3 * MS
        ),
        EdgeSpec(
            "cart-database", "cart", "database", None, 0, 1.3, timeout=45 * MS, retries=3, backoff=4 * MS, jitter=0.3
        ),
        EdgeSpec("prices-database", "prices", "database", None, 0, 0.4, timeout=41 * MS, retries=3, backoff=6 * MS),
        EdgeSpec("web-mail", "web", "mail", ("buy",), 2, mode="async"),
    ),
    entries=(
        EntrySpec("browse", "gateway", rates((0, 60), (2, 200), (4, 40)), 600 * MS, 120 * MS),
        EntrySpec(
            "buy", "gateway", rates((0, 40)), 700 * MS, 200 * MS, (SegmentSpec("at", 0.25), SegmentSpec("de", 0.75))
        ),
    ),
)


def with_budgets(spec: TrafficSpec) -> TrafficSpec:
    budget = BudgetSpec(initial=5.0, per_success=0.2)
    return replace(spec, edges=tuple(replace(edge, budget=budget) for edge in spec.edges))


def with_lines(spec: TrafficSpec) -> TrafficSpec:
    """The same with a mechanism of the service's side at each service, and orders served before visitors."""
    codel = CoDel.model_validate({"target": "3s", "interval": "30s"})  # what is 1 ms elsewhere is 1 s here
    changes: dict[str, dict[str, Any]] = {
        "gateway": {"per_replica": Replicas(balancing="round-robin"), "in_flight": 60},
        "web": {"replicas": 3, "workers": 5, "per_replica": Replicas(balancing="least-requests"), "queue_limit": 9},
        "cart": {"replicas": 4, "workers": 1, "per_replica": Replicas(balancing="two-choices"), "discipline": "lifo"},
        "prices": {"discipline": "codel", "codel": codel},
        "database": {
            "replicas": 2,
            "workers": 1,
            "per_replica": Replicas(balancing="key"),
            "queue_limit": 12,
            "discipline": "codel",
            "codel": codel,
        },
        "advice": {
            "replicas": 2,
            "per_replica": Replicas(balancing="random"),
            "contention": Contention(sigma=0.3),
            "warm_up": WarmUp.model_validate({"lasts": "3000s", "factor": 4.0}),
            "workers": 3,
        },
        "mail": {
            "replicas": 2,
            "workers": 2,
            "contention": Contention(sigma=0.05, kappa=0.02),
            "warm_up": WarmUp.model_validate({"lasts": "2000s", "factor": 3.0}),
            "discipline": "lifo",
        },
    }
    return replace(
        spec,
        services=tuple(replace(one, **changes[one.name]) for one in spec.services),
        entries=tuple(replace(one, priority=one.name == "browse") for one in spec.entries),
    )
