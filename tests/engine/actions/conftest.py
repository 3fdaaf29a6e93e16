"""A plant with something of every mechanism that actions work on, and what they say that they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gameday.core.commands import parse_command

SERVICES: dict[str, Any] = {
    "front": {"kind": "gateway", "service_time": "1ms", "workers": 16},
    "api": {"service_time": "5ms", "replicas": 4, "workers": 4, "start_up": "10s", "zones": ["north", "south"]},
    "db": {"kind": "database", "service_time": "5ms", "workers": 8},
    "db-copy": {"kind": "database", "service_time": "5ms", "workers": 8, "replication": {"of": "db", "lag": "2s"}},
    "memory": {"kind": "cache", "service_time": "1ms", "workers": 8},
    "jobs": {"kind": "queue", "service_time": "1ms", "workers": 8, "queue_limit": 100_000},
    "worker": {"kind": "worker", "service_time": "10ms", "workers": 4},
    "maps": {"kind": "external", "service_time": "20ms", "workers": 50},
    "spare": {"service_time": "5ms", "workers": 8},
}
DEPENDENCIES: list[dict[str, Any]] = [
    {"from": "front", "to": "api", "timeout": "2s", "breaker": {"calls": 1_000_000}},
    {"from": "api", "to": "db", "timeout": "500ms", "writes": True, "pool": {"size": 20}},
    {"from": "api", "to": "jobs", "mode": "async", "stage": 1},
    {"from": "jobs", "to": "worker", "mode": "pull", "timeout": "10s", "consumption": {"receives": 3}},
    {"from": "front", "to": "maps", "timeout": "1s", "required": False, "stage": 1},
]
ENTRIES: dict[str, Any] = {
    "read": {"to": "front", "rate": "40/s", "timeout": "3s", "segments": {"abroad": "25%"}, "alternate": "spare"},
    "write": {"to": "front", "rate": "10/s", "timeout": "3s"},
}
CACHE = {"at": "memory", "keys": 100}


@pytest.fixture
def plant(rig: Callable[..., Any]) -> Callable[..., Any]:
    """`plant(*faults, system={...}, cache=None, **changes)`: without faults nothing goes wrong."""

    def make(*faults: dict[str, Any], system: Any = None, cache: Any = None, **changes: Any) -> Any:
        edges = [dict(edge) for edge in DEPENDENCIES]
        if cache is not None:
            edges[1]["cache"] = cache
        whole = {
            "services": SERVICES,
            "dependencies": edges,
            "zones": ["north", "south"],
            "traffic": {"entries": ENTRIES},
            **(system or {}),
        }
        if not faults:
            return rig(None, system=whole, **changes)
        cause = {"component": "db", "mechanism": "slow"}
        return rig("it", system=whole, variants={"it": {"cause": cause, "faults": list(faults)}}, **changes)

    return make


@pytest.fixture
def cost_of() -> Callable[[Any, str], str]:
    """What an action would cost, as it is said beforehand."""

    def say(rig: Any, text: str) -> str:
        return rig.world.operations.cost(replace(parse_command(text), author="ana"))

    return say
