"""Random faults and random commands for the scenario of `tests/data/scenarios/everything.yaml`."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.scenario.models.scenario import Variant
from gameday.session.session import Session
from tests.properties.systems import Dice
from tests.session.small import DATA

SERVICES = ("gateway", "shop", "db", "replica", "orders", "clerk", "bank")
EDGES = ("gateway>shop", "shop>db", "shop>replica", "shop>bank", "orders>clerk", "clerk>db")
ENTRIES = ("read", "buy")
COMMANDS = (
    "restart {service}",
    "restart gateway --replica 1",
    "restart shop --rolling",
    "scale {service} {count}",
    "scale {service} 1",
    "provision {count}",
    "shed {service} {share}",
    "shed gateway {share} --entry {entry}",
    "limit {service} {count}/s",
    "limit {edge} {count}/s",
    "limit {entry} off",
    "breaker gateway>shop {word}",
    "retries {edge} 0",
    "timeout {edge} {count}00ms",
    "pool shop>db {count}",
    "cache shop>replica flush --force",
    "queue orders pause",
    "queue orders resume",
    "queue orders purge --force",
    "queue orders quarantine",
    "queue orders requeue",
    "failover db replica --force",
    "drain a on --force",
    "drain a off",
    "drain gateway on --replica 0",
    "flag cedar {state}",
    "traffic block {entry} {share}",
    "freeze autoscaler shop {state}",
    "freeze deploys all {state}",
    "deploy shop v2",
    "rollback shop",
    "rollback db",
    "dns {service} flush",
    "credentials rotate shop-bank",
    "config {service} workers {count}",
    "config shop revert",
    "probe {service}",
    "backfill orders",
    "vendor bank",
    "declare SEV-2",
    "ack",
    "metrics {service}",
    "logs {service}",
    "traces {entry}",
    "deps",
    "changes",
    "describe {service}",
    "resolve",
)


@cache
def everything() -> Exercise:
    """The exercise as its file says."""
    return load(str(DATA / "scenarios" / "everything.yaml"))


def _fault(dice: Dice) -> dict[str, Any]:
    """One fault of any kind that the scenario can have."""
    service, share = dice.one(*SERVICES), dice.percent(10, 100)
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "crash", "service": service, "share": share},
        {"kind": "crash", "service": "shop", "restarts": True, "again_after": "5s"},
        {"kind": "latency", "service": service, "factor": 1.0 + 20 * dice.share(), "ramp": dice.one("0s", "5s")},
        {"kind": "latency", "service": "gateway", "add": "200ms", "zone": "a"},
        {"kind": "errors", "service": service, "share": share},
        {"kind": "capacity", "service": service, "lost": share},
        {"kind": "traffic-spike", "entry": dice.one(*ENTRIES), "factor": 1.1 + 4 * dice.share()},
        {"kind": "edge-loss", "edge": dice.one(*EDGES), "share": share},
        {"kind": "zone-loss", "zone": dice.one("a", "b", "c")},
        {"kind": "third-party", "service": "bank", "trouble": "down"},
        {"kind": "third-party", "service": "bank", "trouble": "slow", "factor": 8.0},
        {"kind": "third-party", "service": "bank", "trouble": "errors", "share": share},
        {"kind": "third-party", "service": "bank", "trouble": "limited", "rate": "3/s"},
        {"kind": "certificate-expiry", "service": service},
        {"kind": "credential-expiry", "service": "bank", "caller": "shop"},
        {"kind": "dns", "service": service, "share": share, "ttl": "5s"},
        {"kind": "pool-leak", "edge": "shop>db", "leaks": "30/min"},
        {"kind": "memory-leak", "service": "shop", "fills_in": "15s"},
        {"kind": "disk-full", "service": "db", "fills_in": "10s"},
        {"kind": "cache-flush", "edge": "shop>replica"},
        {"kind": "hot-key", "service": "replica", "share": share},
        {"kind": "poison-message", "service": "orders", "share": share, "crashes": dice.one(False, True)},
        {"kind": "queue-stall", "edge": "orders>clerk"},
        {"kind": "failover", "service": "replica"},
        {"kind": "autoscaler", "service": "shop", "does": dice.one("stuck", "shrinks", "flaps")},
        {"kind": "provisioning", "delay": "10s"},
        {"kind": "monitoring", "delay": "5s"},
        {"kind": "bad-deploy", "service": "shop", "version": "v2", "effects": [{"service": "shop", "service_time": 3}]},
        {"kind": "bad-config", "service": "db", "setting": "pool", "effects": [{"service": "db", "workers": 1}]},
        {"kind": "flag", "flag": "cedar"},
        {"kind": "person-unavailable", "person": "ana"},
    )
    lasts = {"lasts": f"{dice.whole(2, 20)}s"} if dice.share() < 0.6 else {}
    return {**dice.one(*kinds), "at": f"{dice.whole(1, 40)}s", **lasts}


def exercise_with(seed: int, faults: int) -> Exercise:
    """The exercise with so many random faults."""
    dice = Dice(seed, "faults", 0.0)
    variant = Variant.model_validate(
        {"cause": {"component": "db", "mechanism": "slow"}, "faults": [_fault(dice) for _ in range(faults)]}
    )
    scenario = everything().scenario.model_copy(update={"variants": {"drawn": variant}})
    return replace(everything(), scenario=scenario)


def commands(seed: int, count: int) -> list[tuple[int, str]]:
    """So many commands with their times (µs), in order. Some are refused: that is as good as any other end."""
    dice = Dice(seed, "commands", 0.0)
    given = []
    for _ in range(count):
        text = dice.one(*COMMANDS).format(
            service=dice.one(*SERVICES),
            edge=dice.one(*EDGES),
            entry=dice.one(*ENTRIES),
            share=dice.percent(0, 100),
            count=dice.whole(1, 9),
            word=dice.one("open", "closed", "auto"),
            state=dice.one("on", "off"),
        )
        given.append((dice.whole(0, 45 * MICRO), text))
    return sorted(given)


def play(exercise: Exercise, given: list[tuple[int, str]], until: int, seed: int) -> Session:
    """A session with these commands, at `until` (µs)."""
    session = Session(exercise, seed, variant="drawn")
    for at, text in given:
        session.run_to(at)
        session.submit(parse_command(text))
    session.run_to(until)
    return session
