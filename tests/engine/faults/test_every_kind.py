from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from gameday.core.events import FaultBegan, FaultEnded
from gameday.core.kinds.faults import Fault
from gameday.engine.faults import KINDS

HARM = [{"service": "api", "errors": "30%"}, {"edge": "api>db", "retries": 3}]
EXAMPLES = {
    "crash": {"service": "api", "again_after": "3s"},
    "latency": {"service": "db", "factor": 5, "reach": "50%"},
    "errors": {"service": "api", "share": "30%", "zone": "b"},
    "capacity": {"service": "api", "lost": "100%", "reach": "25%"},
    "traffic-spike": {"entry": "read", "factor": 4, "ramp": "10s"},
    "attack": {"entry": "read", "factor": 4},
    "bad-deploy": {"service": "api", "version": "v2", "effects": HARM, "rollout": "10s", "crashes": "2s"},
    "deploy": {"service": "api", "version": "v2", "share": "25%"},
    "bad-config": {"service": "api", "setting": "x: 1", "effects": HARM, "reach": "75%", "crashes": "2s"},
    "flag": {"flag": "birch"},
    "edge-loss": {"edge": "api>db", "share": "30%"},
    "partition": {"zones": ["a", "b"]},
    "zone-loss": {"zone": "a"},
    "third-party": {"service": "db", "trouble": "down"},
    "pool-leak": {"edge": "api>db", "leaks": "2/s"},
    "memory-leak": {"service": "api", "fills_in": "7s"},
    "disk-full": {"service": "db", "fills_in": "5s", "errors": "10%"},
    "cache-flush": {"edge": "front>api"},
    "hot-key": {"service": "api", "share": "80%"},
    "poison-message": {"service": "jobs", "share": "20%", "crashes": True},
    "queue-stall": {"edge": "jobs>worker"},
    "failover": {"service": "db2", "split_brain": "5s"},
    "certificate-expiry": {"service": "db", "ramp": "5s"},
    "credential-expiry": {"caller": "api", "service": "db"},
    "dns": {"service": "db", "ttl": "5s"},
    "clock": {"service": "api", "share": "25%"},
    "autoscaler": {"service": "api", "does": "flaps"},
    "provisioning": {},
    "monitoring": {"delay": "10s", "loss": "10%"},
    "status-page-down": {},
    "person-unavailable": {"person": "dan"},
}
STAYS = {"disk-full": ["disk db"], "memory-leak": ["memory api"], "autoscaler": ["autoscaler api"]}
"""What goes on after the fault is over, until somebody does something about it."""

ZONES = {"zones": ["a", "b"]}
SERVICES = {
    "api": {
        **ZONES,
        "replicas": 4,
        "start_up": "2s",
        "per_replica": {"health": {}},
        "crash_loop": {"first": "1s", "most": "4s"},
        "autoscaling": {"metric": "saturation", "target": 0.05, "least": 2, "most": 6, "every": "5s"},
    },
    "db": ZONES,
    "db2": {"kind": "database", "service_time": "10ms", "workers": 4, "replication": {"of": "db"}},
    "jobs": {"kind": "queue", "service_time": "1ms"},
    "worker": {"kind": "worker", "service_time": "20ms", "workers": 4, "start_up": "2s"},
}
EDGES = {
    "front>api": {"cache": {"keys": 50, "ttl": "10s"}},
    "api>db": {"pool": {"size": 20}, "writes": True},
}
MORE = [
    {"from": "api", "to": "jobs", "timeout": "1s", "for": ["write"]},
    {"from": "jobs", "to": "worker", "mode": "pull", "timeout": "20s", "consumption": {}},
]


def test_every_kind_in_the_models_has_an_example_here_and_a_life():
    mapping = TypeAdapter(Fault).json_schema()["discriminator"]["mapping"]
    assert set(mapping) == set(EXAMPLES) == set(KINDS)


def run(broken, kind: str):
    fault = {"kind": kind, "at": "10s", "lasts": "20s", **EXAMPLES[kind]}
    rig = broken(fault, services=SERVICES, edges=EDGES, more_edges=MORE, zones=["a", "b"], quota=30)
    digests = []
    for second in range(1, 61):
        rig.run_to(second)
        digests.append(rig.world.digest_parts())
    return rig, digests


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_fault_begins_ends_and_takes_its_effects_with_it(broken, kind):
    rig, _ = run(broken, kind)
    times = [(type(event), event.second) for event in rig.events if isinstance(event, FaultBegan | FaultEnded)]
    assert times == [(FaultBegan, 10), (FaultEnded, 30)]
    left = [source for source in rig.world.book.sources if source not in ("autoscaler api", *STAYS.get(kind, ()))]
    assert left == []
    assert rig.world.monitoring.sources == ()


@pytest.mark.parametrize("kind", ["crash", "bad-deploy", "memory-leak", "poison-message", "failover", "autoscaler"])
def test_a_fault_does_the_same_each_time(broken, kind):
    assert run(broken, kind)[1] == run(broken, kind)[1]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_fault_that_nobody_ends_goes_on(broken, kind):
    example = {"kind": kind, "at": "10s", **EXAMPLES[kind]}
    rig = broken(example, services=SERVICES, edges=EDGES, more_edges=MORE, zones=["a", "b"], quota=30)
    rig.run_to(60)
    assert not any(isinstance(event, FaultEnded) for event in rig.events)
