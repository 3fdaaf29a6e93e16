"""What goes wrong: each kind of fault with its begin, its progress and its end in one module.

A kind is a generator function `run(world, fault, name)` that lives in the SimPy environment; the registry maps kinds to
them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import simpy

from gameday.core.events import FaultBegan, FaultEnded
from gameday.core.kinds.faults import Fault
from gameday.engine.faults import changes, control, crash, data, lasting, leaks, places, trust
from gameday.engine.faults.base import FaultWorld, component_of
from gameday.engine.residents.base import Steps

KINDS: dict[str, Callable[[Any, Any, str], Steps]] = {
    "crash": crash.run,
    "latency": lasting.run,
    "errors": lasting.run,
    "capacity": lasting.run,
    "traffic-spike": lasting.run,
    "attack": lasting.run,
    "edge-loss": lasting.run,
    "partition": lasting.run,
    "hot-key": lasting.run,
    "queue-stall": data.run_stall,
    "clock": lasting.run,
    "deploy": changes.run_deploy,
    "bad-deploy": changes.run_deploy,
    "bad-config": changes.run_config,
    "flag": changes.run_flag,
    "pool-leak": leaks.run_pool,
    "memory-leak": leaks.run_memory,
    "disk-full": leaks.run_disk,
    "cache-flush": data.run_flush,
    "poison-message": data.run_poison,
    "failover": data.run_failover,
    "certificate-expiry": trust.run_certificate,
    "credential-expiry": trust.run_credential,
    "dns": trust.run_dns,
    "zone-loss": places.run_zone,
    "third-party": places.run_third_party,
    "autoscaler": control.run_autoscaler,
    "provisioning": control.run_provisioning,
    "monitoring": control.run_monitoring,
    "status-page-down": control.run_status_page,
    "person-unavailable": control.run_person,
}


def run(world: FaultWorld, fault: Fault, name: str) -> Generator[simpy.Event, None, None]:
    """The life of one fault: waits for its time, begins, and ends where it ends by itself."""
    yield world.env.timeout(fault.at)
    world.publish(FaultBegan(int(world.env.now), name, component_of(fault)))
    yield from KINDS[fault.kind](world, fault, name)
    if fault.lasts is not None:
        world.publish(FaultEnded(int(world.env.now), name, component_of(fault)))
